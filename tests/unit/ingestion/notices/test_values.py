"""Days, sums and bounded numbers as notices write them."""

from fractions import Fraction

import pytest

from ingestion.notices.bounds import typed_rules
from ingestion.notices.dates import spans
from ingestion.notices.money import amounts
from ingestion.notices.notice import Source
from ingestion.notices.numbering import marker_of, numeral
from ingestion.notices.passages import Passage, lines


def passage(text: str) -> Passage:
    return lines(text, lambda start, end: Source(start, end, text[start:end]))[0]


def days(text: str) -> list[tuple[str | None, str | None]]:
    return [(one.first and one.first.isoformat(), one.last and one.last.isoformat())
            for one in spans(passage(text), 2026)]


@pytest.mark.parametrize(("text", "first", "last"), [
    ("2020 年 11 月 1 日至 30 日", "2020-11-01", "2020-11-30"),
    ("11月1日至次日", "2026-11-01", "2026-11-01"),
    ("3月1日-3月31日", "2026-03-01", "2026-03-31"),
    ("12月20日至1月10日", "2026-12-20", "2027-01-10"),
    ("6月下旬至7月下旬", "2026-06-21", "2026-07-31"),
    ("2月底", "2026-02-21", "2026-02-28"),
    ("2024年2月", "2024-02-01", "2024-02-29"),
    ("2025.7.8—2025.7.10", "2025-07-08", "2025-07-10"),
    ("2027年1月4日9:00至2027年2月5日17:00", "2027-01-04", "2027-02-05"),
    ("二〇二五年四月二日", "2025-04-02", "2025-04-02"),
    ("2023年11月30日前", None, "2023-11-30"),
    ("2024年9月1日起", "2024-09-01", None),
])
def test_a_span_of_days_is_read_with_what_it_leaves_out(text, first, last):
    assert days(text)[0] == (first, last)


@pytest.mark.parametrize("text", ["2月30日", "13月1日", "每年3月底前", "次年2月1日"])
def test_a_day_that_is_none_or_of_every_year_is_no_day(text):
    assert days(text) == []


def test_without_a_year_known_no_year_is_made_up():
    assert spans(passage("11月1日"), None) == []


@pytest.mark.parametrize(("text", "low", "high"), [
    ("2000 元至 1 万元", 2000, 10000), ("20万元/个", 200000, 200000), ("3万元至5万元", 30000, 50000),
    ("1,500元", 1500, 1500), ("最高不超过20万元", None, 200000), ("不低于500万元", 5_000_000, None),
    ("50万元以内", None, 500000), ("1.5亿元", 150_000_000, 150_000_000)])
def test_a_sum_is_in_yuan_with_its_open_side_left_open(text, low, high):
    found = amounts(passage(text))[0]
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(("text", "bound", "number", "unit", "inclusive"), [
    ("不超过2人", "at_most", 2, "人", True), ("不少于300家", "at_least", 300, "家", True),
    ("100个以内", "at_most", 100, "个", True), ("不低于80%", "at_least", Fraction(4, 5), "比例", True),
    ("不超过总人数的三分之一", "at_most", Fraction(1, 3), "比例", True), ("不满18周岁", "at_most", 18, "周岁", False),
    ("超过3次", "at_least", 3, "次", False), ("限报2项", "at_most", 2, "项", True), ("1000字左右", "about", 1000, "字", True),
    ("百分之五十以上", "at_least", Fraction(1, 2), "比例", True)])
def test_a_bounded_number_keeps_its_bound_and_whether_it_is_included(text, bound, number, unit, inclusive):
    rule = typed_rules(passage(text))[0]
    assert (rule.bound, rule.number, rule.unit, rule.inclusive) == (bound, number, unit, inclusive)


def test_a_range_of_a_number_is_both_its_bounds():
    assert [(one.bound, one.number) for one in typed_rules(passage("人数为3至10人"))] == [("at_least", 3), ("at_most", 10)]


@pytest.mark.parametrize(("said", "number"), [("二十一", 21), ("十", 10), ("一百零三", 103), ("二〇二〇", 2020), ("12", 12)])
def test_a_numeral_is_a_number(said, number):
    assert numeral(said) == number


@pytest.mark.parametrize(("line", "kind"), [
    ("第一章 总 则", "chapter"), ("第二十一条 本办法", "article"), ("三、奖项", "part"), ("（二）报名", "bracket"), ("1.报名", "item"),
    ("1、报名", "item"), ("（3）报名", "sub"), ("1.5 万元", None), ("2020年", None)])
def test_a_heading_is_known_by_its_number(line, kind):
    found = marker_of(line)
    assert (found.kind if found else None) == kind
