"""What a contract says, as one side writes it down, and the checks that need no database."""

import datetime as dt
import re
import unicodedata
import uuid
from dataclasses import dataclass, replace
from decimal import Decimal

from engagements.texts import clean_line
from models.contracts import normal_number
from models.demands import CooperationType
from models.errors import Invalid
from models.money import wan

OLDEST = dt.date(2000, 1, 1)
MOST_AMOUNT = Decimal(10_000_000_000)
MOST_BENEFIT = Decimal(100_000_000_000)
"""元: 100 亿 and 1,000 亿. More than any contract of the city; a slip of the pen."""
SLIP = 1_000
"""An amount this many times the budget (or its inverse) is a 万元/元 slip, not a price: those are 10,000 apart."""
TYPE_NAMES = {
    CooperationType.development: "技术开发", CooperationType.transfer: "技术转让", CooperationType.licence: "技术许可",
    CooperationType.consulting: "技术咨询", CooperationType.service: "技术服务",
}


@dataclass(frozen=True)
class Terms:
    """One side's reading of the paper. Money in 元; `scan_id` names a stored file."""

    contract_number: str
    name: str
    type: CooperationType
    signed_on: dt.date
    amount: Decimal
    expected_benefit: Decimal
    party_a: str
    party_b: str
    scan_id: uuid.UUID
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None


@dataclass(frozen=True)
class Frame:
    """What the terms are judged against: the demand's budget in 元, and the present day in Asia/Shanghai."""

    budget_min: Decimal | None
    budget_max: Decimal | None
    today: dt.date


def checked(terms: Terms, frame: Frame) -> Terms:
    """The terms with their texts cleaned. Invalid, naming the field, for the first thing that cannot be."""
    _check_day(terms.signed_on, frame.today)
    _check_term(terms.starts_on, terms.ends_on)
    _check_amount(terms.amount, frame)
    _check_benefit(terms.expected_benefit, terms.amount)
    cleaned = replace(
        terms,
        contract_number=clean_line(terms.contract_number, "contract_number", "合同编号", most=80),
        name=clean_line(terms.name, "name", "合同名称", most=200),
        party_a=clean_line(terms.party_a, "party_a", "甲方", most=120),
        party_b=clean_line(terms.party_b, "party_b", "乙方", most=120),
    )
    if not normal_number(cleaned.contract_number):
        raise Invalid("合同编号要有数字或字母。合同上没有编号的，请双方商定一个补写上去", field="contract_number")
    if normal_name(cleaned.party_a) == normal_name(cleaned.party_b):
        raise Invalid("甲方和乙方写成了同一个单位", field="party_b")
    return cleaned


def normal_name(name: str) -> str:
    """A party's name without width, spaces and the kind of bracket."""
    return re.sub(r"[\s()〔〕\[\]]", "", unicodedata.normalize("NFKC", name))


def _check_day(day: dt.date, today: dt.date) -> None:
    if day > today:
        raise Invalid(f"签订日期 {day:%Y-%m-%d} 还没到。请照合同上写的日期填", field="signed_on")
    if day < OLDEST:
        raise Invalid("签订日期太早，请核对年份", field="signed_on")


def _check_term(starts_on: dt.date | None, ends_on: dt.date | None) -> None:
    for day, field in ((starts_on, "starts_on"), (ends_on, "ends_on")):
        if day is not None and day < OLDEST:
            raise Invalid("合同期限的日期太早，请核对年份", field=field)
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise Invalid("合同期限的最后一天在第一天前面，请核对", field="ends_on")


def _check_amount(amount: Decimal, frame: Frame) -> None:
    _check_fen(amount, "amount", "合同金额")
    if amount <= 0:
        raise Invalid("合同金额要大于 0", field="amount")
    ceiling, floor = frame.budget_max or frame.budget_min, frame.budget_min or frame.budget_max
    if ceiling and amount >= ceiling * SLIP:
        raise Invalid(f"合同金额 {wan(amount)} 万元，是需求预算的 {_times(amount / ceiling)} 倍。"
                      "是不是把“元”当成“万元”填了", field="amount")
    if floor and amount * SLIP <= floor:
        raise Invalid(f"合同金额只有 {wan(amount)} 万元，需求预算是 {wan(floor)} 万元。是不是多除了一次 1 万",
                      field="amount")
    if amount > MOST_AMOUNT:
        raise Invalid("合同金额超过 100 亿元，请核对单位是不是万元", field="amount")


def _check_benefit(benefit: Decimal, amount: Decimal) -> None:
    _check_fen(benefit, "expected_benefit", "预计创效")
    if benefit < 0:
        raise Invalid("预计创效不能是负数", field="expected_benefit")
    if benefit > MOST_BENEFIT or benefit >= amount * SLIP * 10:
        raise Invalid(f"预计创效 {wan(benefit)} 万元，是合同金额的 {_times(benefit / amount)} 倍。请核对单位是不是万元",
                      field="expected_benefit")


def _check_fen(amount: Decimal, field: str, label: str) -> None:
    if not amount.is_finite():
        raise Invalid(f"{label}要写成数字", field=field)
    if amount * 100 != (amount * 100).to_integral_value():
        raise Invalid(f"{label}最多精确到分", field=field)


def _times(ratio: Decimal) -> str:
    whole = int(ratio)
    return f"{whole // 10000} 万" if whole >= 10000 and whole % 10000 == 0 else f"{whole:,}"
