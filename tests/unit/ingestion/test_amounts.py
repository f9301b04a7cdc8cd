import datetime as dt
from decimal import Decimal

import pytest

from ingestion import amounts
from models.errors import Invalid


@pytest.mark.parametrize(("typed", "yuan"), [
    ("25", 250_000), ("12.5", 125_000), ("２５ 万元", 250_000), ("1,200", 12_000_000), ("0", 0), ("25万", 250_000)])
def test_figures_are_in_wan(typed, yuan):
    assert amounts.yuan(typed, "budget_min", "最低投入") == Decimal(yuan)


def test_an_empty_box_is_no_figure():
    assert amounts.yuan("  ", "budget_min", "最低投入") is None


@pytest.mark.parametrize(("typed", "says"), [
    ("-3", "不能是负数"), ("二十", "只写数字"), ("NaN", "只写数字"), ("1e999999", "只写数字"), ("Infinity", "只写数字"),
    ("250000元", "按万元填"), ("1000001", "超过 100 亿元"), ("0.0000001", "精确到分")])
def test_a_wrong_figure_says_why(typed, says):
    with pytest.raises(Invalid, match=says) as caught:
        amounts.yuan(typed, "budget_min", "最低投入")
    assert caught.value.field == "budget_min"


class TestBudget:
    def test_says_both_figures_when_upside_down(self):
        with pytest.raises(Invalid, match="现在最低 25 万元，最高 20 万元"):
            amounts.budget(Decimal(250_000), Decimal(200_000), sure=False)

    def test_sees_yuan_typed_beside_wan(self):
        with pytest.raises(Invalid, match="按元、一个按万元"):
            amounts.budget(Decimal(250_000), Decimal(3_000_000_000), sure=True)

    def test_asks_back_from_one_hundred_million_on(self):
        with pytest.raises(Invalid, match="300,000 万元就是 30 亿元"):
            amounts.budget(None, Decimal(3_000_000_000), sure=False)

    def test_takes_a_doubtful_figure_once_confirmed(self):
        assert amounts.budget(None, Decimal(3_000_000_000), sure=True) is None


class TestDay:
    def test_reads_three_boxes(self):
        assert amounts.day("2026", "１1", "30", "deadline", "截止日期") == dt.date(2026, 11, 30)

    @pytest.mark.parametrize(("boxes", "says"), [
        (("2026", "2", "30"), "2026 年 2 月没有 30 日"), (("2026", "13", "1"), "没有 13 月"), (("26", "1", "1"), "四位"),
        (("2026", "", "1"), "“月”要写数字"), (("2027", "2", "29"), "没有 29 日"), (("2026", "-1", "1"), "“月”要写数字")])
    def test_says_what_does_not_exist(self, boxes, says):
        with pytest.raises(Invalid, match=says):
            amounts.day(*boxes, "deadline", "截止日期")

    @pytest.mark.parametrize("typed", ["2026-11-30", "2026/11/30", "2026 年 11 月 30 日", "20261130", "2026.11.30"])
    def test_reads_a_written_date(self, typed):
        assert amounts.written_day(typed, "deadline", "截止日期") == dt.date(2026, 11, 30)

    def test_refuses_other_writing(self):
        with pytest.raises(Invalid, match="2026-11-30"):
            amounts.written_day("30/11/2026", "deadline", "截止日期")
