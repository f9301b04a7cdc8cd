"""What is read in a contract's text, and what is left alone."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.paper.dates import days, signed, term
from engagements.paper.parties import parties
from engagements.paper.price import price
from engagements.paper.reading import read
from models.demands import CooperationType


def written(found):
    return found and found.written


@pytest.mark.parametrize(("text", "sides"), [
    ("甲 方：海岬公司\n乙　方：海岬大学", ("海岬公司", "海岬大学")),
    ("甲方：海岬公司  乙方：海岬大学", ("海岬公司", "海岬大学")),
    ("委托方（甲方）：海岬公司（以下简称甲方）\n受托方：海岬大学，住所：学府路", ("海岬公司", "海岬大学")),
    ("受让方（甲方）：海岬公司\n转让方（乙方）：海岬大学", ("海岬公司", "海岬大学")),
    ("许可方\t海岬大学\t被许可方\t海岬公司", ("海岬大学", "海岬公司")),
    ("甲方（盖章）：海岬公司\n乙方：______", (None, None)),
    ("甲方：    乙方：", (None, None)), ("乙方应在甲方指定的日期：三天内", (None, None)),
])
def test_parties(text, sides):
    assert tuple(map(written, parties(text))) == sides


@pytest.mark.parametrize(("text", "amount"), [
    ("合同总额人民币叁拾捌万元整（¥380,000.00）", 380000), ("首付 10 万元，合计 38 万元", 380000),
    ("服务费 8.6 万元，每件样品 200 元", 86000), ("总价人民币贰佰万元整，小写：2,000,000.00 元", 2000000),
])
def test_the_price_is_the_total(text, amount):
    assert price(text).amount == Decimal(amount)


def test_figures_and_capitals_that_differ_give_no_price():
    found = price("合同总金额: 人民币 420,000 元（大写：肆拾贰万伍仟元整）")
    assert (found.differs, found.amount, found.words.amount, found.figures.amount) == (True, None, 425000, 420000)
    assert found.written == "420,000 元（大写：肆拾贰万伍仟元整）"


def test_no_price_is_read_where_none_stands():
    assert price("乙方逾期的，支付违约金 5,000 元") is None


@pytest.mark.parametrize(("text", "day"), [
    ("签订日期：2026 年 3 月 9 日，有效至 2027 年 3 月 8 日", dt.date(2026, 3, 9)),
    ("自 2026-01-01 起\n本合同于二〇二六年六月十六日由双方在威海签署。", dt.date(2026, 6, 16)),
    ("期限 2026.1.1 至 2026.12.31\n\n二〇二六年四月十八日", dt.date(2026, 4, 18)),
    ("期限 2026.1.1 至 2026.12.31", None),
])
def test_the_day_of_signing(text, day):
    assert signed(text)[1] == day


def test_a_day_that_does_not_exist_is_shown_and_not_mended():
    found, day = signed("签订日期：2026 年 2 月 30 日")
    assert (found.written, day) == ("2026 年 2 月 30 日", None)


@pytest.mark.parametrize(("text", "read_as"), [
    ("有效期限：2026年5月18日至2026年11月30日", (dt.date(2026, 5, 18), dt.date(2026, 11, 30), None)),
    ("自 2026 年 9 月 1 日起，为期 18 个月", (dt.date(2026, 9, 1), None, 18)), ("有效期三年", (None, None, 36)),
    ("完成时间：2026 年 10 月 15 日前提交", (None, dt.date(2026, 10, 15), None)),
])
def test_the_term(text, read_as):
    found = term(text)
    assert (found.starts_on, found.ends_on, found.months) == read_as
    assert text[found.start:found.end] == found.written


@pytest.mark.parametrize(("title", "kind"), [
    ("技 术 开 发 合 同", CooperationType.development), ("专利实施许可合同", CooperationType.licence),
    ("技术转让（专利权）合同", CooperationType.transfer), ("产学研合作技术开发协议", CooperationType.development),
    ("买卖合同", None),
])
def test_the_kind_is_told_by_the_title(title, kind):
    assert read(f"{title}\n甲方：海岬公司").type is kind


def test_every_value_is_what_stands_there():
    text = "技术服务合同\n编号：JF-33  版本：2\n就“贴片线提速”项目\n甲方：海岬公司；乙方：苏砚\n费用：¥1,000.00"
    reading = read(text)
    for name in ("contract_number", "name", "kind", "party_a", "party_b", "price"):
        found = getattr(reading, name)
        assert text[found.start:found.end] == found.written, name
    assert reading.contract_number.written == "JF-33"


@given(st.text(alphabet="甲乙方：:（）合同编号金额人民币壹贰万元整年月日至自起2026-. \n\t期限个月技术开发", max_size=200))
def test_any_text_is_read_without_a_failure(text):
    reading = read(text)
    for found, _day in days(text):
        assert text[found.start:found.end] == found.written
    if reading.party_a:
        assert text[reading.party_a.start:reading.party_a.end] == reading.party_a.written
