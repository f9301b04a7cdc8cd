"""Merging what is one: links move to the kept record, the merged one stays as an alias, evidence is never rewritten."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingestion.admission import STAFF
from ingestion.validation import text
from models.accounts import Admission, Broker, Expert, Organisation, RoleGrant, User
from models.audit import notify, record
from models.demands import Demand, DemandEvent, DemandStatus, Follow
from models.engagements import Engagement, Stage
from models.errors import Conflict, Forbidden
from models.index import PostingKind, enqueue
from models.locking import lock
from models.sameness import Merged, RecordMerge, standing

LINKED: tuple[Any, ...] = (Expert, Broker, Demand)
MERGEABLE = frozenset({DemandStatus.draft, DemandStatus.submitted, DemandStatus.returned, DemandStatus.published,
                       DemandStatus.expired, DemandStatus.withdrawn})


def merge_organisations(session: Session, staff: User, merged: Organisation, kept: Organisation,
                        reason: str) -> RecordMerge:
    """Let `merged` live on in `kept`: people, profiles, demands move; contracts, entries, ledger stay. Flushes.

    Conflict where one of them is merged already, or they are of different kinds or each has its own credit code.
    """
    reason = _begin(session, staff, merged, kept, reason)
    if standing(session, merged) is not merged or standing(session, kept) is not kept:
        raise Conflict("其中一家已经并入别的单位，请刷新后再看")
    if merged.kind is not kept.kind:
        raise Conflict("两家单位的类型不一样，不能合并")
    if merged.uscc and kept.uscc and merged.uscc != kept.uscc:
        raise Conflict("两家单位的统一社会信用代码不一样，是两家，不能合并")
    moved = {table.__tablename__: _move(session, table, merged, kept) for table in LINKED}
    moved["role_grant"] = _move_grants(session, merged, kept)
    if kept.uscc is None and merged.uscc is not None:
        code, merged.uscc = merged.uscc, None
        session.flush()  # the code is unique: it must be free before the other takes it
        kept.uscc = code
    if kept.status is not Admission.approved and merged.status is Admission.approved:
        kept.status, kept.joined_on = merged.status, merged.joined_on
    merged.status = Admission.revoked
    return _write(session, staff, Merged.organisation, merged, kept, reason, moved)


def _move(session: Session, table: Any, merged: Organisation, kept: Organisation) -> list[str]:
    rows = session.scalars(select(table).where(table.organisation_id == merged.id).order_by(table.id)).all()
    for row in rows:
        row.organisation = kept
    session.flush()
    return [str(row.id) for row in rows]


def _move_grants(session: Session, merged: Organisation, kept: Organisation) -> list[str]:
    """Roles move, but for those a person holds at the kept organisation too: these stay where they are."""
    held = set(session.execute(select(RoleGrant.user_id, RoleGrant.role).where(RoleGrant.organisation_id == kept.id)))
    rows = session.scalars(select(RoleGrant).where(RoleGrant.organisation_id == merged.id).order_by(RoleGrant.id)).all()
    going = [row for row in rows if (row.user_id, row.role) not in {tuple(one) for one in held}]
    for row in going:
        row.organisation = kept
    session.flush()
    return [str(row.id) for row in going]


def merge_demands(session: Session, staff: User, merged: Demand, kept: Demand, reason: str) -> RecordMerge:
    """Take a demand off that its enterprise has posted twice; who followed it follows the kept one. Flushes.

    Conflict where they are of two enterprises, or somebody is in talks about the merged one.
    """
    reason = _begin(session, staff, merged, kept, reason)
    if merged.organisation_id is None or merged.organisation_id != kept.organisation_id:
        raise Conflict("两条需求是两家单位的，不能合并。可以放进同一组，联合揭榜")
    if merged.status not in MERGEABLE or kept.status not in MERGEABLE - {DemandStatus.withdrawn}:
        raise Conflict("已揭榜、已办结的需求不能合并")
    if session.scalar(select(Engagement.id).where(Engagement.demand_id == merged.id,
                                                  Engagement.stage != Stage.ended).limit(1)):
        raise Conflict("已经有人在谈这条需求，不能并入别的。请把另一条并进来")
    if session.scalar(select(RecordMerge.id).where(RecordMerge.merged_id.in_((merged.id, kept.id)))):
        raise Conflict("其中一条已经并入别的需求，请刷新后再看")
    followers = set(session.scalars(select(Follow.user_id).where(Follow.demand_id == merged.id)))
    present = set(session.scalars(select(Follow.user_id).where(Follow.demand_id == kept.id)))
    session.add_all(Follow(user_id=one, demand_id=kept.id) for one in sorted(followers - present))
    listed = merged.status is DemandStatus.published
    merged.status = DemandStatus.withdrawn
    said = f"和 {kept.number or '草稿'} 是同一条，已并入：{reason}"
    merged.events.append(DemandEvent(status=DemandStatus.withdrawn, actor=staff, reason=said))
    session.flush()
    if listed:
        enqueue(session, PostingKind.demand, merged.id)
    if merged.author_id is not None:
        notify(session, merged.author_id, f"您的需求“{merged.title}”{said}"[:300], merged)
    moved = {"follow": sorted(map(str, followers - present))}
    return _write(session, staff, Merged.demand, merged, kept, reason, moved)


def _begin(session: Session, staff: User, merged: Organisation | Demand, kept: Organisation | Demand,
           reason: str) -> str:
    if not staff.roles & STAFF:
        raise Forbidden("只有工会工作人员可以合并")
    if merged.id == kept.id:
        raise Conflict("选的是同一条，不用合并")
    for one in sorted((merged, kept), key=lambda row: row.id):  # always in one order: two at once do not wait in a ring
        lock(session, one)
    return text(reason, "reason", "合并的理由", most=500, least=4)


def _write(session: Session, staff: User, kind: Merged, merged: Organisation | Demand, kept: Organisation | Demand,
           reason: str, moved: dict[str, list[str]]) -> RecordMerge:
    merge = RecordMerge(kind=kind, merged_id=merged.id, kept_id=kept.id, by_id=staff.id, reason=reason, moved=moved)
    session.add(merge)
    session.flush()
    record(session, staff, f"{kind}.merged", kept, merged=str(merged.id))
    return merge
