"""One's own evidence over the API, its receipts, and the ledger's public checkpoint."""

import datetime as dt
import uuid
from decimal import Decimal

from pydantic import BaseModel
from sqlalchemy import select

from ledger import log
from models.contests import Evidence, EvidenceStatus
from models.errors import NotFound
from web import access
from web.api.errors import problems
from web.api.resource import resource
from web.api.types import load
from web.identity import me
from web.sessions import db

blueprint = resource("evidence", "佐证")


class EvidenceView(BaseModel):
    id: uuid.UUID
    season: str
    year: int
    track: str
    collaboration: str
    share: int
    amount: Decimal
    expected_benefit: Decimal
    status: EvidenceStatus
    ledger_index: int
    created_at: dt.datetime


class EvidenceList(BaseModel):
    items: list[EvidenceView]


class Receipt(BaseModel):
    """`proof` is a C2SP tlog-proof: with the log's public key it shows, offline, that the entry stands in the log."""

    ledger_index: int
    proof: str


class CheckpointView(BaseModel):
    """`note` is the newest signed checkpoint (C2SP signed note), as published."""

    size: int
    note: str


def view(row: Evidence) -> EvidenceView:
    return EvidenceView(
        id=row.id, season=row.season.code, year=row.season.year, track=row.track,
        collaboration=row.collaboration.number, share=row.share, amount=row.amount,
        expected_benefit=row.expected_benefit, status=row.status, ledger_index=row.ledger_index,
        created_at=row.created_at)


@blueprint.get("/evidence")
@blueprint.output(EvidenceList)
@blueprint.doc(summary="我的佐证", responses=problems(), security="BearerAuth")
@access.member
def list_mine():
    mine = db().scalars(select(Evidence).where(Evidence.claimant_id == me().id).order_by(Evidence.ledger_index))
    return EvidenceList(items=[view(row) for row in mine])


@blueprint.get("/evidence/<uuid:evidence_id>/receipt")
@blueprint.output(Receipt)
@blueprint.doc(summary="佐证的回执", responses=problems(404, 409), security="BearerAuth")
@access.member
def receipt(evidence_id):
    row = load(Evidence, evidence_id, "这条佐证")
    if row.claimant_id != me().id:
        raise NotFound("没有找到这条佐证")
    return Receipt(ledger_index=row.ledger_index, proof=log.receipt(db(), row.ledger_index))


@blueprint.get("/ledger/checkpoint")
@blueprint.output(CheckpointView)
@blueprint.doc(summary="最新的签名检查点", responses=problems(404), security=[{}])
@access.public
def checkpoint():
    newest = log.latest_checkpoint(db())
    if newest is None:
        raise NotFound("台账还没有签过检查点")
    return CheckpointView(size=newest.size, note=newest.note)
