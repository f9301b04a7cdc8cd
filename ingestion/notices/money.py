"""Sums of money as notices write them, in 元: single, ranges, bounds, lists in the order of the grades."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingestion.notices.numbering import NUMERAL, numeral
from ingestion.notices.passages import Passage
from models.chinese_amounts import WORDS, parse_words

UNITS = {"": 1, "元": 1, "千元": 1_000, "万元": 10_000, "万": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
NUMBER = rf"\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{NUMERAL}{{1,3}}(?=[千万百亿])"
UNIT = r"百?万元|万(?=[至到—\-~～])|亿元|千元|元"
SUM = re.compile(rf"(?P<low>{NUMBER})\s?(?P<low_unit>{UNIT})?(?:\s?(?:至|到|—{{1,2}}|–|－|-|~|～)\s?"
                 rf"(?P<high>{NUMBER})\s?(?P<high_unit>{UNIT}))?")
AT_MOST = re.compile(r"(?:不超过|不高于|最高(?:不超过)?|至多|上限为?|以内)[^，。；]{0,4}$")
AT_LEAST = re.compile(r"(?:不少于|不低于|至少|最低)[^，。；]{0,4}$")
AGAIN = re.compile("整?[（(，]?(?:大写|人民币|[：:])*")
WITHIN = re.compile(r"\s?(?:人民币)?(?:以内|以下)")


@dataclass(frozen=True)
class Amount:
    """Bounds in 元, both inclusive; None where that side is open. Places in the passage."""

    low: Decimal | None
    high: Decimal | None
    start: int
    end: int


def amounts(passage: Passage) -> list[Amount]:
    """Every sum in the passage, in order."""
    found = []
    for match in SUM.finditer(passage.text):
        unit = match["high_unit"] or match["low_unit"]
        if unit is None:
            continue
        low = _yuan(match["low"], match["low_unit"] or unit)
        high = _yuan(match["high"], unit) if match["high"] else low
        found.append(_bounded(passage.text, match, low, high))
    return sorted([*found, *_in_capitals(passage.text, found)], key=lambda one: one.start)


def _in_capitals(text: str, figures: list[Amount]) -> Iterator[Amount]:
    """叁仟元 and the like, but not where it only says again the figure before it: 3000元（叁仟元整）."""
    for match in WORDS.finditer(text):
        sum_ = parse_words(match.group())
        again = any(one.high == sum_ and AGAIN.fullmatch(text, one.end, match.start()) for one in figures)
        if not again:
            yield Amount(sum_, sum_, *match.span())


def _bounded(text: str, match: re.Match[str], low: Decimal, high: Decimal) -> Amount:
    before = text[max(0, match.start() - 10):match.start()]
    if match["high"] is None and (AT_MOST.search(before) or WITHIN.match(text, match.end())):
        return Amount(None, high, match.start(), match.end())
    if match["high"] is None and AT_LEAST.search(before):
        return Amount(low, None, match.start(), match.end())
    return Amount(min(low, high), max(low, high), match.start(), match.end())


def _yuan(number: str, unit: str) -> Decimal:
    digits = re.sub("[,，]", "", number)
    counted = Decimal(digits) if re.fullmatch(r"[\d.]+", digits) else Decimal(numeral(digits))
    return counted * UNITS[unit]
