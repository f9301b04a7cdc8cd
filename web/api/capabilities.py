"""An expert's own capabilities over the API."""

import uuid

from pydantic import BaseModel, Field

from ingestion import capabilities as operations
from ingestion.capabilities import CapabilityForm, ClaimRow
from models.accounts import Role
from models.capabilities import Capability, CapabilityStatus, ProofKind
from web import access
from web.api.errors import problems
from web.api.resource import resource
from web.api.types import Body, Line, Text, Version, load
from web.identity import me
from web.sessions import db

blueprint = resource("capabilities", "本领")
REFUSALS = problems(400, 403, 404, 409, 415, 422)


class Claim(BaseModel):
    text: Line
    year: int | None = Field(None, ge=1950, le=2100)
    proof: ProofKind = ProofKind.none


class CapabilityBody(Body):
    title: Line
    summary: Text
    field: Line
    claims: list[Claim] = Field([], max_length=8)

    def form(self) -> CapabilityForm:
        return CapabilityForm(self.title, self.summary, self.field, tuple(
            ClaimRow(claim.text, str(claim.year or ""), claim.proof) for claim in self.claims))


class CapabilityChange(CapabilityBody):
    version: Version


class Visibility(Body):
    visible: bool


class ClaimView(Claim):
    verified: bool


class CapabilityView(BaseModel):
    id: uuid.UUID
    version: int
    status: CapabilityStatus
    title: str
    summary: str
    field: str
    claims: list[ClaimView]


class CapabilityList(BaseModel):
    items: list[CapabilityView]


def view(capability: Capability) -> CapabilityView:
    claims = [ClaimView(text=row.text, year=row.year, proof=row.proof, verified=row.verified)
              for row in capability.claims]
    return CapabilityView(id=capability.id, version=capability.version, status=capability.status,
                          title=capability.title, summary=capability.summary, field=capability.field, claims=claims)


@blueprint.get("/capabilities")
@blueprint.output(CapabilityList)
@blueprint.doc(summary="我的本领", responses=problems(403), security="BearerAuth")
@access.roles(Role.expert)
def list_mine():
    mine = operations.of_expert(db(), operations.expert_of(db(), me()))
    return CapabilityList(items=[view(capability) for capability in mine])


@blueprint.post("/capabilities")
@blueprint.input(CapabilityBody, arg_name="body")
@blueprint.output(CapabilityView, status_code=201)
@blueprint.doc(summary="登记一条本领", responses=REFUSALS, security="BearerAuth")
@access.roles(Role.expert)
def create(body: CapabilityBody):
    return view(operations.create(db(), me(), body.form()))


@blueprint.put("/capabilities/<uuid:capability_id>")
@blueprint.input(CapabilityChange, arg_name="body")
@blueprint.output(CapabilityView)
@blueprint.doc(summary="改一条本领", responses=REFUSALS, security="BearerAuth")
@access.roles(Role.expert)
def change(capability_id, body: CapabilityChange):
    capability = load(Capability, capability_id, "这条本领")
    return view(operations.update(db(), me(), capability, body.form(), body.version))


@blueprint.put("/capabilities/<uuid:capability_id>/visibility")
@blueprint.input(Visibility, arg_name="body")
@blueprint.output(CapabilityView)
@blueprint.doc(summary="公开或收起一条本领", responses=REFUSALS, security="BearerAuth")
@access.roles(Role.expert)
def show(capability_id, body: Visibility):
    return view(operations.show(db(), me(), load(Capability, capability_id, "这条本领"), body.visible))
