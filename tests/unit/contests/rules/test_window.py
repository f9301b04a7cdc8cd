"""Rule kind window."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.parts import Clause
from contests.rules.kinds import WindowRule
from contests.rules.window import window

CLAUSE = Clause(article="二（一）", text="以 2020 年……")
YEAR = WindowRule(kind="window", code="year", first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31), clause=CLAUSE)
HALF = YEAR.model_copy(update={"last": dt.date(2026, 6, 30)})


@pytest.mark.parametrize("day", [dt.date(2026, 1, 1), dt.date(2026, 12, 31)])
def test_both_ends_count(day):
    assert window(YEAR, day, "威工发〔2020〕16号") is None


@pytest.mark.parametrize("day", [dt.date(2025, 12, 31), dt.date(2027, 1, 1)])
def test_a_day_outside_is_refused_with_document_and_clause(day):
    refusal = window(YEAR, day, "威工发〔2020〕16号")
    assert refusal.message == f"合同签在 {day.year} 年，这届竞赛只算 2026 年签的"
    assert refusal.citation == "威工发〔2020〕16号 二（一）：“以 2020 年……”"


def test_a_window_that_is_no_year_names_its_days():
    assert "2026 年 1 月 1 日到 2026 年 6 月 30 日" in window(HALF, dt.date(2026, 7, 1), "x").message


@given(st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)))
def test_exactly_the_days_of_the_year_pass(day):
    assert (window(YEAR, day, "x") is None) == (day.year == 2026)
