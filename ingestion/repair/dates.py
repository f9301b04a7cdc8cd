"""Dates that lost 年 and 月 (2020619日): read anew where the calendar, and the weekday beside it, leave one day."""

import datetime as dt
import re

from ingestion.repair.draft import Edit, Found
from ingestion.repair.repaired import Kind, Span

DAY = re.compile(r"(?<![\d.])((?:19|20)\d\d)(\d{2,4})日(?:\s*[（(]\s*(?:周|星期)([一二三四五六日天])\s*[)）])?")
SIGNED = re.compile(r"^([ \u3000]*)((?:19|20)\d\d)年(\d{2,4})[ \u3000]*$", re.MULTILINE)
MONTHS = re.compile(r"(?<![\d.])((?:19|20)\d\d)(1[0-2]|[1-9])(?=[—–~～至-]+(?:(?:19|20)\d\d)?年?(?:1[0-2]|[1-9])月)"
                    r"|(?<![\d.])((?:19|20)\d\d)(1[0-2]|[1-9])(?=月)")
WEEKDAYS = {day: number for number, day in enumerate("一二三四五六日")} | {"天": 6}
LOST_MARKS = "日期里的“年”“月”写丢了"


def mend(text: str) -> Found:
    found = Found()
    for match in DAY.finditer(text):
        days = _days(match[1], match[2])
        of_week = [day for day in days if day.weekday() == WEEKDAYS.get(match[3])]
        _settle(found, match.start(), match.end(2) + 1, days, of_week if match[3] else days, match[3], 0.9)
    for match in SIGNED.finditer(text):
        days = _days(match[2], match[3])
        confirmed = [day for day in days if _written(day, text)]
        _settle(found, match.start(2), match.end(3), days, confirmed if len(confirmed) == 1 else days, "",
                0.95 if len(confirmed) == 1 else 0.85)
    for match in MONTHS.finditer(text):
        year, month = match[1] or match[3], match[2] or match[4]
        after = f"{year}年{month}" + ("月" if match[1] else "")
        found.edits.append(Edit(*match.span(), after, Kind.date, 0.9,
                                f"{LOST_MARKS}：{match[0]} 只能读成 {year} 年 {month} 月"))
    found.edits.sort()
    return found


def _days(year: str, digits: str) -> list[dt.date]:
    """Every day that the digits of month and day can be, in the order of the calendar."""
    found = set()
    for cut in (1, 2):
        month, day = digits[:cut], digits[cut:]
        if 1 <= len(day) <= 2 and (len(month) == 1 or len(digits) >= 3 or month[0] != "0"):
            try:
                found.add(dt.date(int(year), int(month), int(day)))
            except ValueError:
                continue  # no such day: not what the writer meant
    return sorted(found)


def _written(day: dt.date, text: str) -> bool:
    """Whether the same day is written out elsewhere."""
    forms = (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}",
             f"{day.year}/{day.month}/{day.day}")
    return any(form in text for form in forms)


def _settle(found: Found, start: int, end: int, days: list[dt.date], left: list[dt.date], weekday: str,
            confidence: float) -> None:
    named = "、".join(map(_chinese, days))
    if len(left) == 1:
        proof = (f"那天是星期{weekday}，和括号里写的一样" if weekday else
                 "日历上只有这一种读法，本文别处也写着这一天" if confidence > 0.9 else "日历上只有这一种读法")
        found.edits.append(Edit(start, end, _chinese(left[0]), Kind.date, 0.98 if weekday else confidence,
                                f"{LOST_MARKS}：{proof}"))
        return
    why = f"{LOST_MARKS}，可能是 {named}" if days else f"{LOST_MARKS}，日历上没有这样的一天"
    if weekday and not left and days:
        why = f"{LOST_MARKS}，可能是 {named}，可是都不是星期{weekday}"
    found.lost.append(Span(start, end, why, tuple(map(_chinese, days))))
    found.suggestions += [Edit(start, end, _chinese(day), Kind.date, round(1 / len(days), 2), why) for day in left]


def _chinese(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
