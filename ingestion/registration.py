"""A person comes in: an account, and the roles asked for, each to be decided by staff (ingestion/admission.py)."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingestion import organisations
from ingestion.findings import Findings
from ingestion.organisations import OrganisationForm
from ingestion.passwords import hash_password
from ingestion.validation import choice, email, line, person_name, phone
from models.accounts import Admission, ExpertKind, Organisation, Role, RoleGrant, User
from models.audit import record
from models.base import now
from models.errors import Conflict, Invalid, NotFound

Hasher = Callable[[str], str]
TERMS_VERSION = "2026-11"
OPEN_ROLES = frozenset({Role.enterprise, Role.expert, Role.broker})
"""Roles a person can ask for; staff and admin are given at the command line."""


@dataclass(frozen=True)
class Applicant:
    """A person as typed."""

    name: str
    phone: str
    email: str
    password: str
    accepted_terms: bool


@dataclass(frozen=True)
class RoleForm:
    """A role asked for, as typed. `expert_kind` (university | skilled), `title` and `field` are an expert's."""

    role: str
    organisation: OrganisationForm
    expert_kind: str = ""
    title: str = ""
    field: str = ""


def register(session: Session, applicant: Applicant, form: RoleForm, hasher: Hasher = hash_password) -> User:
    """A new account with its first role, waiting for staff. Flushes; InvalidForm lists every wrong field.

    `hasher` checks a password and gives its hash; a load of many accounts with one password may keep the last.
    """
    findings = Findings()
    person = findings.check(_person, session, applicant, hasher)
    role = findings.check(_role, form)
    if not applicant.accepted_terms:
        findings.add("请先读使用条款和个人信息说明，再勾选同意", "accepted_terms")
    findings.settle()
    user = User(**person, terms_version=TERMS_VERSION, terms_accepted_at=now())
    session.add(user)
    session.flush()
    record(session, user, "user.registered", user, terms=TERMS_VERSION)
    _apply(session, user, role)
    return user


def apply_role(session: Session, user: User, form: RoleForm) -> RoleGrant:
    """One more role for a person, or a returned one again with mended facts. Flushes.

    Conflict where the role is held or waits already.
    """
    return _apply(session, user, _role(form))


def add_user(session: Session, name: str, email_address: str, phone_number: str, password: str, role: Role,
             organisation: Organisation | None = None, hasher: Hasher = hash_password) -> User:
    """An account whose role stands at once: for the operator at the command line. Flushes."""
    applicant = Applicant(name, phone_number, email_address, password, accepted_terms=True)
    user = User(**_person(session, applicant, hasher), terms_version=TERMS_VERSION, terms_accepted_at=now())
    user.grants.append(RoleGrant(role=role, organisation=organisation, status=Admission.approved, decided_at=now()))
    session.add(user)
    session.flush()
    record(session, None, "user.added", user, role=role)
    return user


def find_user(session: Session, email_address: str) -> User:
    """The account with an e-mail address, for the operator at the command line. NotFound where there is none."""
    found = session.scalar(select(User).where(User.email == email_address.strip().lower(), User.active))
    if found is None:
        raise NotFound(f"没有邮箱是 {email_address} 的账号")
    return found


def contact_taken(session: Session, phone_number: str, email_address: str, besides: User | None = None) -> None:
    """Invalid where another account has this phone or e-mail address."""
    findings = Findings()
    for column, value, label in ((User.phone, phone_number, "手机号"), (User.email, email_address, "邮箱")):
        holder = session.scalar(select(User).where(column == value))
        if holder is not None and holder is not besides:
            findings.add(f"这个{label}已经注册过，请直接登录，再添加身份", column.key)
    findings.settle()


def _person(session: Session, applicant: Applicant, hasher: Hasher) -> dict:
    findings = Findings()
    values = {
        "name": findings.check(person_name, applicant.name),
        "phone": findings.check(phone, applicant.phone),
        "email": findings.check(email, applicant.email),
        "password_hash": findings.check(hasher, applicant.password),
    }
    findings.settle()
    contact_taken(session, values["phone"], values["email"])
    return values


@dataclass(frozen=True)
class _Role:
    role: Role
    organisation: dict
    detail: dict


def _role(form: RoleForm) -> _Role:
    role = choice(form.role, Role, "role", "选一个身份")
    if role not in OPEN_ROLES:
        raise Invalid("这个身份不能自己申请，请联系工会工作人员", field="role")
    findings = Findings()
    kind = None
    detail = {}
    if role is Role.expert:
        kind = findings.check(choice, form.expert_kind, ExpertKind, "expert_kind", "选高校专家或高技能人才")
        detail = {
            "kind": kind,
            "title": findings.check(line, form.title, "title", "职称或职业技能等级", most=60, least=2),
            "field": findings.check(line, form.field, "field", "专业领域", most=60, least=2),
        }
    allowed = organisations.kinds_for(role, kind) if role is not Role.expert or kind else organisations.ANY
    organisation = findings.check(organisations.checked, form.organisation, allowed)
    findings.settle()
    return _Role(role, organisation, detail)


def _apply(session: Session, user: User, asked: _Role) -> RoleGrant:
    organisation = organisations.find_or_add(session, asked.organisation)
    grant = session.scalar(select(RoleGrant).where(RoleGrant.user_id == user.id, RoleGrant.role == asked.role))
    if grant is not None and grant.status in (Admission.applied, Admission.approved):
        waiting = "，正在等工会核对" if grant.status is Admission.applied else ""
        raise Conflict(f"这个身份您已经申请过{waiting}", field="role")
    if grant is None:
        grant = RoleGrant(user=user, role=asked.role)
        session.add(grant)
    _fill(grant, organisation, asked.detail)
    session.flush()
    record(session, user, "role.applied", grant, role=asked.role, organisation=str(organisation.id))
    return grant


def _fill(grant: RoleGrant, organisation: Organisation, detail: dict) -> None:
    grant.organisation = organisation
    grant.detail = detail
    grant.status = Admission.applied
    grant.reason = ""
    grant.applied_at = now()
    grant.decided_at = grant.decided_by_id = None
