"""Events in a sheet: what staff announce. Who signed up and who came is not in it: people did that themselves."""

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, joinedload

from ingestion.findings import Findings
from ingestion.sheets.cells import Cells, division
from ingestion.sheets.judging import Judged, Origin, Verdict
from ingestion.sheets.keys import as_id, ids_among, plain
from ingestion.sheets.values import sheet_day
from ingestion.sheets.words import ACTIVITIES, code_of
from ingestion.validation import line, text
from models.accounts import Organisation
from models.activities import Activity, Attendance
from models.audit import record_each
from models.base import now
from models.errors import Invalid
from models.sheets import SheetKind

TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)(?::00)?")
MOST_SEATS = 100_000


class ActivityRows:
    kind = SheetKind.activity
    unique: tuple[str, ...] = ()

    def key(self, cells: Cells) -> str:
        """Its number; without one, its name and its day."""
        typed = cells("_id").strip()
        return typed if as_id(typed) else f"{plain(cells('title'))} {cells('held_on').strip()}".strip()

    def read(self, cells: Cells, key: str) -> dict[str, Any]:
        findings = Findings()
        if cells("_id").strip() and not as_id(cells("_id").strip()):
            findings.add("编号照导出的写，新的活动留空", cells.name("_id"))
        values: dict[str, Any] = {
            "kind": findings.check(code_of, cells("kind"), cells.name("kind"), "活动类型", ACTIVITIES),
            "title": findings.check(line, cells("title"), cells.name("title"), "活动名称", most=200, least=2),
            "held_on": findings.check(sheet_day, cells("held_on"), cells.name("held_on"), "日期",
                                      from_1904=cells.columns.from_1904),
            "starts_at": findings.check(_time, cells("starts_at"), cells.name("starts_at")),
            "place": findings.check(line, cells("place"), cells.name("place"), "地点", most=200, least=1)}
        if cells.given("held_on") and not cells("held_on").strip():
            findings.add("写上日期", cells.name("held_on"))
        if cells.given("district_code"):
            values["district_code"] = findings.check(division, cells("district_code"), cells.name("district_code"))
        if cells.given("description"):
            values["description"] = findings.check(text, cells("description"), cells.name("description"), "活动安排",
                                                   most=4000)
        if cells.given("seats"):
            values["seats"] = findings.check(_seats, cells("seats"), cells.name("seats"))
        if cells.given("organiser"):
            values["organiser"] = findings.check(line, cells("organiser"), cells.name("organiser"), "主办单位")
        findings.settle()
        return values

    def known(self, session: Session, origin: Origin, keys: Sequence[str]) -> Mapping[str, Activity]:
        ids = ids_among(keys)
        query = select(Activity).where(Activity.id.in_(ids)).options(joinedload(Activity.organiser))
        return {ids[one.id]: one for one in session.scalars(query)} if ids else {}

    def settle(self, session: Session, origin: Origin, rows: Sequence[Judged], cells: Mapping[int, Cells]) -> None:
        live = [one for one in rows if one.verdict in (Verdict.new, Verdict.changed)]
        names = {one.values["organiser"] for one in live if one.values.get("organiser")}
        bodies = {one.name: one.id for one in session.scalars(select(Organisation).where(Organisation.name.in_(names)))}
        for one in live:
            organiser = one.values.get("organiser")
            if organiser and organiser not in bodies:
                one.refuse(cells[one.row.number].name("organiser"), "没有这个单位。先导入单位，或把这一格清空")
            one.values["organiser_id"] = bodies.get(organiser) if organiser else None
        self._find_twins(session, [one for one in live if one.verdict is Verdict.new])
        self._keep_promises(session, [one for one in live if one.verdict is Verdict.changed])

    def _find_twins(self, session: Session, rows: Sequence[Judged]) -> None:
        days = {one.values["held_on"] for one in rows}
        there = {(plain(one.title), one.held_on) for one in session.execute(
            select(Activity.title, Activity.held_on).where(Activity.held_on.in_(days)))}
        for one in rows:
            if (plain(one.values["title"]), one.values["held_on"]) in there:
                one.verdict, one.note = Verdict.duplicate, "同一天同名的活动已经有了，没有再加"

    def _keep_promises(self, session: Session, rows: Sequence[Judged]) -> None:
        """An event that somebody signed up for is not moved under their feet."""
        taken = set(session.scalars(select(Attendance.activity_id).where(
            Attendance.activity_id.in_([one.held.id for one in rows]))))
        for one in rows:
            if one.held.id in taken:
                one.refuse("", "已经有人报名，不能用表格改。要改请另发一次活动，并通知报名的人")

    def same(self, held: Activity, values: Mapping[str, Any]) -> bool:
        return all(_held(held, column) == value for column, value in values.items())

    def write(self, session: Session, origin: Origin, rows: Sequence[Judged]) -> None:
        made = [{"seats": None, "district_code": "", "description": ""} | _columns(one) | {
            "id": as_id(one.key) or uuid.uuid4(), "created_by_id": origin.actor and origin.actor.id,
            "created_at": now()} for one in rows if one.held is None]
        if made:
            session.execute(insert(Activity), made)
        changed = [one for one in rows if one.held is not None]
        for one in changed:
            for column, value in _columns(one).items():
                setattr(one.held, column, value)
        session.flush()
        record_each(session, origin.actor, "activity.imported", Activity,
                    [row["id"] for row in made] + [one.held.id for one in changed], **origin.batch)


def _columns(row: Judged) -> dict[str, Any]:
    without = () if "organiser" in row.values else ("organiser_id",)
    return {column: value for column, value in row.values.items() if column not in ("organiser", *without)}


def _held(activity: Activity, column: str) -> Any:
    if column == "organiser":
        return activity.organiser.name if activity.organiser else ""
    return getattr(activity, column)


def _time(value: str, field: str) -> str:
    found = TIME.fullmatch(value.strip())
    if found is None:
        raise Invalid("时间写成 09:00 这样", field=field)
    return f"{int(found[1]):02}:{found[2]}"


def _seats(value: str, field: str) -> int | None:
    typed = line(value, field, "名额", most=8)
    if typed and not (typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= MOST_SEATS):
        raise Invalid("名额写 1 以上的整数，不限名额就留空", field=field)
    return int(typed) if typed else None
