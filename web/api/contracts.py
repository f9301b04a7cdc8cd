"""Contracts over the API: record, correct, confirm, share the broker's credit."""

import datetime as dt
import uuid
from decimal import Decimal

from pydantic import BaseModel, Field

from engagements import contracts as operations
from engagements import shares
from engagements.contract_terms import Terms
from engagements.parties import find_engagement
from models.accounts import Role
from models.contracts import Contract, ContractStatus
from models.demands import CooperationType
from models.engagements import Side
from models.errors import NotFound
from models.files import StoredFile
from web import access
from web.api.errors import problems
from web.api.resource import resource
from web.api.types import Body, Day, Line, Money, Text
from web.identity import me
from web.limits import CONFIRM, limiter
from web.sessions import db

blueprint = resource("contracts", "合同")
REFUSALS = problems(400, 403, 404, 409, 415, 422)


class TermsBody(Body):
    """What the paper says. `scan_id` names a file the caller uploaded."""

    contract_number: Line
    name: Line
    type: CooperationType
    signed_on: Day
    amount: Money
    expected_benefit: Money
    party_a: Line
    party_b: Line
    scan_id: uuid.UUID
    starts_on: Day | None = None
    ends_on: Day | None = None
    note: Text = ""

    def terms(self) -> Terms:
        return Terms(**self.model_dump(exclude={"note"}))


class Confirmation(Body):
    revision: int = Field(ge=1, le=10_000)


class Shares(Body):
    percents: dict[uuid.UUID, int] = Field(description="促成人 id → 百分数，加起来 100")


class Agreement(Body):
    percent: int = Field(ge=1, le=100)


class ContractView(BaseModel):
    id: uuid.UUID
    engagement_id: uuid.UUID
    status: ContractStatus
    revision: int
    written_by: Side
    contract_number: str
    name: str
    type: CooperationType
    signed_on: dt.date
    amount: Decimal
    expected_benefit: Decimal
    party_a: str
    party_b: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    collaboration: str | None


def view(contract: Contract) -> ContractView:
    present = contract.revision
    return ContractView(
        id=contract.id, engagement_id=contract.engagement_id, status=contract.status, revision=present.number,
        written_by=present.side, contract_number=present.contract_number, name=present.name, type=present.type,
        signed_on=present.signed_on, amount=present.amount, expected_benefit=present.expected_benefit,
        party_a=present.party_a, party_b=present.party_b, starts_on=present.starts_on, ends_on=present.ends_on,
        collaboration=contract.collaboration.number if contract.collaboration else None)


@blueprint.get("/contracts/<uuid:contract_id>")
@blueprint.output(ContractView)
@blueprint.doc(summary="看一份合同", responses=problems(404), security="BearerAuth")
@access.member
def show(contract_id):
    return view(operations.find_contract(db(), me(), contract_id))


@blueprint.post("/engagements/<uuid:engagement_id>/contract")
@blueprint.input(TermsBody, arg_name="body")
@blueprint.output(ContractView, status_code=201)
@blueprint.doc(summary="登记合同", responses=REFUSALS, security="BearerAuth")
@access.member
def record(engagement_id, body: TermsBody):
    _own_scan(body.scan_id)
    engagement = find_engagement(db(), me(), engagement_id)
    return view(operations.record_contract(db(), me(), engagement, body.terms(), body.note))


@blueprint.put("/contracts/<uuid:contract_id>")
@blueprint.input(TermsBody, arg_name="body")
@blueprint.output(ContractView)
@blueprint.doc(summary="更正合同", responses=REFUSALS, security="BearerAuth")
@access.member
def correct(contract_id, body: TermsBody):
    contract = operations.find_contract(db(), me(), contract_id)
    if body.scan_id != contract.revision.scan_id:
        _own_scan(body.scan_id)
    operations.correct(db(), me(), contract, body.terms(), body.note)
    return view(contract)


@blueprint.post("/contracts/<uuid:contract_id>/confirmation")
@blueprint.input(Confirmation, arg_name="body")
@blueprint.output(ContractView)
@blueprint.doc(summary="确认合同", responses=REFUSALS, security="BearerAuth")
@access.member
@limiter.limit(CONFIRM)
def confirm(contract_id, body: Confirmation):
    contract = operations.find_contract(db(), me(), contract_id)
    return view(operations.confirm(db(), me(), contract, body.revision))


@blueprint.put("/contracts/<uuid:contract_id>/shares")
@blueprint.input(Shares, arg_name="body")
@blueprint.output(ContractView)
@blueprint.doc(summary="提出份额", responses=REFUSALS, security="BearerAuth")
@access.roles(Role.broker)
def propose(contract_id, body: Shares):
    contract = operations.find_contract(db(), me(), contract_id)
    shares.propose_shares(db(), me(), contract, body.percents)
    return view(contract)


@blueprint.post("/contracts/<uuid:contract_id>/shares/agreement")
@blueprint.input(Agreement, arg_name="body")
@blueprint.output(ContractView)
@blueprint.doc(summary="同意份额", responses=REFUSALS, security="BearerAuth")
@access.roles(Role.broker)
def agree(contract_id, body: Agreement):
    contract = operations.find_contract(db(), me(), contract_id)
    shares.agree_shares(db(), me(), contract, body.percent)
    return view(contract)


def _own_scan(file_id: uuid.UUID) -> None:
    """A scan must be the caller's own upload: an id alone must not reach another's file."""
    found = db().get(StoredFile, file_id)
    if found is None or found.uploaded_by_id != me().id:
        raise NotFound("没有找到这份扫描件，请先上传")
