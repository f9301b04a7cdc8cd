"""Last days: month ends, leap years, working days."""

import datetime as dt

import hypothesis
import pytest
from hypothesis import strategies

from contests.lifecycles.spans import add_months, add_span, month_end


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(("start", "months", "last"), [
    ("2023-01-31", 1, "2023-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2024-02-29", 12, "2025-02-28"),
    ("2024-02-29", 48, "2028-02-29"), ("2023-08-31", 1, "2023-09-30"), ("2023-12-31", 2, "2024-02-29"),
    ("2022-07-07", 36, "2025-07-07"),
])
def test_months_end_where_the_month_does(start, months, last):
    assert add_months(day(start), months) == day(last)


@pytest.mark.parametrize(("year", "last"), [(2023, 28), (2024, 29), (2000, 29), (2100, 28)])
def test_february_ends_as_the_year_has_it(year, last):
    assert month_end(year, 2).day == last


def test_the_day_itself_does_not_count():
    assert add_span(day("2022-07-07"), "days", 30, None) == day("2022-08-06")


def test_working_days_are_counted_by_the_calendar_given():
    assert add_span(day("2022-07-08"), "working_days", 2, lambda start, count: start + dt.timedelta(count + 2)) == day(
        "2022-07-12")


@hypothesis.given(strategies.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), strategies.integers(1, 240))
def test_a_month_more_is_never_earlier(start, months):
    before, after = add_months(start, months - 1), add_months(start, months)
    assert before < after
    assert (after - before).days in (28, 29, 30, 31) or before.day != start.day
