import datetime as dt
from decimal import Decimal

import pytest

from ingestion.sheets.values import sheet_day, sheet_range, sheet_yuan
from models.errors import Invalid

DAY = dt.date(2020, 6, 30)


@pytest.mark.parametrize("written", [
    "2020.6.30", "2020年6月30日", "2020/6/30", "20200630", "44012", "二〇二〇年六月三十日", "二○二○年六月三十日", "二零二零年6月30日",
    "2020-06-30 00:00:00", "２０２０年６月３０日", "2020 年 6 月 30 日", "2020-6",
    "2020年6月", "2020.06", "2020．6．30", "2020-06-30T08:00:00+08:00",
    "2020年6月30号", "2020年6月30日（星期二）", "44012.5"])
def test_a_day_in_many_writings(written):
    assert sheet_day(written, "d", "截止日期") == DAY


def test_day_numbers_of_an_old_mac_count_from_1904():
    assert sheet_day("42550", "d", "截止日期", from_1904=True) == DAY


@pytest.mark.parametrize(("written", "day"), [
    ("二〇二一年十月十日", dt.date(2021, 10, 10)), ("二〇二一年十一月廿一日", dt.date(2021, 11, 21)),
    ("二〇二一年元月卅日", dt.date(2021, 1, 30)), ("2024-2", dt.date(2024, 2, 29))])
def test_chinese_numbers_and_ends_of_months(written, day):
    assert sheet_day(written, "d", "截止日期") == day


@pytest.mark.parametrize("written", ["2020-6-31", "6月30日", "30/6/2020", "2020619日", "明年", "12", "99999",
                                     "2020.13.1", "1.5"])
def test_what_may_mean_two_things_or_none_is_refused(written):
    with pytest.raises(Invalid) as error:
        sheet_day(written, "d", "截止日期")
    assert error.value.field == "d"


@pytest.mark.parametrize("written", ["", " ", "面议", "待定", "/"])
def test_nothing_is_no_day_and_no_amount(written):
    assert sheet_day(written, "d", "截止日期") is None
    assert sheet_yuan(written, "b", "投入") is None


@pytest.mark.parametrize(("written", "unit", "yuan"), [
    ("25", "", 250_000), ("25万元", "元", 250_000), ("25 万", "", 250_000), ("250000元", "万元", 250_000),
    ("250,000.5", "元", "250000.5"),
    ("１２．５", "万元", 125_000), ("0.3亿元", "", 30_000_000), ("约30万元左右", "", 300_000)])
def test_the_unit_of_the_cell_comes_before_that_of_the_column(written, unit, yuan):
    assert sheet_yuan(written, "b", "投入", unit) == Decimal(yuan)


@pytest.mark.parametrize("written", ["二十", "25元万", "-3", "0.0000001", "1e99", "25万-"])
def test_amounts_that_are_none_are_refused(written):
    with pytest.raises(Invalid):
        sheet_yuan(written, "b", "投入")


@pytest.mark.parametrize(("written", "low", "high"), [
    ("20-30万元", 200_000, 300_000), ("20万元～30万元", 200_000, 300_000), ("50", None, 500_000), ("50万以内", None, 500_000),
    ("不低于20万元", 200_000, None), ("面议", None, None)])
def test_a_budget_in_one_cell(written, low, high):
    assert sheet_range(written, "b", "投入") == (low, high)


def test_a_budget_upside_down_is_refused():
    with pytest.raises(Invalid):
        sheet_range("30-20", "b", "投入")
