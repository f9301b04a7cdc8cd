"""Holidays and make-up days in a sheet: what staff enter from the notice of the State Council's office, day by day."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from ingestion.findings import Findings
from ingestion.sheets.cells import Cells
from ingestion.sheets.judging import Judged, Origin, Verdict
from ingestion.sheets.values import sheet_day
from ingestion.sheets.words import DAY_KINDS, code_of
from ingestion.validation import line
from models.audit import record_each
from models.base import now
from models.errors import Invalid
from models.publication import CalendarDay, DayKind, counted_over
from models.sheets import SheetKind


class CalendarRows:
    kind = SheetKind.calendar
    unique: tuple[str, ...] = ()

    def key(self, cells: Cells) -> str:
        """The day, however it is written; what is no day stays as it is, to be refused."""
        try:
            found = _day(cells)
        except Invalid:
            return cells("day").strip()
        return found.isoformat() if found else ""

    def read(self, cells: Cells, key: str) -> dict[str, Any]:
        findings = Findings()
        values: dict[str, Any] = {
            "day": findings.check(_day, cells),
            "kind": findings.check(code_of, cells("kind"), cells.name("kind"), "怎么算", DAY_KINDS),
            "source": findings.check(line, cells("source"), cells.name("source"), "依据", most=200, least=2)}
        if cells.given("name"):
            values["name"] = findings.check(line, cells("name"), cells.name("name"), "名称", most=40)
        if not cells("day").strip():
            findings.add("写明哪一天", cells.name("day"))
        if values["day"] and values["kind"] and (values["kind"] is DayKind.work) == (values["day"].weekday() < 5):
            findings.add(f"这一天本来就是{'工作日' if values['day'].weekday() < 5 else '周末'}，不用录入", cells.name("day"))
        findings.settle()
        return values

    def known(self, session: Session, origin: Origin, keys: Sequence[str]) -> Mapping[str, CalendarDay]:
        days = [dt.date.fromisoformat(key) for key in keys]
        return {one.day.isoformat(): one for one in session.scalars(
            select(CalendarDay).where(CalendarDay.day.in_(days)))}

    def settle(self, session: Session, origin: Origin, rows: Sequence[Judged], cells: Mapping[int, Cells]) -> None:
        """A day over which a running 公示 was counted is printed and stays, as on the site."""
        written = [one for one in rows if one.verdict in (Verdict.new, Verdict.changed)]
        days = [one.values["day"] for one in written]
        notices = session.scalars(counted_over(min(days), max(days))).all() if days else []
        for one, day in zip(written, days, strict=True):
            running = next((notice for notice in notices if notice.covers(day)), None)
            if origin.actor is None:
                one.refuse("", "放假和调休要由工作人员在网站上导入，好记下是谁录的")
            elif running is not None:
                one.refuse(cells[one.row.number].name("day"),
                           f"在正在进行的公示（到 {running.last_day:%Y-%m-%d}）里，印出去的日期不能变")

    def same(self, held: CalendarDay, values: Mapping[str, Any]) -> bool:
        return all(getattr(held, column) == value for column, value in values.items())

    def write(self, session: Session, origin: Origin, rows: Sequence[Judged]) -> None:
        by = {"set_by_id": origin.actor and origin.actor.id, "set_at": now()}
        made = [{"id": uuid.uuid4(), "name": "", **one.values, **by} for one in rows if one.held is None]
        if made:
            session.execute(insert(CalendarDay), made)
        changed = [one for one in rows if one.held is not None]
        for one in changed:
            for column, value in (one.values | by).items():
                setattr(one.held, column, value)
        session.flush()
        record_each(session, origin.actor, "calendar.imported", CalendarDay,
                    [row["id"] for row in made] + [one.held.id for one in changed], **origin.batch)


def _day(cells: Cells) -> dt.date | None:
    return sheet_day(cells("day"), cells.name("day"), "日期", from_1904=cells.columns.from_1904)
