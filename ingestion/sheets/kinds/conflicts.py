"""Conflicts of interest in a sheet: staff record them for others, as on the site; it ends none and rewrites none."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, joinedload

from ingestion.findings import Findings
from ingestion.sheets.cells import Cells
from ingestion.sheets.judging import Judged, Origin, Verdict
from ingestion.sheets.keys import as_id, ids_among
from ingestion.sheets.values import past_day, sheet_day
from ingestion.validation import line
from models.accounts import Expert, Organisation
from models.audit import record_each
from models.base import CITY_TIME, city_day, today
from models.errors import Invalid
from models.interests import ConflictOfInterest
from models.sheets import SheetKind

SEPARATOR = "\x1f"


class ConflictRows:
    kind = SheetKind.conflict
    unique: tuple[str, ...] = ()

    def key(self, cells: Cells) -> str:
        """Its number; without one, who is kept apart from whom since when."""
        typed = cells("_id").strip()
        return typed if as_id(typed) else SEPARATOR.join(
            cells(name).strip() for name in ("expert", "party", "against", "declared_on"))

    def read(self, cells: Cells, key: str) -> dict[str, Any]:
        findings = Findings()
        if cells("_id").strip() and not as_id(cells("_id").strip()):
            findings.add("编号照导出的写，新的申报留空", cells.name("_id"))
        values: dict[str, Any] = {
            "expert_id": findings.check(_expert, cells("expert"), cells.name("expert")),
            "party": findings.check(line, cells("party"), cells.name("party"), "专家或单位", least=2),
            "against": findings.check(line, cells("against"), cells.name("against"), "要回避的单位", least=4),
            "reason": findings.check(line, cells("reason"), cells.name("reason"), "原因", most=200, least=2),
            "declared_on": findings.check(past_day, cells("declared_on"), cells.name("declared_on"), "申报日期",
                                          cells.columns.from_1904),
            "withdrawn_on": findings.check(sheet_day, cells("withdrawn_on"), cells.name("withdrawn_on"), "撤回日期",
                                           from_1904=cells.columns.from_1904)}
        if values["withdrawn_on"] and values["withdrawn_on"] > today():
            findings.add("撤回日期还没到，请核对", cells.name("withdrawn_on"))
        if values["withdrawn_on"] and values["declared_on"] and values["withdrawn_on"] < values["declared_on"]:
            findings.add("撤回在申报以前，请核对", cells.name("withdrawn_on"))
        findings.settle()
        return values

    def known(self, session: Session, origin: Origin, keys: Sequence[str]) -> Mapping[str, ConflictOfInterest]:
        ids = ids_among(keys)
        query = select(ConflictOfInterest).where(ConflictOfInterest.id.in_(ids)).options(*PARTIES)
        return {ids[one.id]: one for one in session.scalars(query)} if ids else {}

    def settle(self, session: Session, origin: Origin, rows: Sequence[Judged], cells: Mapping[int, Cells]) -> None:
        live = [one for one in rows if one.verdict in (Verdict.new, Verdict.changed)]
        bodies = {one.name: one for one in session.scalars(select(Organisation).where(Organisation.name.in_(
            {one.values[name] for one in live for name in ("party", "against")})))}
        experts = {one.id: one for one in session.scalars(select(Expert).where(Expert.id.in_(
            {one.values["expert_id"] for one in live} - {None})))}
        standing = {(one.expert_id, one.organisation_id, one.against_id) for one in session.scalars(
            select(ConflictOfInterest).where(ConflictOfInterest.withdrawn_at.is_(None)))} if live else set()
        for one in live:
            if one.verdict is Verdict.changed:
                one.refuse("", "申报过的不能用表格改。要撤回、要改，请在“利益回避”里办")
            elif origin.actor is None:
                one.refuse("", "利益回避要由工作人员在网站上导入，好记下是谁录的")
            else:
                self._resolve(one, cells[one.row.number], bodies, experts)
            side = tuple(one.values.get(name) for name in ("of_expert", "of_organisation", "against_id"))
            if one.verdict is Verdict.new and not one.values["withdrawn_on"] and side in standing:
                one.verdict, one.note = Verdict.duplicate, "已经申报过，没有再加"

    def _resolve(self, row: Judged, cells: Cells, bodies: Mapping[str, Organisation],
                 experts: Mapping[uuid.UUID, Expert]) -> None:
        values, against = row.values, bodies.get(row.values["against"])
        expert, body = experts.get(values["expert_id"]), bodies.get(values["party"])
        if against is None:
            row.refuse(cells.name("against"), "没有这个单位，请写全称，或先导入单位")
        if values["expert_id"] and (expert is None or expert.name != values["party"]):
            row.refuse(cells.name("expert"), "没有这个编号的专家，或者姓名对不上")
        elif not values["expert_id"] and body is None:
            row.refuse(cells.name("party"), "没有这个单位，请写全称。是专家就写专家编号")
        if against is not None and against.id in (body and body.id, expert and expert.organisation_id):
            row.refuse(cells.name("against"), "同一个单位的双方本来就不会互相推荐，不用申报")
        values |= {"of_expert": expert and expert.id, "against_id": against and against.id,
                   "of_organisation": None if values["expert_id"] else body and body.id}

    def same(self, held: ConflictOfInterest, values: Mapping[str, Any]) -> bool:
        return facts(held) == values

    def write(self, session: Session, origin: Origin, rows: Sequence[Judged]) -> None:
        made = [{"id": as_id(one.key) or uuid.uuid4(), "expert_id": one.values["of_expert"],
                 "organisation_id": one.values["of_organisation"], "against_id": one.values["against_id"],
                 "reason": one.values["reason"], "declared_by_id": origin.actor.id if origin.actor else None,
                 "declared_at": _noon(one.values["declared_on"]), "withdrawn_at": _noon(one.values["withdrawn_on"])}
                for one in rows]
        if made:
            session.execute(insert(ConflictOfInterest), made)
        record_each(session, origin.actor, "conflict.imported", ConflictOfInterest, [row["id"] for row in made],
                    **origin.batch)


PARTIES = (joinedload(ConflictOfInterest.expert), joinedload(ConflictOfInterest.organisation),
           joinedload(ConflictOfInterest.against))


def facts(one: ConflictOfInterest) -> dict[str, Any]:
    """What a sheet says of it."""
    party = one.expert or one.organisation
    return {"expert_id": one.expert_id, "party": party.name if party else "", "against": one.against.name,
            "reason": one.reason, "declared_on": city_day(one.declared_at),
            "withdrawn_on": city_day(one.withdrawn_at) if one.withdrawn_at else None}


def _noon(day: dt.date | None) -> dt.datetime | None:
    """A moment of a day that a sheet knows only as a day."""
    return dt.datetime.combine(day, dt.time(12), CITY_TIME) if day else None


def _expert(value: str, field: str) -> uuid.UUID | None:
    if value.strip() and as_id(value.strip()) is None:
        raise Invalid("专家编号照专家表里导出的写，单位就留空", field=field)
    return as_id(value.strip())
