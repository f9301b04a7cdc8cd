"""Verification over the API: the staff queue and the findings of a named person."""

import datetime as dt
import uuid

from flask import current_app
from pydantic import BaseModel, Field

from engagements import verification as operations
from engagements.comparison import Row, compare
from engagements.queue import waiting
from engagements.scan_text import read_scan
from ingestion.files import open_file
from models.contracts import Collaboration, CollaborationStatus
from web import access
from web.api.errors import problems
from web.api.resource import resource
from web.api.types import Body, Line, Text
from web.identity import me
from web.sessions import db

blueprint = resource("verifications", "核验")
REFUSALS = problems(400, 403, 404, 409, 415, 422)


class Fact(BaseModel):
    """One row of claim beside contract."""

    item: str
    label: str
    claimed: str
    written: str
    verdict: str
    note: str


class QueueItem(BaseModel):
    id: uuid.UUID
    number: str
    name: str
    came_on: dt.date
    waited_working_days: int
    due: dt.date


class Queue(BaseModel):
    items: list[QueueItem]


class CollaborationView(BaseModel):
    id: uuid.UUID
    number: str
    status: CollaborationStatus
    revision: int
    ledger_index: int
    facts: list[Fact]


class Approval(Body):
    revision: int = Field(ge=1, le=10_000)
    original_seen: bool
    receipt: Line = ""
    opinions: dict[str, Text] = {}


class Return(Body):
    revision: int = Field(ge=1, le=10_000)
    reason: Text


def rows_of(collaboration: Collaboration) -> list[Row]:
    """Claim beside contract, read from the scan."""
    scan = collaboration.contract.revision.scan
    with open_file(current_app.extensions["settings"], scan) as file:
        return compare(collaboration.contract, read_scan(file.read(), scan.media_type))


def view(collaboration: Collaboration) -> CollaborationView:
    facts = [Fact(item=row.item, label=row.label, claimed=row.claimed, written=row.written, verdict=row.verdict,
                  note=row.note) for row in rows_of(collaboration)]
    return CollaborationView(id=collaboration.id, number=collaboration.number, status=collaboration.status,
                             revision=collaboration.contract.revision.number,
                             ledger_index=collaboration.ledger_index, facts=facts)


@blueprint.get("/verifications")
@blueprint.output(Queue)
@blueprint.doc(summary="等您核验的", responses=problems(403), security="BearerAuth")
@access.staff
def queue():
    return Queue(items=[QueueItem(
        id=item.collaboration.id, number=item.collaboration.number, name=item.collaboration.contract.revision.name,
        came_on=item.came_on, waited_working_days=item.waited, due=item.due) for item in waiting(db(), me())])


@blueprint.get("/collaborations/<uuid:collaboration_id>")
@blueprint.output(CollaborationView)
@blueprint.doc(summary="登记和合同的比对", responses=problems(403, 404), security="BearerAuth")
@access.staff
def show(collaboration_id):
    return view(operations.find_collaboration(db(), me(), collaboration_id))


@blueprint.post("/collaborations/<uuid:collaboration_id>/approval")
@blueprint.input(Approval, arg_name="body")
@blueprint.output(CollaborationView)
@blueprint.doc(summary="核验通过", responses=REFUSALS, security="BearerAuth")
@access.staff
def approve(collaboration_id, body: Approval):
    collaboration = operations.find_collaboration(db(), me(), collaboration_id)
    operations.approve(db(), me(), collaboration, revision=body.revision, rows=rows_of(collaboration),
                       original_seen=body.original_seen, receipt=body.receipt, opinions=body.opinions)
    return view(collaboration)


@blueprint.post("/collaborations/<uuid:collaboration_id>/return")
@blueprint.input(Return, arg_name="body")
@blueprint.output(CollaborationView)
@blueprint.doc(summary="退回补正", responses=REFUSALS, security="BearerAuth")
@access.staff
def send_back(collaboration_id, body: Return):
    collaboration = operations.find_collaboration(db(), me(), collaboration_id)
    operations.send_back(db(), me(), collaboration, revision=body.revision, reason=body.reason)
    return view(collaboration)
