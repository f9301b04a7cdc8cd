"""Members in a sheet: an account that nobody can log in to yet, and an application that staff decide on like any.

A sheet admits nobody: what it says of how far an application is, is not read. Experts whose profile came in by the
sheet of experts are admitted already, and unchanged here.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, joinedload

from ingestion.findings import Findings
from ingestion.sheets.bodies import bodies_named
from ingestion.sheets.cells import Cells
from ingestion.sheets.judging import Judged, Origin, Verdict
from ingestion.sheets.kinds.experts import KINDS, NO_PASSWORD
from ingestion.sheets.words import ROLES, code_of, code_or_none
from ingestion.validation import email, line, person_name, phone
from models.accounts import Admission, Organisation, Role, RoleGrant, User
from models.audit import record_each
from models.base import now
from models.errors import Invalid
from models.sheets import SheetKind

SEPARATOR = "\x1f"
DETAIL = ("kind", "title", "field")


class MemberRows:
    kind = SheetKind.member
    unique: tuple[str, ...] = ()

    def key(self, cells: Cells) -> str:
        """Whose application, as what, for whom."""
        try:
            number = phone(cells("phone"))
        except Invalid:
            number = cells("phone").strip()
        role = ROLES.get(cells("role").strip(), cells("role").strip())
        return SEPARATOR.join((number, str(role), cells("organisation").strip())) if number else ""

    def read(self, cells: Cells, key: str) -> dict[str, Any]:
        findings = Findings()
        values: dict[str, Any] = {
            "name": findings.check(person_name, cells("name"), cells.name("name")),
            "phone": findings.check(phone, cells("phone"), cells.name("phone")),
            "email": findings.check(email, cells("email"), cells.name("email")),
            "role": findings.check(code_of, cells("role"), cells.name("role"), "身份", ROLES),
            "organisation": findings.check(line, cells("organisation"), cells.name("organisation"), "单位", most=120,
                                           least=4)}
        kind = findings.check(code_or_none, cells("kind"), cells.name("kind"), "专家类型", KINDS)
        told = {name: findings.check(line, cells(name), cells.name(name), label, most=60)
                for name, label in (("title", "职称"), ("field", "专业领域"))}
        values["detail"] = {}
        if values["role"] is Role.expert and (kind or told["title"] or told["field"]):
            values["detail"] = {"kind": kind, **told}
        findings.settle()
        return values

    def known(self, session: Session, origin: Origin, keys: Sequence[str]) -> Mapping[str, RoleGrant]:
        numbers = {key.split(SEPARATOR)[0] for key in keys}
        found = session.scalars(select(RoleGrant).join(RoleGrant.user).join(RoleGrant.organisation).where(
            User.phone.in_(numbers)).options(joinedload(RoleGrant.user), joinedload(RoleGrant.organisation)))
        return {SEPARATOR.join((one.user.phone, one.role, one.organisation.name)): one for one in found}

    def settle(self, session: Session, origin: Origin, rows: Sequence[Judged], cells: Mapping[int, Cells]) -> None:
        live = [one for one in rows if one.verdict in (Verdict.new, Verdict.changed)]
        taken = session.scalars(select(User).where(User.phone.in_({one.values["phone"] for one in live})
                                                   | User.email.in_({one.values["email"] for one in live}))).all()
        by_phone, by_email = {one.phone: one for one in taken}, {one.email: one for one in taken}
        told: dict[str, tuple[str, str]] = {}
        for one in live:
            values, row = one.values, cells[one.row.number]
            account = by_phone.get(values["phone"])
            if by_email.get(values["email"], account) is not account:
                one.refuse(row.name("email"), "这个邮箱是另一个账号的，请核对")
            if account is not None and account.terms_version and (account.name, account.email) != (
                    values["name"], values["email"]):
                one.refuse(row.name("phone"), "这个手机号的人已经自己登录过，姓名、邮箱不一样。请本人在网站上改")
            if told.setdefault(values["phone"], (values["name"], values["email"])) != (values["name"], values["email"]):
                one.refuse(row.name("phone"), "同一个手机号，上面一行写的姓名或邮箱不一样")
            if values["role"] is Role.expert and one.held is None and not all(values["detail"].get(k) for k in DETAIL):
                one.refuse(row.name("kind"), "专家要写专家类型、职称和专业领域。已经入驻的，先导入专家表")
            if one.held is not None and (one.held.status is not Admission.applied or one.held.user.terms_version):
                one.refuse("", "这个身份已经办过，或者本人已经登录过，表格不能改。请在网站上办")

    def same(self, held: RoleGrant, values: Mapping[str, Any]) -> bool:
        return facts(held) == values

    def write(self, session: Session, origin: Origin, rows: Sequence[Judged]) -> None:
        places = bodies_named(session, {one.values["organisation"] for one in rows})
        people = _accounts(session, rows)
        made = [{"id": uuid.uuid4(), "user_id": people[one.values["phone"]], "role": one.values["role"],
                 "organisation_id": places[one.values["organisation"]], "status": Admission.applied,
                 "detail": one.values["detail"], "applied_at": now()} for one in rows if one.held is None]
        if made:
            session.execute(insert(RoleGrant), made)
        changed = [one for one in rows if one.held is not None]
        for one in changed:
            one.held.detail = one.values["detail"]
            one.held.user.name, one.held.user.email = one.values["name"], one.values["email"]
        session.flush()
        record_each(session, origin.actor, "role.imported", RoleGrant,
                    [row["id"] for row in made] + [one.held.id for one in changed], **origin.batch)


def facts(grant: RoleGrant) -> dict[str, Any]:
    """What a sheet says of an application."""
    waits = grant.role is Role.expert and grant.status is not Admission.approved  # else it stands in the profile
    user, detail = grant.user, grant.detail if waits else {}
    place: Organisation | None = grant.organisation
    return {"name": user.name, "phone": user.phone, "email": user.email, "role": grant.role,
            "organisation": place.name if place else "",
            "detail": {name: detail.get(name) for name in DETAIL} if detail else {}}


def _accounts(session: Session, rows: Sequence[Judged]) -> dict[str, uuid.UUID]:
    """Phone → the account that has it; new ones open with no password."""
    wanted = {one.values["phone"]: one.values for one in rows}
    found = {one.phone: one.id for one in session.scalars(select(User).where(User.phone.in_(wanted)))}
    made = [{"id": uuid.uuid4(), "name": values["name"], "phone": number, "email": values["email"],
             "password_hash": NO_PASSWORD} for number, values in wanted.items() if number not in found]
    if made:
        session.execute(insert(User), made)
    return found | {row["phone"]: row["id"] for row in made}
