"""Amounts typed in 万元 and dates typed in three boxes: read strictly, slips of the unit named."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from models.errors import Invalid
from models.money import YUAN_PER_WAN, wan

ABSURD = Decimal(10_000_000_000)
"""100 亿元: no technology contract of a city comes near it."""
DOUBTFUL = Decimal(100_000_000)
"""1 亿元: from here on a budget is more often 元 typed in a 万元 box, so it must be confirmed."""
SLIP_RATIO = 1000


def yuan(value: str | None, field: str, label: str) -> Decimal | None:
    """元 from a figure in 万元 (`25`, `12.5`, `２５ 万元`, `1,200`); None for an empty box."""
    typed = re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", value or ""))
    if not typed:
        return None
    if typed.endswith("元") and not typed.endswith("万元"):
        raise Invalid(f"{label}按万元填。250,000 元请写 25", field=field)
    amount = number(re.sub(r"万元?$", "", typed), field, label) * YUAN_PER_WAN
    if amount > ABSURD:
        raise Invalid(f"{label}超过 100 亿元。这里的单位是万元，请核对是不是按元填了", field=field)
    return _to_the_fen(amount, field, label, 6)


def exact_yuan(value: str, field: str, label: str) -> Decimal:
    """元 from a figure in 元, for a column that says so."""
    amount = number(value, field, label)
    if amount > ABSURD:
        raise Invalid(f"{label}超过 100 亿元，请核对", field=field)
    return _to_the_fen(amount, field, label, 2)


def _to_the_fen(amount: Decimal, field: str, label: str, places: int) -> Decimal:
    if amount < 0:
        raise Invalid(f"{label}不能是负数", field=field)
    if amount * 100 != int(amount * 100):
        raise Invalid(f"{label}最多精确到分，也就是小数点后 {places} 位", field=field)
    return amount


def number(typed: str, field: str, label: str) -> Decimal:
    try:
        amount = Decimal(typed)
    except InvalidOperation:
        raise Invalid(f"{label}只写数字，比如 25 或 12.5", field=field) from None
    if not amount.is_finite() or len(typed) > 24 or abs(amount.adjusted()) > 20:
        raise Invalid(f"{label}只写数字，比如 25 或 12.5", field=field)
    return amount


def budget(low: Decimal | None, high: Decimal | None, sure: bool) -> None:
    """Check a range in 元. Invalid where it is upside down, mixes units, or is doubtful and not confirmed (`sure`)."""
    if low is not None and high is not None:
        if high < low:
            raise Invalid(f"最高投入要大于最低投入。现在最低 {wan(low)} 万元，最高 {wan(high)} 万元",
                          field="budget_max")
        if low and high / low >= SLIP_RATIO:
            raise Invalid(f"最高投入是最低投入的 {int(high / low):,} 倍，像是一个按元、一个按万元填的，请核对",
                          field="budget_max")
    most = high if high is not None else low
    if most is not None and most >= DOUBTFUL and not sure:
        raise Invalid(f"{wan(most)} 万元就是 {wan(most / YUAN_PER_WAN)} 亿元。这里的单位是万元，请核对；"
                      "真是这么多，请勾选“金额没有写错”", field="budget_max" if high is not None else "budget_min")


def day(year: str | None, month: str | None, date: str | None, field: str, label: str) -> dt.date | None:
    """A date from three boxes; None where all are empty. Invalid where a part is missing or no such day exists."""
    parts = [unicodedata.normalize("NFKC", part or "").strip() for part in (year, month, date)]
    if not any(parts):
        return None
    for part, unit in zip(parts, "年月日", strict=True):
        if not part.isdecimal() or len(part) > 4:
            raise Invalid(f"{label}的“{unit}”要写数字", field=field)
    year_number, month_number, day_number = map(int, parts)
    if not 2000 <= year_number <= 2100:
        raise Invalid(f"{label}的年份写四位，比如 2026", field=field)
    if not 1 <= month_number <= 12:
        raise Invalid(f"没有 {month_number} 月，请核对{label}", field=field)
    try:
        return dt.date(year_number, month_number, day_number)
    except ValueError:
        raise Invalid(f"{year_number} 年 {month_number} 月没有 {day_number} 日，请核对{label}", field=field) from None


def written_day(value: str | None, field: str, label: str) -> dt.date | None:
    """A date written in one piece: 2026-11-30, 2026/11/30, 2026.11.30, 2026 年 11 月 30 日, 20261130."""
    typed = re.sub(r"\s", "", unicodedata.normalize("NFKC", value or ""))
    if not typed:
        return None
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d\d)(\d\d)", typed)
    if not found:
        raise Invalid(f"{label}写成 2026-11-30 这样", field=field)
    return day(*filter(None, found.groups()), field, label)
