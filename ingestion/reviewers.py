"""Accounts of reviewers from outside: made by staff, for a time, with a first password that is told once."""

import datetime as dt
import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingestion.findings import Findings
from ingestion.passwords import hash_password
from ingestion.registration import TERMS_VERSION, contact_taken
from ingestion.validation import email, person_name, phone
from models.accounts import Admission, Role, RoleGrant, User
from models.audit import record
from models.base import now, today
from models.errors import Forbidden, Invalid, NotFound

LONGEST = dt.timedelta(days=366)
"""Nobody is let in for good: who judges again next year is asked again."""
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters that are taken for one another when a password is read out."""


@dataclass(frozen=True)
class ReviewerForm:
    """As typed; `until` is the last day on which the account opens the reviewer's pages."""

    name: str
    phone: str
    email: str
    until: dt.date | None


def invite_reviewer(session: Session, actor: User, form: ReviewerForm) -> tuple[User, str]:
    """A new account that is a reviewer's and nothing else, with its first password. InvalidForm lists every fault."""
    _require_staff(actor)
    findings = Findings()
    values = {"name": findings.check(person_name, form.name), "phone": findings.check(phone, form.phone),
              "email": findings.check(email, form.email)}
    until = findings.check(_until, form.until)
    findings.settle()
    contact_taken(session, values["phone"], values["email"])
    password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
    user = User(**values, password_hash=hash_password(password), terms_version=TERMS_VERSION, terms_accepted_at=now())
    user.grants.append(RoleGrant(role=Role.reviewer, status=Admission.approved, decided_at=now(),
                                 decided_by_id=actor.id, until=until))
    session.add(user)
    session.flush()
    record(session, actor, "reviewer.invite", user, until=until.isoformat())
    return user, password


def extend(session: Session, actor: User, grant: RoleGrant, until: dt.date | None) -> None:
    """Let a reviewer in until another day; today ends it. Invalid, beside its field, for a day that is over."""
    _require_staff(actor)
    if grant.role is not Role.reviewer or grant.until is None:
        raise NotFound("没有找到这个评委账号")
    grant.until = _until(until)
    session.flush()
    record(session, actor, "reviewer.extend", grant, until=grant.until.isoformat())


def invited(session: Session) -> list[RoleGrant]:
    """The reviewers' accounts that are for a time, those that end first before the others."""
    return list(session.scalars(select(RoleGrant).where(
        RoleGrant.role == Role.reviewer, RoleGrant.until.is_not(None)).order_by(RoleGrant.until, RoleGrant.id)))


def _until(day: dt.date | None) -> dt.date:
    if day is None:
        raise Invalid("写明用到哪天", field="until")
    if not today() <= day <= today() + LONGEST:
        raise Invalid("从今天起，最长一年", field="until")
    return day


def _require_staff(actor: User) -> None:
    if not actor.roles & {Role.staff, Role.admin}:
        raise Forbidden("只有工作人员可以开评委账号")
