"""Experts in a sheet: an account that nobody can log in to yet, an approved role and a profile; known by their phone.

What came in so changes by sheet until the person has accepted the terms; from then on only the person changes it.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, joinedload

from ingestion.findings import Findings
from ingestion.profiles import MOST_AT_ONCE
from ingestion.sheets.bodies import bodies_named, guessed_kind
from ingestion.sheets.cells import Cells, division
from ingestion.sheets.judging import Judged, Origin, Problem, Verdict
from ingestion.sheets.keys import as_id, ids_among
from ingestion.sheets.words import ADMISSIONS, code_of
from ingestion.validation import email, line, person_name, phone, text
from models.accounts import Admission, Expert, ExpertKind, OrganisationKind, Role, RoleGrant, User
from models.audit import record_each
from models.base import now, today
from models.errors import Invalid
from models.sheets import SheetKind

NO_PASSWORD = "!"
"""No hash at all: no password opens the account before its person sets one."""
KINDS = {"高校专家": ExpertKind.university, "高技能人才": ExpertKind.skilled}
OF_USER = ("phone", "email")
UNREGISTERED = (OrganisationKind.university, OrganisationKind.institute)


class ExpertRows:
    kind = SheetKind.expert
    unique: tuple[str, ...] = ("phone", "email")

    def key(self, cells: Cells) -> str:
        typed = cells("_id").strip()
        if as_id(typed):
            return typed
        try:
            return phone(cells("phone"))
        except Invalid:
            return cells("phone").strip() or cells("email").strip()

    def read(self, cells: Cells, key: str) -> dict[str, Any]:
        findings = Findings()
        values: dict[str, Any] = {"name": findings.check(person_name, cells("name"), cells.name("name")),
                  "phone": findings.check(phone, cells("phone"), cells.name("phone")),
                  "email": findings.check(email, cells("email"), cells.name("email")),
                  "organisation": findings.check(line, cells("organisation"), cells.name("organisation"), "单位",
                                                 most=120, least=4)}
        for field, label in (("title", "职称或职业技能等级"), ("field", "专业领域")):
            values[field] = findings.check(line, cells(field), cells.name(field), label, most=60, least=2)
        if cells.given("kind"):
            values["kind"] = findings.check(_kind, cells("kind"), cells.name("kind"), values["organisation"] or "")
        if cells.given("bio"):
            values["bio"] = findings.check(text, cells("bio"), cells.name("bio"), "个人简介", most=1000)
        if cells.given("district_code"):
            values["district_code"] = findings.check(division, cells("district_code"), cells.name("district_code"))
        if cells.given("capacity"):
            values["capacity"] = findings.check(_capacity, cells("capacity"), cells.name("capacity"))
        if cells("status").strip():
            values["status"] = findings.check(code_of, cells("status"), cells.name("status"), "入驻状态", ADMISSIONS)
        findings.settle()
        return values

    def known(self, session: Session, origin: Origin, keys: Sequence[str]) -> Mapping[str, Expert]:
        ids = ids_among(keys)
        query = select(Expert).options(joinedload(Expert.user), joinedload(Expert.organisation))
        found = {one.user.phone: one for one in session.scalars(query.join(Expert.user).where(User.phone.in_(keys)))}
        if ids:
            found |= {ids[one.id]: one for one in session.scalars(query.where(Expert.id.in_(ids)))}
        return found

    def settle(self, session: Session, origin: Origin, rows: Sequence[Judged], cells: Mapping[int, Cells]) -> None:
        live = [one for one in rows if one.verdict in (Verdict.new, Verdict.changed)]
        taken = session.scalars(select(User).where(User.phone.in_({one.values["phone"] for one in live})
                                                   | User.email.in_({one.values["email"] for one in live}))).all()
        holders = {value: user for user in taken for value in (user.phone, user.email)}
        for one in live:
            own = one.held.user if one.held else None
            for field, label in (("phone", "手机号"), ("email", "邮箱")):
                value, column = one.values[field], cells[one.row.number].name(field)
                if holders.get(value, own) is not own:
                    one.problems.append(Problem(one.row.number, column, f"这个{label}已经注册过。请本人登录后添加专家身份"))
            if own is not None and own.terms_version and one.verdict is Verdict.changed:
                one.problems.append(Problem(one.row.number, "", "这位专家已经自己登录过。请本人在网站上改"))
            one.verdict = Verdict.refused if one.problems else one.verdict

    def same(self, held: Expert, values: Mapping[str, Any]) -> bool:
        """How far an admission is, staff decide on the site: no sheet changes it."""
        return all(_held(held, column) == value for column, value in values.items() if column != "status")

    def write(self, session: Session, origin: Origin, rows: Sequence[Judged]) -> None:
        places = bodies_named(session, {one.values["organisation"] for one in rows})
        ids = _insert(session, [one for one in rows if one.held is None], places)
        for one in rows:
            if one.held is not None:
                _change(one.held, one.values, places)
                ids.append(one.held.id)
        session.flush()
        detail = {"batch": str(origin.batch_id)} if origin.batch_id else {}
        record_each(session, origin.actor, "expert.imported", Expert, ids, **detail)


def _insert(session: Session, rows: Sequence[Judged], places: Mapping[str, uuid.UUID]) -> list[uuid.UUID]:
    users: list[dict[str, Any]] = []
    grants: list[dict[str, Any]] = []
    experts: list[dict[str, Any]] = []
    for one in rows:
        user_id, expert_id, place = uuid.uuid4(), as_id(one.key) or uuid.uuid4(), places[one.values["organisation"]]
        kind = one.values.get("kind") or _kind("", "", one.values["organisation"])
        told = {column: value for column, value in one.values.items()
                if column not in (*OF_USER, "organisation", "kind", "status")}
        users.append({"id": user_id, "name": one.values["name"], "phone": one.values["phone"],
                      "email": one.values["email"], "password_hash": NO_PASSWORD})
        grants.append({"id": uuid.uuid4(), "user_id": user_id, "role": Role.expert, "organisation_id": place,
                       "status": _status(one.values.get("status")), "decided_at": now(),
                       "detail": {"kind": kind, "title": one.values["title"], "field": one.values["field"]}})
        experts.append({"bio": "", "district_code": "", "capacity": 2} | told | {
            "id": expert_id, "user_id": user_id, "organisation_id": place, "kind": kind, "joined_on": today()})
    for table, made in ((User, users), (RoleGrant, grants), (Expert, experts)):
        if made:
            session.execute(insert(table), made)
    return [row["id"] for row in experts]


def _change(expert: Expert, values: Mapping[str, Any], places: Mapping[str, uuid.UUID]) -> None:
    for column, value in values.items():
        if column == "status":
            continue
        if column in OF_USER:
            setattr(expert.user, column, value)
        elif column == "organisation":
            expert.organisation_id = places[value]
        else:
            setattr(expert, column, value)
    expert.user.name = values["name"]


def _held(expert: Expert, column: str) -> Any:
    if column in OF_USER:
        return getattr(expert.user, column)
    return expert.organisation.name if column == "organisation" else getattr(expert, column)


def _kind(value: str, field: str, place: str) -> ExpertKind:
    typed = value.strip()
    if typed in KINDS:
        return KINDS[typed]
    if not typed:
        return ExpertKind.university if guessed_kind(place) in UNREGISTERED else ExpertKind.skilled
    try:
        return ExpertKind(typed)
    except ValueError:
        raise Invalid("专家类型写 " + "、".join(KINDS), field=field) from None


def _status(told: Admission | None) -> Admission:
    """Whoever was sent back or put out elsewhere does not get in by a sheet."""
    return told if told in (Admission.returned, Admission.revoked) else Admission.approved


def _capacity(value: str, field: str) -> int:
    typed = line(value, field, "同时能接几项", most=4) or "2"
    if not typed.isdecimal() or int(typed) > MOST_AT_ONCE:
        raise Invalid(f"同时能接几项，写 0 到 {MOST_AT_ONCE} 的整数", field=field)
    return int(typed)
