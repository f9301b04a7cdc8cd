"""Calendar days and working days of Asia/Shanghai, holidays and make-up days of the State Council included."""

import datetime as dt

import chinese_calendar

from contests.publication.working_days import Exceptions

TABLED_YEARS = {day.year for day in chinese_calendar.constants.holidays}


NONE: Exceptions = {}


def is_working_day(day: dt.date, entered: Exceptions = NONE) -> bool:
    """What staff entered of the day (contests.publication.calendar) comes first, then the published holiday tables;
    Monday to Friday for years whose table is not out yet."""
    if day in entered:
        return entered[day]
    if day.year not in TABLED_YEARS:
        return day.weekday() < 5
    return chinese_calendar.is_workday(day)


def working_days_between(start: dt.date, end: dt.date, entered: Exceptions = NONE) -> int:
    """Working days after `start` up to and including `end`; 0 when `end` is not later."""
    return sum(is_working_day(start + dt.timedelta(days=step), entered) for step in range(1, (end - start).days + 1))


def add_working_days(start: dt.date, count: int, entered: Exceptions = NONE) -> dt.date:
    """The day on which `count` working days after `start` have passed."""
    day = start
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working_day(day, entered)
    return day
