"""The table of holidays and make-up days: entered by staff from the State Council's notice, one day or a whole year."""

import datetime as dt

import chinese_calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from contests import staff
from contests.forms.text import checked, clean_line
from contests.publication.working_days import Exceptions
from models.accounts import User
from models.audit import record
from models.base import now
from models.errors import Conflict, Invalid
from models.publication import CalendarDay, DayKind, counted_over

LENGTHS = {"name": 40, "source": 200}
TABLED = frozenset(day.year for day in chinese_calendar.constants.holidays)
"""Years that the chinesecalendar package carries; staff compare them with the notice before they take them over."""


def exceptions(session: Session) -> Exceptions:
    """Every entered day and whether people work on it."""
    return {row.day: row.kind is DayKind.work for row in session.scalars(select(CalendarDay))}


def days_of(session: Session, year: int) -> list[CalendarDay]:
    return list(session.scalars(select(CalendarDay).where(
        CalendarDay.day.between(dt.date(year, 1, 1), dt.date(year, 12, 31))).order_by(CalendarDay.day)))


def set_day(session: Session, actor: User, day: dt.date, kind: DayKind, *, name: str, source: str) -> CalendarDay:
    """Enter one day, or change it. Invalid where it is already what its weekday says, or without the notice it is from.

    Conflict where the last day of a running 公示 was counted over it: that day is printed and stays.
    """
    _require_staff(actor)
    name, source = _text("name", name, "名称"), _text("source", source, "依据", needed=True)
    if (kind is DayKind.work) == (day.weekday() < 5):
        wrong = "本来就是工作日" if day.weekday() < 5 else "本来就是周末"
        raise Invalid(f"{day:%Y-%m-%d} {wrong}，不用录入", field="day")
    _not_counted_over(session, day)
    row = _entered(session, day) or CalendarDay(day=day)
    row.kind, row.name, row.source, row.set_by_id, row.set_at = kind, name, source, actor.id, now()
    session.add(row)
    session.flush()
    record(session, actor, "calendar.set", row, day=day.isoformat(), kind=kind.value)
    return row


def clear_day(session: Session, actor: User, day: dt.date) -> None:
    """Take a day out of the table, so that it is what its weekday says. Conflict as in set_day, or without one."""
    _require_staff(actor)
    row = _entered(session, day)
    if row is None:
        raise Conflict("这一天没有录入过，可能刚被别人删掉")
    _not_counted_over(session, day)
    record(session, actor, "calendar.clear", row, day=day.isoformat())
    session.delete(row)
    session.flush()


def published_days(year: int) -> list[tuple[dt.date, DayKind, str]]:
    """What the chinesecalendar package says of a year, where it differs from the weekday. Invalid for another year."""
    if year not in TABLED:
        raise Invalid(f"程序带的表里没有 {year} 年，请照国务院办公厅的通知逐天录入", field="year")
    every = (dt.date(year, 1, 1) + dt.timedelta(days=step) for step in range(366))
    found = []
    for day in every:
        if day.year != year or chinese_calendar.is_workday(day) == (day.weekday() < 5):
            continue
        kind = DayKind.work if chinese_calendar.is_workday(day) else DayKind.off
        _off, name = chinese_calendar.get_holiday_detail(day)
        found.append((day, kind, name or ""))
    return found


def import_year(session: Session, actor: User, year: int, *, source: str) -> int:
    """Enter the year as the package carries it, beside what staff entered themselves. How many days were added.

    `source` is the State Council's notice that staff compared it with.
    """
    _require_staff(actor)
    days = published_days(year)
    known = {row.day for row in days_of(session, year)}
    fresh = [(day, kind, name) for day, kind, name in days if day not in known]
    for day, kind, name in fresh:
        set_day(session, actor, day, kind, name=NAMES.get(name, name), source=source)
    return len(fresh)


NAMES = {"New Year's Day": "元旦", "Spring Festival": "春节", "Tomb-sweeping Day": "清明节", "Labour Day": "劳动节",
         "Dragon Boat Festival": "端午节", "National Day": "国庆节", "Mid-autumn Festival": "中秋节"}


def unentered_years(session: Session, first: dt.date, last: dt.date) -> list[int]:
    """The years of a span for which nothing is entered yet."""
    entered = {day.year for day in exceptions(session)}
    return [year for year in range(first.year, last.year + 1) if year not in entered]


def _entered(session: Session, day: dt.date) -> CalendarDay | None:
    return session.scalar(select(CalendarDay).where(CalendarDay.day == day))


def _not_counted_over(session: Session, day: dt.date) -> None:
    running = session.scalars(counted_over(day, day)).first()
    if running is not None:
        raise Conflict(f"{day:%Y-%m-%d} 在正在进行的公示（到 {running.last_day:%Y-%m-%d}）里，印出去的日期不能变。"
                       "要改，先撤下这次公示，改好再重新公示", field="day")


def _text(field: str, text: str, label: str, *, needed: bool = False) -> str:
    return checked(clean_line(text), field, label, LENGTHS[field], "写明依据：哪份放假安排通知" if needed else "")


def _require_staff(actor: User) -> None:
    staff.require_staff(actor, "改放假安排")
