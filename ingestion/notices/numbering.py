"""How the parts of a Chinese document are numbered: 第一章, 第一条, 一、, （一）, 1., 1.1, （1）, 一是."""

import re
from dataclasses import dataclass

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
NUMERAL = "[一二三四五六七八九十百零〇两]"
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"第\s?({NUMERAL}{{1,4}}|\d{{1,3}})\s?章\s?")),
    ("article", re.compile(rf"第\s?({NUMERAL}{{1,5}}|\d{{1,3}})\s?条\s?")),
    ("part", re.compile(rf"({NUMERAL}{{1,3}})\s?、\s?")),
    ("bracket", re.compile(rf"[（(]\s?({NUMERAL}{{1,3}})\s?[）)]\s?[、.]?\s?")),
    ("item", re.compile(r"(\d{1,2})\s?[、.．](?!\d(?!\d?\s?(?:月|分钟|寸|份)|\d{3}\s?年))\s?")),
    ("decimal", re.compile(r"\d{1,2}[.．](\d{1,2})(?:[.．]\d{1,2})?[、.．]?\s?(?=[\u4e00-\u9fff“《（A-Za-z])"
                           r"(?![万亿元个倍米千年月日分公吨平前至起])")),
    ("sub", re.compile(r"[（(]\s?(\d{1,2})\s?[）)]\s?|(\d{1,2})[）)]\s?")),
    ("count", re.compile(rf"({NUMERAL}{{1,2}})是(?!否)")),
)
BARE_OVER = ("bracket", "item", "sub")
"""Lists that a heading without a number may stand over."""
RANK = {kind: 2 * rank for rank, (kind, _) in enumerate(KINDS)}
RANK |= {f"over {kind}": RANK[kind] - 1 for kind in BARE_OVER}


@dataclass(frozen=True)
class Marker:
    """A number at the head of a line: its kind, what it counts to, its words, its length."""

    kind: str
    number: int
    label: str
    length: int

    @property
    def rank(self) -> int:
        return RANK[self.kind]


def numeral(said: str) -> int:
    """二十一 → 21, 一百零三 → 103, 12 → 12, 二〇二〇 → 2020. ValueError for anything else."""
    if said.isdecimal():
        return int(said)
    if not re.search("[十百]", said):
        return int("".join(str(DIGITS[char]) for char in said if char in DIGITS))
    total, digit = 0, 0
    for char in said:
        if char in DIGITS:
            digit = DIGITS[char]
        else:
            total, digit = total + (digit or 1) * (10 if char == "十" else 100), 0
    return total + digit


def marker_of(line: str) -> Marker | None:
    """The number a line begins with, None where it begins with none."""
    for kind, pattern in KINDS:
        if match := pattern.match(line):
            return Marker(kind, numeral(match[1] or match[match.lastindex or 1]), match.group().strip(), match.end())
    return None
