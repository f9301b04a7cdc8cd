import datetime as dt

import pytest

from engagements.days import add_working_days, is_working_day, working_days_between


@pytest.mark.parametrize(("day", "works"), [
    ("2026-11-20", True), ("2026-11-21", False), ("2026-10-01", False), ("2026-10-10", True), ("2031-10-01", True),
])
def test_holidays_and_make_up_days_count_where_the_table_is_out(day, works):
    assert is_working_day(dt.date.fromisoformat(day)) is works


def test_waiting_starts_the_day_after():
    friday = dt.date(2026, 11, 20)
    assert working_days_between(friday, friday) == 0
    assert working_days_between(friday, dt.date(2026, 11, 22)) == 0
    assert working_days_between(friday, dt.date(2026, 11, 23)) == 1


def test_a_promise_of_five_working_days_spans_a_weekend():
    assert add_working_days(dt.date(2026, 11, 20), 5) == dt.date(2026, 11, 27)


def test_what_staff_entered_comes_before_the_table():
    friday, saturday = dt.date(2026, 11, 20), dt.date(2026, 11, 21)
    assert is_working_day(saturday, {saturday: True})
    assert working_days_between(friday, dt.date(2026, 11, 23), {saturday: True}) == 2
    assert add_working_days(friday, 1, {dt.date(2026, 11, 23): False}) == dt.date(2026, 11, 24)
