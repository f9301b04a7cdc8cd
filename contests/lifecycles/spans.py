"""Counting days, months and years to a last day. The day an act is done on does not count (民法典 第二百零一条)."""

import calendar
import datetime as dt
from collections.abc import Callable

AddWorkingDays = Callable[[dt.date, int], dt.date]
"""The day on which so many working days after a day have passed."""


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month: 28 or 29 February, as the year has it."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months on; the month's last where it has no such day (民法典 第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return min(dt.date(year, month + 1, 1) + dt.timedelta(days=day.day - 1), month_end(year, month + 1))


def add_span(start: dt.date, unit: str, count: int, add_working_days: AddWorkingDays) -> dt.date:
    """The last day of a span that begins on `start`. `unit` is days, working_days, months or years."""
    match unit:
        case "days":
            return start + dt.timedelta(days=count)
        case "working_days":
            return add_working_days(start, count)
        case "months":
            return add_months(start, count)
        case _:
            return add_months(start, 12 * count)
