"""上旬, 中旬, 下旬 and months as days."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.decades import first_day, last_day


@pytest.mark.parametrize(("said", "first", "last"), [
    ("2020年6月下旬", (6, 21), (6, 30)), ("2020年8月上旬", (8, 1), (8, 10)), ("2020 年 8 月中旬", (8, 11), (8, 20)),
    ("2020年2月下旬", (2, 21), (2, 29)), ("2020年11月", (11, 1), (11, 30))])
def test_a_third_of_a_month_and_a_whole_one(said, first, last):
    assert (first_day(said), last_day(said)) == (dt.date(2020, *first), dt.date(2020, *last))


@pytest.mark.parametrize("said", ["6月下旬", "2020年13月", "2020年6月末", "2020年6月下旬前"])
def test_what_says_no_days_is_refused(said):
    with pytest.raises(ValueError, match="看不懂"):
        first_day(said)


@given(st.integers(1990, 2100), st.integers(1, 12))
def test_the_three_parts_tile_the_month(year, month):
    parts = [f"{year}年{month}月{part}旬" for part in "上中下"]
    days = [day for part in parts for day in (first_day(part), last_day(part))]
    assert days[0].day == 1
    assert days[5].day == calendar.monthrange(year, month)[1]
    assert [days[n + 1] + dt.timedelta(days=1) for n in (0, 2)] == [days[2], days[4]]
