"""Who is told of what a sheet says of collaborations: everybody who may answer, one message an import, with its number.

It is written with the rows that it counts, and raised by later rows of the same import: an import that is stopped,
killed or never gone on with has told exactly of what came in.
"""

import uuid
from collections.abc import Collection, Iterator

from sqlalchemy import Select, String, cast, func, select, union_all
from sqlalchemy.orm import Session

from engagements.claims import UNRECORDED
from models.accounts import Admission, Expert, Role, RoleGrant, User
from models.audit import Notice, notify
from models.base import now
from models.claims import ClaimedContract, ClaimedEngagement
from models.demands import Demand
from models.engagements import Engagement, Side, Stage
from models.sheets import SheetBatch, SheetKind

Claims = type[ClaimedEngagement] | type[ClaimedContract]
TABLES: dict[SheetKind, Claims] = {SheetKind.engagement: ClaimedEngagement, SheetKind.contract: ClaimedContract}
WORDS = {SheetKind.engagement: "工会导入的旧表里有 {n} 次对接和您有关，请您确认有没有这回事",
         SheetKind.contract: "工会导入的旧表里有 {n} 份合同和您有关，请核对后登记"}


def tell_of_claims(session: Session, batch: SheetBatch, pairs: Collection[tuple[uuid.UUID, uuid.UUID]]) -> None:
    """Tell the people behind the pairs (demand, expert) whose rows were just written, once for the batch. Flushes.

    The batch is of a kind in TABLES. Who was told already finds the higher number in the same message, unread again. A
    contract is told of once its sides agreed to talk, as it is shown: a row that names the wrong expert tells them no
    enterprise's name.
    """
    if not pairs:
        return
    table = TABLES[batch.kind]
    waiting = _waiting(session, table, batch, pairs)
    told = {one.user_id: one for one in session.scalars(select(Notice).where(
        Notice.user_id.in_(waiting), Notice.subject_type == table.__tablename__,
        Notice.subject_id.in_(select(table.id).where(table.batch_id == batch.id))))}
    for user_id, (number, one) in waiting.items():
        text = WORDS[batch.kind].format(n=number)
        if user_id not in told:
            notify(session, user_id, text, session.get_one(table, one))
        elif told[user_id].text != text:
            told[user_id].text, told[user_id].read_at, told[user_id].created_at = text, None, now()
    session.flush()


def _waiting(session: Session, table: Claims, batch: SheetBatch,
             pairs: Collection[tuple[uuid.UUID, uuid.UUID]]) -> dict[uuid.UUID, tuple[int, uuid.UUID]]:
    """Person → how many of the batch's claims wait for them, and one of these, for the people of those pairs.

    Counted by the database: a sheet of 50,000 rows is counted a hundred times on its way in.
    """
    asked = union_all(*(query.where(table.batch_id == batch.id, User.active) for query in _asked(
        table, {demand for demand, _ in pairs}, {expert for _, expert in pairs}))).subquery()
    person, claim = asked.c.person, asked.c.claim
    counted = select(person, func.count(claim.distinct()), func.min(cast(claim, String(36)))).group_by(person)
    return {user_id: (number, uuid.UUID(one)) for user_id, number, one in session.execute(counted)}


def _asked(table: Claims, demands: set[uuid.UUID], experts: set[uuid.UUID]) -> Iterator[Select]:
    """(person, claim) of what waits for the enterprises of those demands, and for those experts."""
    firms = select(Demand.organisation_id).where(Demand.id.in_(demands))
    pair = select(User.id.label("person"), table.id.label("claim"))
    yield _open(table, pair.join(RoleGrant, RoleGrant.user_id == User.id)
                .join(Demand, Demand.organisation_id == RoleGrant.organisation_id)
                .join(table, table.demand_id == Demand.id)
                .where(RoleGrant.role == Role.enterprise, RoleGrant.status == Admission.approved,
                       Demand.organisation_id.in_(firms)), Side.enterprise)
    yield _open(table, pair.join(Expert, Expert.user_id == User.id)
                .join(table, table.expert_id == Expert.id).where(Expert.id.in_(experts)), Side.expert)


def _open(table: Claims, query: Select, side: Side) -> Select:
    """Only what that side may answer now."""
    if table is ClaimedContract:
        return query.join(Engagement, (Engagement.demand_id == table.demand_id)
                          & (Engagement.expert_id == table.expert_id)).where(
            UNRECORDED, Engagement.accepted_at.is_not(None), Engagement.stage != Stage.ended)
    answer = (ClaimedEngagement.enterprise_confirmed_at if side is Side.enterprise
              else ClaimedEngagement.expert_confirmed_at)
    return query.where(ClaimedEngagement.engagement_id.is_(None), ClaimedEngagement.denied_at.is_(None),
                       answer.is_(None))
