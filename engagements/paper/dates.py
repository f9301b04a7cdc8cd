"""Days as contracts write them: 2026 年 3 月 9 日, 2026-08-20, 2026.06.02, 二〇二六年四月十八日; and how long a contract runs."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from engagements.paper.found import BLANK, Found, labelled

CAPITALS = dict(zip("壹贰叁肆伍", range(1, 6), strict=True))
DIGITS = CAPITALS | {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0, "O": 0, "两": 2}
ARABIC = (rf"(?P<y>\d{{4}}){BLANK}(?:年|[./-]){BLANK}(?P<m>\d{{1,2}}){BLANK}(?:月|[./-]){BLANK}(?P<d>\d{{1,2}})"
          rf"(?!\d)(?:{BLANK}日)?")
CHINESE = r"(?P<cy>[一二][〇零○ＯO一二三四五六七八九]{3})年(?P<cm>[一二三四五六七八九十]{1,2})月(?P<cd>[一二三四五六七八九十]{1,3})日"
DAY = re.compile(rf"(?<!\d){ARABIC}|{CHINESE}")
SIGNED = ("签订日期", "签署日期", "签约日期", "签字日期", "签订时间", "签署时间", "签约时间", "签订日", "签约日", "合同签订日期")
SAID = re.compile(r"(?:在[^\n，。]{1,12})?(?:由[^\n，。]{1,12})?(?:在[^\n，。]{1,12})?(?:正式)?签[订署约]")
RANGE = re.compile(rf"{BLANK}(?:起)?{BLANK}(?:至|到|[—–~～-]+){BLANK}")
FOR = r"(?:期限|时限|合作期|有效期|合作期|服务期|许可期|为期|周期|工期)"
LENGTH = re.compile(rf"{FOR}[^\n。；0-9一二三四五六七八九十两]{{0,10}}"
                    r"(?P<n>\d{1,3}|[一二三四五六七八九十两]{1,3})\s*(?P<unit>个月|年|日|天)(?!\d)")
SPAN = rf"(?P<n>\d{{1,3}}|[一二三四五六七八九十两壹贰叁肆伍]{{1,3}}){BLANK}(?P<unit>个月|年)"
RUNS = re.compile(rf"{BLANK}起(?:算|计算)?[，,]?{BLANK}(?:为期|共)?{BLANK}{SPAN}")
"""自2025年6月1日起五年."""
FROM_THEN = re.compile(r"[，,（(]?\s*(?:自|从)\s*")
MONTHS = re.compile(rf"(?:起止|期限|周期|时间|期间|年限|有效期)[^\n。；\d]{{0,8}}"
                    rf"(?P<span>(?P<y>20\d\d){BLANK}[年./-]{BLANK}(?P<m>\d{{1,2}}){BLANK}月?"
                    rf"{BLANK}[—–~～至到-]+{BLANK}(?P<y2>20\d\d){BLANK}[年./-]{BLANK}(?P<m2>\d{{1,2}})(?!\d)"
                    rf"{BLANK}月?(?![./-]|{BLANK}\d))")
LINE_AT_MOST = 200
"""Characters of a line on which a day may stand alone with its blanks."""
FROM = re.compile(r"自\s*$")
BEFORE = re.compile(rf"^{BLANK}(?:之)?前")
DUE = re.compile(r"期限|时间|交付|完成|提交")


@dataclass(frozen=True)
class Term(Found):
    """How long a contract runs: its days where it names them, its length in months where it names one."""

    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    months: int | None = None


def days(text: str) -> Iterator[tuple[Found, dt.date | None]]:
    """Every day written in the text; None for one that does not exist."""
    for match in DAY.finditer(text):
        numbers = [match["y"], match["m"], match["d"]] if match["y"] else [match["cy"], match["cm"], match["cd"]]
        yield Found(match[0], *match.span()), _day(*map(_number, numbers))


def signed(text: str) -> tuple[Found | None, dt.date | None]:
    """The labelled signing day; the day said to be it; else the last one that stands alone, as under a signature."""
    written = list(days(text))
    for label in labelled(text, *SIGNED, most=40):
        for found, day in written:
            if label.start <= found.start < label.end:
                return found, day
    for found, day in written:
        if SAID.match(text, found.end) and not FROM.search(text, 0, found.start):
            return found, day
    alone = [one for one in written if _alone(text, one[0])]
    loose = [one for one in written if not _bounds(text, one[0])]
    return (alone or loose or [(None, None)])[-1]


def term(text: str) -> Term | None:
    """The range of days the contract runs; or where it begins, when it must be done, how many months it takes."""
    written = [(found, day) for found, day in days(text) if day is not None]
    for (one, starts_on), (other, ends_on) in zip(written, written[1:], strict=False):
        if RANGE.fullmatch(text, one.end, other.start) and starts_on <= ends_on:
            return Term(text[one.start:other.end], one.start, other.end, starts_on, ends_on)
    if (whole := _months_named(text)) is not None:
        return whole
    for one, starts_on in written:
        if (runs := RUNS.match(text, one.end)) is not None:
            return Term(text[one.start:runs.end()], one.start, runs.end(), starts_on, None, _months(runs))
    length = LENGTH.search(text)
    if length is not None:
        after = next(((found, day) for found, day in written
                      if FROM_THEN.fullmatch(text, length.end(), found.start)), None)
        if after is not None:
            found, day = after
            return Term(text[length.start():found.end], length.start(), found.end, day, None, _months(length))
        begun = [(found, day) for found, day in written if found.end <= length.start() and FROM.search(
            text[max(0, found.start - 4):found.start]) and "\n" not in text[found.end:length.start()]]
        start = begun[-1][0].start if begun else length.start()
        return Term(text[start:length.end()], start, length.end(), begun[-1][1] if begun else None, None,
                    _months(length))
    for found, day in written:
        line = text.rfind("\n", 0, found.start) + 1
        if BEFORE.match(text[found.end:found.end + 4]) and DUE.search(text, line, found.start):
            return Term(text[found.start:found.end + 1], found.start, found.end + 1, None, day)
    return None


def _months_named(text: str) -> Term | None:
    """起止时间 2025.07—2026.12: from the first day of a month to the last of another."""
    for match in MONTHS.finditer(text):
        years, months = (int(match["y"]), int(match["y2"])), (int(match["m"]), int(match["m2"]))
        if all(1 <= month <= 12 for month in months) and (years[0], months[0]) <= (years[1], months[1]):
            last = calendar.monthrange(years[1], months[1])[1]
            return Term(match["span"], *match.span("span"), dt.date(years[0], months[0], 1),
                        dt.date(years[1], months[1], last))
    return None


def _months(length: re.Match[str]) -> int | None:
    number = int(length["n"]) if length["n"].isdecimal() else _number(length["n"])
    return {"个月": number, "年": number * 12}.get(length["unit"])


def _alone(text: str, found: Found) -> bool:
    """Whether nothing but days, blanks and 日期 stands on its line."""
    start, end = text.rfind("\n", 0, found.start) + 1, text.find("\n", found.end)
    if (end if end >= 0 else len(text)) - start > LINE_AT_MOST:
        return False
    line = DAY.sub("", text[start:end if end >= 0 else len(text)])
    return not re.sub(r"[\s:：]|日\s*期", "", line)


def _bounds(text: str, found: Found) -> bool:
    """Whether the day begins or ends something: 自 … 起, … 至 …, … 前."""
    after, before = text[found.end:found.end + 4], text[max(0, found.start - 4):found.start]
    return bool(re.match(rf"{BLANK}(?:起|前|之前|以前|至|到|[—–~～])", after) or re.search(r"[自至到—–~～]\s*$", before))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _number(written: str) -> int:
    """十八 → 18, 二〇二六 → 2026, 7 → 7."""
    if written.isdecimal() and written.isascii():
        return int(written)
    if "十" in written:
        tens, _, ones = written.partition("十")
        return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)
    return int("".join(str(DIGITS[char]) for char in written))
