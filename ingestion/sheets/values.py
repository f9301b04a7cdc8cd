"""How offices write days and amounts in a sheet. Read strictly: what may mean two things is refused, not guessed."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from ingestion import amounts
from ingestion.sheets.fields import WAN, YUAN
from models.base import today
from models.errors import Invalid

DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
SERIALS = (range(20_000, 80_000))
"""Day numbers of Excel that may stand for a day of our time: 1954 to 2119, counted from 1900."""
EPOCH, EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
CHINESE_DAY = re.compile(r"([0-9〇零○一二三四五六七八九]{4})年([元〇零一二三四五六七八九十0-9]{1,3})月(?:([〇零一二三四五六七八九十廿卅0-9]{1,3})[日号]?)?")
HOUR = r"(?:[T ]?\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?(?:Z|\+08:?00)?)?"
WRITTEN_DAY = re.compile(r"(\d{4})[-/.．。年·](\d{1,2})(?:[-/.．。月·](\d{1,2})[日号]?|月)?" + HOUR)
COMPACT_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
WEEKDAY = re.compile(r"[(（]?(?:星期|周)[一二三四五六日天][)）]?$")
RANGE = re.compile(r"(?:~|～|—+|–|-|至|到)")
AROUND = re.compile(r"^(?:约|大约|不超过|不高于|最高|不低于|至少|最低|人民币|￥|¥)|(?:左右|以内|以下|以上|人民币)$")
TALK = frozenset({"面议", "另议", "待定", "协商", "双方协商", "面谈", "/", "-", "无", "—"})


def sheet_day(value: str, field: str, label: str, *, from_1904: bool = False) -> dt.date | None:
    """A day in any of the ways sheets write it; None for an empty cell. Invalid where it is none.

    A bare month (2020-6, 2020年6月) is its last day: what sheets hold of days are deadlines.
    """
    typed = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", value or "")).strip()
    typed = WEEKDAY.sub("", typed).strip()
    if not typed or typed in TALK:
        return None
    if re.fullmatch(r"\d{5}(?:\.\d+)?", typed) and int(float(typed)) in SERIALS:
        return (EPOCH_1904 if from_1904 else EPOCH) + dt.timedelta(days=int(float(typed)))
    year, month, day = _parts(typed) or (None, None, None)
    if year is None:
        raise Invalid(f"{label}看不懂：“{typed[:20]}”。写成 2026-11-30 这样", field=field)
    if not day:
        first = amounts.day(year, month, "1", field, label)
        following = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        return following - dt.timedelta(days=1)
    return amounts.day(year, month, day, field, label)


def past_day(value: str, field: str, label: str, from_1904: bool) -> dt.date:
    """A day that has come. Invalid for none, and for one that is yet to come."""
    found = sheet_day(value, field, label, from_1904=from_1904)
    if found is None:
        raise Invalid(f"写上{label}", field=field)
    if found > today():
        raise Invalid(f"{label}还没到，请核对", field=field)
    return found


def _parts(typed: str) -> tuple[str, str, str] | None:
    """Year, month and day as digits; the day empty where only a month stands there."""
    compact = typed.replace(" ", "")
    if (found := COMPACT_DAY.fullmatch(compact)):
        return found.group(1), found.group(2), found.group(3)
    if (found := WRITTEN_DAY.fullmatch(typed) or WRITTEN_DAY.fullmatch(compact)):
        return found.group(1), found.group(2), found.group(3) or ""
    if (found := CHINESE_DAY.fullmatch(compact)):
        return found.group(1).translate(DIGITS), str(_small(found.group(2))), str(_small(found.group(3)) or "")
    return None


def _small(text: str | None) -> int:
    """A number up to 31 in Chinese: 三十, 二十一, 廿一, 元; digits stay."""
    if not text:
        return 0
    text = text.replace("元", "一").replace("廿", "二十").replace("卅", "三十")
    if "十" in text:
        tens, ones = text.split("十", 1)
        return int(tens.translate(DIGITS) or 1) * 10 + int(ones.translate(DIGITS) or 0)
    return int(text.translate(DIGITS))


def sheet_yuan(value: str, field: str, label: str, unit: str = "") -> Decimal | None:
    """元 from a cell: its own unit (万元, 元, 万) first, then that of the column's name, then 万元."""
    typed = _bare(value)
    if not typed or typed in TALK:
        return None
    found = re.fullmatch(r"(.*?)(亿元|亿|万元|万|元)?", typed)
    figure, own = found.group(1), found.group(2) or unit or WAN
    if own == YUAN:
        return amounts.exact_yuan(figure, field, label)
    if own.startswith("亿"):
        return amounts.yuan(str(amounts.number(figure, field, label) * 10_000), field, label)
    return amounts.yuan(figure, field, label)


def sheet_range(value: str, field: str, label: str, unit: str = "") -> tuple[Decimal | None, Decimal | None]:
    """Least and most from one cell: 20-30万元, 50 万以内, 面议. A single figure is the most that will be spent."""
    raw = unicodedata.normalize("NFKC", value or "").strip()
    typed = _bare(value)
    if not typed or typed in TALK:
        return None, None
    parts = [part for part in RANGE.split(typed) if part]
    if not 1 <= len(parts) <= 2 or typed.startswith("-"):
        raise Invalid(f"{label}看不懂：“{raw[:20]}”。写一个数，或像 20-30", field=field)
    own = re.search(r"(亿元|亿|万元|万|元)$", parts[-1])
    unit = own.group(1) if own else unit
    read = [sheet_yuan(part, field, label, unit) for part in parts]
    if len(read) == 2:
        try:
            amounts.budget(read[0], read[1], has_unit(raw))
        except Invalid as error:
            raise Invalid(error.message, field=field) from None
        return read[0], read[1]
    lower_only = raw.startswith(("不低于", "至少", "最低")) or raw.endswith("以上")
    return (read[0], None) if lower_only else (None, read[0])


def has_unit(value: str) -> bool:
    """Whether a cell says its unit itself: then a large amount is no slip of the unit."""
    return bool(re.search(r"[万亿]?元\s*$|[万亿]\s*$", unicodedata.normalize("NFKC", value)))


def written_wan(amount: Decimal | None) -> str:
    """元 → the figure in 万元 that reads again exactly; with its unit where it might be taken for a slip."""
    if amount is None:
        return ""
    figure = amounts.wan(amount).replace(",", "")
    return f"{figure}万元" if amount >= amounts.DOUBTFUL else figure


def _bare(value: str) -> str:
    typed = re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", value or ""))
    return AROUND.sub("", AROUND.sub("", typed))


def looks_like_day(cell: str) -> bool:
    try:
        return sheet_day(cell, "", "") is not None and not re.fullmatch(r"\d{5}(\.\d+)?", cell.strip())
    except Invalid:
        return False


def looks_like_amount(cell: str) -> bool:
    try:
        return sheet_range(cell, "", "") != (None, None)
    except Invalid:
        return False
