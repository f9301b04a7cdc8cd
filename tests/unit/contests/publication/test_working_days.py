import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.publication.working_days import days_left, is_working_day, last_day

FRIDAY = dt.date(2026, 11, 20)
NATIONAL = {dt.date(2026, 10, day): False for day in (1, 2, 5, 6, 7)} | {dt.date(2026, 10, 10): True}
"""An invented table: five weekdays off, one Saturday worked."""
days = st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1))
tables = st.dictionaries(days, st.booleans(), max_size=30)


def test_the_first_day_is_not_counted_and_a_weekend_is_skipped():
    assert last_day(FRIDAY, 1, {}) == dt.date(2026, 11, 23)
    assert last_day(FRIDAY, 5, {}) == dt.date(2026, 11, 27)


@pytest.mark.parametrize(("count", "last"), [
    (1, "2026-10-08"), (2, "2026-10-09"), (3, "2026-10-10"), (4, "2026-10-12")])
def test_holidays_do_not_count_and_a_make_up_saturday_does(count, last):
    assert last_day(dt.date(2026, 9, 30), count, NATIONAL) == dt.date.fromisoformat(last)


def test_the_last_day_counts_whole_and_the_next_is_past():
    last = dt.date(2026, 11, 27)
    assert [days_left(FRIDAY, last, dt.date(2026, 11, day), {}) for day in (20, 21, 23, 27, 28)] == [5, 5, 5, 1, 0]


def test_a_period_of_no_days_or_without_any_working_day_is_an_error():
    with pytest.raises(ValueError, match="at least one"):
        last_day(FRIDAY, 0, {})
    with pytest.raises(ValueError, match="no working days"):
        last_day(FRIDAY, 1, {FRIDAY + dt.timedelta(days=step): False for step in range(1, 1200)})


@given(days, st.integers(1, 60), tables)
def test_exactly_so_many_working_days_end_on_a_working_day(first, count, table):
    last = last_day(first, count, table)
    between = [first + dt.timedelta(days=step) for step in range(1, (last - first).days + 1)]
    assert sum(is_working_day(day, table) for day in between) == count
    assert is_working_day(last, table)
    assert days_left(first, last, first, table) == count
