"""Days and spans of days as notices write them: a missing year or month is taken from what stands before it."""

import calendar
import datetime as dt
import itertools
import re
from dataclasses import dataclass

from ingestion.notices.numbering import numeral
from ingestion.notices.passages import Passage

NUM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
YEAR = r"(?:\d{4}|[一二三四五六七八九零〇○]{4})"
DAY = (rf"(?:(?P<year>{YEAR})\s?年\s?)?(?P<month>{NUM})\s?月"
       rf"(?:份?(?P<part>上中旬|中下旬|上旬|中旬|下旬|初|中|底|末)|(?P<day>{NUM})\s?[日号]|份?)")
DIGITAL = r"(?P<y2>\d{4})(?P<sep>[-./])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})日?"
BARE = rf"(?P<bare>{NUM})\s?[日号]"
CLOCK = r"(?:\s?(?:上午|下午|晚上?)?\s?\d{1,2}\s?(?:[：:]\s?\d\d|[时点](?:\d{1,2}分|整)?))"
TO = rf"\s?(?:[（(](?:星期|周)[一二三四五六日天][）)])?{CLOCK}?\s?(?:至|到|—{{1,2}}|–|－|-|~|～)\s?"
ONE = re.compile(f"{DAY}|{DIGITAL}")
SECOND = re.compile(f"{TO}(?:{DAY}|{DIGITAL}|{BARE})")
WEEKDAY = re.compile(r"[（(](?:星期|周)([一二三四五六日天])[）)]")
YEARLY = re.compile("(?:每年|次年|翌年|历年)的?$")
PARTS = {"上中旬": (1, 20), "中下旬": (11, 31), "上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20),
         "下旬": (21, 31), "底": (21, 31), "末": (21, 31)}
BEFORE = re.compile(r"\s?(?:[（(][^（）()]{1,8}[）)])?\s?(?:\d{1,2}(?:[：:]\d\d|[时点])\s?)?(?:以前|之前|前(?!后)|止|截止)")
FROM_NOW = re.compile(r"(?:自|从)?(?:即日起|(?:本)?(?:通知|公告|文件|方案)?(?:发文|印发|发布|公布|下发)之日起)\s?(?:至|到|—{1,2}|–|-|~|～)\s?$")
INSTEAD = re.compile(r"[，,]?(?:延长|延期|推迟|调整|顺延|变更|更改|提前|修改|改)(?:至|为|到)")
"""Between a day that no longer holds and the one that does."""
SINCE = re.compile(r"\s?(?:起|开始)")


@dataclass(frozen=True)
class Span:
    """`first` and `last` inclusive; `first` None where only an end is said (30 日前), `last` None for a beginning (起).

    `start` and `end` are places in the passage. `weekday` 0 is Monday, as the notice says it, if it does.
    """

    first: dt.date | None
    last: dt.date | None
    start: int
    end: int
    weekday: int | None = None
    from_issue: bool = False
    """即日起至: it begins on the day of the notice."""


def spans(passage: Passage, year: int | None) -> list[Span]:
    """Every day or span of days in the passage. Days that name no year are of `year`; without one they are left out."""
    found: list[Span] = []
    place = 0
    while match := ONE.search(passage.text, place):
        if YEARLY.search(passage.text, max(0, match.start() - 4), match.start()):
            place = match.end()
            continue
        span = _span(passage.text, match, year)
        place = span.end if span else match.end()
        if span:
            found.append(span)
            day = span.last or span.first
            year = day.year if day else year
    return [one for one, after in itertools.zip_longest(found, found[1:])
            if after is None or not INSTEAD.fullmatch(passage.text, one.end, after.start)]


def day_of(text: str) -> dt.date | None:
    """The one day that the whole of `text` is, else None."""
    match = ONE.fullmatch(text.strip())
    limits = _limits(match.groupdict(), None, None) if match else None
    return limits[0] if limits and limits[0] == limits[1] else None


def _span(text: str, match: re.Match[str], year: int | None) -> Span | None:
    first = _limits(match.groupdict(), year, None)
    if first is None:
        return None
    if now := FROM_NOW.search(text[max(0, match.start() - 24):match.start()]):
        until = re.compile(r"(?:截?止|为止)?").match(text, match.end())
        return Span(None, first[1], match.start() - len(now.group()), until.end() if until else match.end(),
                    from_issue=True)
    weekday = WEEKDAY.match(text, match.end())
    named = "一二三四五六日".find(weekday[1].replace("天", "日")) if weekday else None
    if second := SECOND.match(text, match.end()):
        last = _limits(second.groupdict(), first[0].year, first[0].month)
        if last and last[1] < first[0] and not (second["year"] or second["y2"]):
            last = _limits(second.groupdict(), first[0].year + 1, first[0].month)
        if last and last[1] >= first[0]:
            return Span(first[0], last[1], match.start(), second.end(), named)
    if before := BEFORE.match(text, match.end()):
        return Span(None, first[1], match.start(), before.end(), named)
    if since := SINCE.match(text, match.end()):
        return Span(first[0], None, match.start(), since.end(), named)
    end = weekday.end() if weekday else match.end()
    return Span(first[0], first[1], match.start(), end, named)


def _limits(groups: dict[str, str | None], year: int | None, month: int | None) -> tuple[dt.date, dt.date] | None:
    """First and last day of what a match names; None where no such day exists or no year is known."""
    said_year = groups.get("year") or groups.get("y2")
    known = numeral(said_year) if said_year else year
    in_month = numeral(said) if (said := groups.get("month") or groups.get("m2")) else month
    on_day = groups.get("day") or groups.get("d2") or groups.get("bare")
    if known is None or in_month is None or not 1 <= in_month <= 12 or not 1900 <= known <= 2200:
        return None
    length = calendar.monthrange(known, in_month)[1]
    low, high = (numeral(on_day),) * 2 if on_day else PARTS.get(groups.get("part") or "", (1, 31))
    if low > length or low < 1:
        return None
    return dt.date(known, in_month, low), dt.date(known, in_month, min(high, length))
