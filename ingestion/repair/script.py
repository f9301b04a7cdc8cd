"""繁體 to 简体, where a text is written in traditional characters: OpenCC, word by word, character for character."""

import functools
import re
from collections.abc import Iterator

import opencc

from ingestion.repair.draft import Edit, Found
from ingestion.repair.repaired import Kind

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
WHOLE_SHARE = 0.05
"""From this share of traditional characters on, a text is a traditional one. A simplified one has a name or two."""
LINE_SHARE, LINE_LEAST = 0.2, 4
"""A quotation inside a simplified text: this share of a line, and so many characters."""
WRITTEN_WORKS = frozenset("土論论編编遺遗專专合譯译原拙巨名顯显昭卓撰")
"""Before 著 these make a word that keeps it: OpenCC's Taiwanese table would write 论着."""
WHY = "繁体字改为简体字"


@functools.cache
def converter() -> opencc.OpenCC:
    return opencc.OpenCC("tw2s")  # t2s leaves 著眼, 沿著


@functools.cache
def traditional() -> frozenset[str]:
    """Characters that are only ever traditional: OpenCC changes them and GB/T 2312 has them not."""
    han = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    simple = converter().convert("\n".join(han)).split("\n")
    return frozenset(old for old, new in zip(han, simple, strict=True) if old != new and not in_gb2312(old))


def in_gb2312(char: str) -> bool:
    try:
        return len(char.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def is_traditional(text: str, least: float = WHOLE_SHARE, fewest: int = 1) -> bool:
    han = HAN.findall(text)
    count = sum(char in traditional() for char in han)
    return count >= fewest and count >= least * len(han)


def mend(text: str) -> Found:
    if traditional().isdisjoint(text):
        return Found()
    whole, at, found = is_traditional(text), 0, Found()
    for line in text.splitlines(keepends=True):
        if whole or is_traditional(line, LINE_SHARE, LINE_LEAST):
            found.edits += _differences(line, at)
        at += len(line)
    return found


def _differences(line: str, at: int) -> Iterator[Edit]:
    simple = converter().convert(line)
    if len(simple) != len(line):
        simple = "".join(map(converter().convert, line))
    if len(simple) == len(line):
        for place, (old, new) in enumerate(zip(line, simple, strict=True), at):
            if old != new and not (old == "著" and line[place - at - 1:place - at] in WRITTEN_WORKS):
                yield Edit(place, place + 1, new, Kind.traditional, 0.99, WHY)
