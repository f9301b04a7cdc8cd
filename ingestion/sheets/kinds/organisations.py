"""Organisations in a sheet: known by their 统一社会信用代码, else by their name; admitted by whoever brings them in."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from ingestion.findings import Findings
from ingestion.organisations import KIND_NAMES
from ingestion.sheets.bodies import guessed_kind
from ingestion.sheets.cells import Cells, division, trade
from ingestion.sheets.judging import Judged, Origin, Problem, Verdict
from ingestion.sheets.keys import as_id, ids_among
from ingestion.validation import credit_code, line
from models.accounts import Admission, Organisation, OrganisationKind
from models.audit import record_each
from models.base import now, today
from models.errors import Invalid
from models.sheets import SheetKind

KINDS = {name: kind for kind, name in KIND_NAMES.items()}


class OrganisationRows:
    kind = SheetKind.organisation
    unique: tuple[str, ...] = ("name", "uscc")

    def key(self, cells: Cells) -> str:
        return cells("_id").strip() if as_id(cells("_id").strip()) else (cells("uscc").strip() or cells("name").strip())

    def read(self, cells: Cells, key: str) -> dict[str, Any]:
        findings = Findings()
        name = findings.check(line, cells("name"), cells.name("name"), "单位全称", most=120, least=4)
        values: dict[str, Any] = {"name": name}
        if cells.given("uscc"):
            typed = cells("uscc").strip()
            values["uscc"] = findings.check(credit_code, typed, cells.name("uscc")) if typed else None
        if cells.given("kind"):
            values["kind"] = findings.check(_kind, cells("kind"), cells.name("kind"), name or "")
        for field, label, most in (("short_name", "简称", 20), ("address", "地址", 200)):
            if cells.given(field):
                values[field] = findings.check(line, cells(field), cells.name(field), label, most=most)
        for field, reader in (("district_code", division), ("industry_code", trade)):
            if cells.given(field):
                values[field] = findings.check(reader, cells(field), cells.name(field))
        findings.settle()
        return values

    def known(self, session: Session, origin: Origin, keys: Sequence[str]) -> Mapping[str, Organisation]:
        ids = ids_among(keys)
        found = {one.name: one for one in session.scalars(select(Organisation).where(Organisation.name.in_(keys)))}
        found |= {one.uscc: one for one in session.scalars(select(Organisation).where(Organisation.uscc.in_(keys)))}
        if ids:
            found |= {ids[one.id]: one for one in session.scalars(select(Organisation).where(Organisation.id.in_(ids)))}
        return found

    def settle(self, session: Session, origin: Origin, rows: Sequence[Judged], cells: Mapping[int, Cells]) -> None:
        """Names and codes that another organisation has are refused: which one is meant is for a person to say."""
        live = [one for one in rows if one.verdict in (Verdict.new, Verdict.changed)]
        names, codes = ({one.values.get(field) for one in live} - {None} for field in ("name", "uscc"))
        holders = session.scalars(select(Organisation).where(
            Organisation.name.in_(names) | Organisation.uscc.in_(codes))).all()
        by_name, by_code = {one.name: one for one in holders}, {one.uscc: one for one in holders if one.uscc}
        for one in live:
            _adopt(one, by_name)
            holder = {"name": by_name.get(one.values["name"]), "uscc": by_code.get(one.values.get("uscc"))}
            for field, found in holder.items():
                if found is not None and found is not one.held:
                    one.problems.append(Problem(one.row.number, cells[one.row.number].name(field),
                                                f"“{found.name}”已经登记了这个{'名称' if field == 'name' else '代码'}，请核对"))
                    one.verdict = Verdict.refused

    def same(self, held: Organisation, values: Mapping[str, Any]) -> bool:
        return all(getattr(held, column) == value for column, value in values.items())

    def write(self, session: Session, origin: Origin, rows: Sequence[Judged]) -> None:
        made: list[dict[str, Any]] = []
        written: list[uuid.UUID] = []
        for one in rows:
            if one.held is None:
                made.append({"kind": guessed_kind(one.values["name"]), "short_name": "", "uscc": None,
                             "district_code": "", "industry_code": "", "address": ""} | one.values | {
                    "id": as_id(one.key) or uuid.uuid4(), "status": Admission.approved, "joined_on": today(),
                    "created_at": now()})
                continue
            for column, value in one.values.items():
                setattr(one.held, column, value)
            written.append(one.held.id)
        if made:
            session.execute(insert(Organisation), made)
        session.flush()
        detail = {"batch": str(origin.batch_id)} if origin.batch_id else {}
        record_each(session, origin.actor, "organisation.imported", Organisation, [row["id"] for row in made] + written,
                    **detail)


def _adopt(row: Judged, by_name: Mapping[str, Organisation]) -> None:
    """A row with a code is the body of that name that came without one."""
    namesake = by_name.get(row.values["name"])
    if row.held is None and namesake is not None and (namesake.uscc is None or row.values.get("uscc") is None):
        row.held, row.verdict = namesake, Verdict.changed


def _kind(value: str, field: str, name: str) -> OrganisationKind:
    typed = value.strip()
    if not typed:
        return guessed_kind(name)
    if typed in KINDS:
        return KINDS[typed]
    try:
        return OrganisationKind(typed)
    except ValueError:
        raise Invalid("单位类型写 " + "、".join(KINDS), field=field) from None
