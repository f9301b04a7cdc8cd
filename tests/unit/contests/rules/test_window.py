"""Rule kind window."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.parts import Clause
from contests.rules.kinds import WindowRule
from contests.rules.window import judged_day, window

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


PAPER = WindowRule(kind="window", code="paper", on="received", by_dispatch=True, first=dt.date(2020, 6, 11),
                   last=dt.date(2020, 6, 19), clause=Clause(article="四", text="以快递发出时间为准。"))


def test_a_parcel_counts_from_the_day_it_was_sent():
    day = judged_day(PAPER, dt.date(2020, 6, 23), dt.date(2020, 6, 19))
    assert window(PAPER, day, "x") is None


def test_without_a_waybill_the_day_it_came_counts():
    refusal = window(PAPER, judged_day(PAPER, dt.date(2020, 6, 23), None), "x")
    assert refusal.message == "材料 2020 年 6 月 23 日寄出，2020 年 6 月 19 日截止，逾期不收"


def test_where_the_document_does_not_say_so_dispatch_does_not_count():
    plain = PAPER.model_copy(update={"by_dispatch": False})
    assert judged_day(plain, dt.date(2020, 6, 23), dt.date(2020, 6, 19)) == dt.date(2020, 6, 23)


def test_dispatch_is_of_paper_only():
    with pytest.raises(ValueError, match="快递"):
        WindowRule.model_validate(YEAR.model_dump() | {"by_dispatch": True})
