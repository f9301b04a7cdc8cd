"""Staff decide who comes in (入驻审核): approve, return with a reason, revoke; each act named and dated."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingestion.sameness.organisations import similar
from ingestion.validation import text
from models.accounts import (
    Admission,
    Broker,
    Expert,
    Organisation,
    Role,
    RoleGrant,
    User,
)
from models.audit import notify, record
from models.base import now, today
from models.capabilities import Capability, CapabilityStatus
from models.errors import Conflict, Forbidden
from models.index import PostingKind, enqueue
from models.locking import lock

STAFF = frozenset({Role.staff, Role.admin})
ROLE_NAMES = {Role.enterprise: "企业", Role.expert: "专家", Role.broker: "促成人", Role.staff: "工作人员",
              Role.admin: "管理员"}


@dataclass(frozen=True)
class Likeness:
    """Another record that may be the same organisation or person. `what`: name | namesake."""

    what: str
    name: str
    detail: str


def approve(session: Session, staff: User, grant: RoleGrant) -> RoleGrant:
    """Admit a person in a role, and the organisation with the first of its people. Flushes.

    Sets the 入驻 date (Asia/Shanghai) and makes the expert's or broker's profile.
    """
    _decide(session, staff, grant, Admission.applied)
    grant.status = Admission.approved
    if grant.organisation is not None:
        admit_organisation(session, staff, grant.organisation)
    if grant.role is Role.expert:
        _admit_expert(session, grant)
    elif grant.role is Role.broker:
        _admit_broker(session, grant)
    session.flush()
    record(session, staff, "role.approved", grant, role=grant.role)
    notify(session, grant.user_id, f"您的{ROLE_NAMES[grant.role]}身份已通过，可以开始使用", grant)
    return grant


def admit_organisation(session: Session, staff: User, organisation: Organisation) -> None:
    """Admit an organisation as of today (Asia/Shanghai); one that is in already stays as it is. Flushes."""
    _require_staff(staff)
    if organisation.status is Admission.approved:
        return
    organisation.status = Admission.approved
    organisation.joined_on = organisation.joined_on or today()
    session.flush()
    record(session, staff, "organisation.admitted", organisation)


def return_with_reason(session: Session, staff: User, grant: RoleGrant, reason: str) -> RoleGrant:
    """Send an application back; the person can mend it and apply again. Flushes."""
    reason = text(reason, "reason", "退回原因", most=300, least=4)
    _decide(session, staff, grant, Admission.applied)
    grant.status, grant.reason = Admission.returned, reason
    if grant.organisation is not None and grant.organisation.status is Admission.applied:
        grant.organisation.status = Admission.returned
    session.flush()
    record(session, staff, "role.returned", grant, role=grant.role)
    notify(session, grant.user_id, f"您的{ROLE_NAMES[grant.role]}身份申请退回了：{reason}"[:300], grant)
    return grant


def revoke(session: Session, staff: User, grant: RoleGrant, reason: str) -> RoleGrant:
    """End an approved role from the next request on. What was done in it stays; an expert's postings are hidden."""
    reason = text(reason, "reason", "停用原因", most=300, least=4)
    _decide(session, staff, grant, Admission.approved)
    grant.status, grant.reason = Admission.revoked, reason
    if grant.role is Role.expert:
        _hide_capabilities(session, grant.user_id)
    session.flush()
    record(session, staff, "role.revoked", grant, role=grant.role)
    notify(session, grant.user_id, f"您的{ROLE_NAMES[grant.role]}身份已停用：{reason}"[:300], grant)
    return grant


def likenesses(session: Session, grant: RoleGrant) -> list[Likeness]:
    """Organisations with nearly the same name, and people of the same name, that staff should look at first."""
    found = []
    if grant.organisation is not None:
        others = similar(session, grant.organisation.name, besides=grant.organisation_id)
        found += [Likeness("name", other.name, other.uscc or "") for other in others]
    namesakes = session.scalars(select(User).where(User.name == grant.user.name, User.id != grant.user_id))
    found += [Likeness("namesake", other.name, "、".join(g.organisation.name for g in other.grants if g.organisation))
              for other in namesakes]
    return found


def _require_staff(staff: User) -> None:
    if not staff.roles & STAFF:
        raise Forbidden("只有工会工作人员可以办理入驻")


def _decide(session: Session, staff: User, grant: RoleGrant, expected: Admission) -> None:
    """Hold the application and check that this person may decide on it as it now stands."""
    _require_staff(staff)
    lock(session, grant)
    if grant.user_id == staff.id:
        raise Forbidden("不能办理自己的申请，请另一位工作人员来办")
    if grant.role in STAFF and Role.admin not in staff.roles:
        raise Forbidden("工作人员身份由管理员办理")
    if grant.status is not expected:
        raise Conflict("这条申请刚被办理过，请刷新后再看")
    grant.decided_at, grant.decided_by_id = now(), staff.id


def _admit_expert(session: Session, grant: RoleGrant) -> None:
    expert = session.scalar(select(Expert).where(Expert.user_id == grant.user_id))
    if expert is None:
        expert = Expert(user_id=grant.user_id, district_code=grant.organisation.district_code, joined_on=today())
    expert.organisation_id = grant.organisation_id
    expert.name = grant.user.name
    for column in ("kind", "title", "field"):
        setattr(expert, column, grant.detail[column])
    session.add(expert)


def _admit_broker(session: Session, grant: RoleGrant) -> None:
    broker = session.scalar(select(Broker).where(Broker.user_id == grant.user_id))
    if broker is None:
        broker = Broker(user_id=grant.user_id, joined_on=today())
    broker.organisation_id = grant.organisation_id
    broker.name = grant.user.name
    session.add(broker)


def _hide_capabilities(session: Session, user_id) -> None:
    mine = session.scalars(select(Capability).join(Expert).where(
        Expert.user_id == user_id, Capability.status == CapabilityStatus.published))
    for capability in mine:
        capability.status = CapabilityStatus.hidden
        enqueue(session, PostingKind.capability, capability.id)
