"""利益回避: declaring a conflict of interest, recording one for somebody else, withdrawing it."""

import uuid

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from models.accounts import Expert, Organisation, Role, User
from models.audit import record
from models.base import now
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.interests import ConflictOfInterest

STAFF = frozenset({Role.staff, Role.admin})
_LONGEST = 200


def declare(session: Session, actor: User, *, against: str, reason: str, party: str = "") -> ConflictOfInterest:
    """Keep the actor (an expert, or an enterprise's whole side) apart from the organisation named `against`.

    Staff record it for the expert or organisation named `party`. Names are full ones; Invalid says which is not known
    or fits several. Declaring what is declared already gives that one back. Flushes.
    """
    other = _organisation(session, against, "against", "要回避的单位")
    reason = " ".join(reason.split())
    if not 2 <= len(reason) <= _LONGEST:
        raise Invalid(f"请写明原因，2 到 {_LONGEST} 个字", field="reason")
    expert, organisation = _party(session, actor, party)
    if other.id == (organisation.id if organisation else expert.organisation_id if expert else None):
        raise Invalid("同一个单位的双方本来就不会互相推荐，不用申报", field="against")
    side = {"expert_id": expert.id} if expert else {"organisation_id": organisation.id if organisation else None}
    held = session.scalar(select(ConflictOfInterest).filter_by(**side, against_id=other.id, withdrawn_at=None))
    if held is not None:
        return held
    made = ConflictOfInterest(**side, against_id=other.id, reason=reason, declared_by_id=actor.id)
    session.add(made)
    session.flush()
    record(session, actor, "conflict.declared", made)
    return made


def withdraw(session: Session, actor: User, conflict: ConflictOfInterest) -> None:
    """End it: by whom it concerns, or by staff. Flushes. NotFound to everybody else, Conflict where it has ended."""
    if conflict not in of(session, actor):
        raise NotFound("没有找到这条回避申报")
    if conflict.withdrawn_at is not None:
        raise Conflict("这条回避申报已经撤回了")
    conflict.withdrawn_at = now()
    session.flush()
    record(session, actor, "conflict.withdrawn", conflict)


def of(session: Session, actor: User) -> list[ConflictOfInterest]:
    """Those the actor may know of with their reasons: their own side's, all of them for staff; newest first."""
    rows = select(ConflictOfInterest).options(
        joinedload(ConflictOfInterest.expert), joinedload(ConflictOfInterest.organisation),
        joinedload(ConflictOfInterest.against)).order_by(ConflictOfInterest.declared_at.desc(), ConflictOfInterest.id)
    return list(session.scalars(rows if actor.roles & STAFF else rows.where(_mine(session, actor))))


def _mine(session: Session, actor: User) -> ColumnElement[bool]:
    mine = ConflictOfInterest.expert_id.in_(select(Expert.id).where(Expert.user_id == actor.id))
    if Role.enterprise not in actor.roles:
        return mine
    return or_(mine, ConflictOfInterest.organisation_id == actor.organisation_for(Role.enterprise).id)


def _party(session: Session, actor: User, party: str) -> tuple[Expert | None, Organisation | None]:
    """Who is kept apart: the actor's own side or, for staff, the expert or organisation of that name."""
    if actor.roles & STAFF:
        experts = list(session.scalars(select(Expert).where(Expert.name == party.strip()).limit(2)))
        if len(experts) == 1:
            return experts[0], None
        if experts:
            raise Invalid("有几位专家同名，请让本人在自己的账号里申报", field="party")
        return None, _organisation(session, party, "party", "专家或单位")
    expert = session.scalar(select(Expert).where(Expert.user_id == actor.id)) if Role.expert in actor.roles else None
    if expert is not None:
        return expert, None
    if Role.enterprise in actor.roles:
        return None, actor.organisation_for(Role.enterprise)
    raise Forbidden("只有专家、企业和工会工作人员可以申报回避")


def _organisation(session: Session, name: str, field: str, what: str) -> Organisation:
    called = name.strip()
    rows = select(Organisation).where(or_(Organisation.name == called, Organisation.short_name == called)).limit(2)
    found = list(session.scalars(rows)) if called else []
    if len(found) != 1:
        raise Invalid(f"没有找到叫这个名字的{what}，请写登记的全称" if not found else f"有几个{what}叫这个名字，请写全称",
                      field=field)
    return found[0]


def one(session: Session, conflict_id: uuid.UUID) -> ConflictOfInterest:
    """NotFound where there is none."""
    found = session.get(ConflictOfInterest, conflict_id)
    if found is None:
        raise NotFound("没有找到这条回避申报")
    return found
