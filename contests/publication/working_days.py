"""Working days by a calendar of exceptions: Monday to Friday, but for the days that the table names. Dates only.

The first day of a period is not counted (民法典 第二百零一条: “开始的当日不计入，自下一日开始计算”), its last one counts whole.
"""

import datetime as dt
from collections.abc import Mapping

Exceptions = Mapping[dt.date, bool]
"""Day → whether people work on it, for the days that are not what their weekday says."""
LONGEST = 366
ONE = dt.timedelta(days=1)


def is_working_day(day: dt.date, exceptions: Exceptions) -> bool:
    return exceptions.get(day, day.weekday() < 5)


def last_day(opened_on: dt.date, count: int, exceptions: Exceptions) -> dt.date:
    """The `count`-th working day after `opened_on`. ValueError for a count below 1, or none within a year of days."""
    if count < 1:
        raise ValueError("a period has at least one working day")
    day, left = opened_on, count
    while left:
        day += ONE
        if (day - opened_on).days > LONGEST * (1 + count // 200):
            raise ValueError("no working days are left in the calendar")
        left -= is_working_day(day, exceptions)
    return day


def days_left(opened_on: dt.date, last: dt.date, today: dt.date, exceptions: Exceptions) -> int:
    """Working days of the period that are not over on `today`, which counts itself; 0 once `last` is past."""
    first = max(opened_on + ONE, today)
    return sum(is_working_day(first + ONE * step, exceptions) for step in range((last - first).days + 1))
