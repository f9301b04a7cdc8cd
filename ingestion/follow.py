"""What a person keeps an eye on, and what they take off their list."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingestion.capabilities import expert_of
from ingestion.demands import LISTED, owns
from ingestion.validation import line
from models.accounts import Role, User
from models.audit import record
from models.capabilities import Dismissal, DismissalCode
from models.demands import Confidentiality, Demand, Follow
from models.errors import Forbidden, NotFound

CODE_NAMES = {
    DismissalCode.other_field: "不是一个领域", DismissalCode.target_out_of_reach: "指标做不到",
    DismissalCode.no_time: "最近没空", DismissalCode.too_far: "离得太远", DismissalCode.budget: "投入不合适",
    DismissalCode.known_already: "已经认识，不用推荐", DismissalCode.other: "别的原因",
}


def follow(session: Session, actor: User, demand: Demand) -> Follow:
    """Keep a listed demand on the actor's list; again without effect. Flushes."""
    if demand.status not in LISTED or demand.confidentiality is Confidentiality.internal:
        raise NotFound("没有找到这条需求")
    found = session.get(Follow, (actor.id, demand.id))
    if found is None:
        found = Follow(user_id=actor.id, demand_id=demand.id)
        session.add(found)
        session.flush()
        record(session, actor, "demand.followed", demand)
    return found


def unfollow(session: Session, actor: User, demand: Demand) -> None:
    """Take a demand off the actor's list; without effect where it is not on it. Flushes."""
    found = session.get(Follow, (actor.id, demand.id))
    if found is not None:
        session.delete(found)
        session.flush()
        record(session, actor, "demand.unfollowed", demand)


def followed(session: Session, actor: User) -> list[Demand]:
    """The demands the actor follows, latest first."""
    return list(session.scalars(select(Demand).join(Follow, Follow.demand_id == Demand.id)
                                .where(Follow.user_id == actor.id).order_by(Follow.created_at.desc(), Demand.id)))


def dismiss(session: Session, actor: User, demand: Demand, code: DismissalCode, *, expert_id: uuid.UUID | None = None,
            capability_id: uuid.UUID | None = None, note: str = "") -> Dismissal:
    """Take a recommended pairing off the actor's list, saying why. Flushes.

    An enterprise names the expert, or a capability without one; an expert leaves both out and means themselves.
    """
    note = line(note, "note", "补充说明", most=200)
    if not owns(actor, demand):
        if Role.expert not in actor.roles:
            raise Forbidden("只有需求方和专家可以标记不合适")
        expert_id, capability_id = expert_of(session, actor).id, None
    same = select(Dismissal).where(Dismissal.demand_id == demand.id, Dismissal.by_user_id == actor.id,
                                   Dismissal.expert_id == expert_id, Dismissal.capability_id == capability_id)
    found = session.scalar(same)
    if found is None:
        found = Dismissal(demand_id=demand.id, expert_id=expert_id, capability_id=capability_id, by_user_id=actor.id)
        session.add(found)
    found.code, found.note = code, note
    session.flush()
    record(session, actor, "pair.dismissed", found, code=code)
    return found


def undo_dismissal(session: Session, actor: User, dismissal: Dismissal) -> None:
    """Put a pairing back on the list of the person who took it off. Flushes."""
    if dismissal.by_user_id != actor.id:
        raise NotFound("没有找到这条标记")
    record(session, actor, "pair.restored", dismissal, code=dismissal.code)
    session.delete(dismissal)
    session.flush()
