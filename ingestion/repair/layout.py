"""The lines of a text as a page had them: their width in columns, how wide a full line was, what starts anew."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

HEADING = re.compile(
    r"[一二三四五六七八九十百]+[、．.]|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十百零〇\d]{1,4}[条章节编篇部]"
    r"|[（(]\d{1,2}[)）](?![、，])|\d{1,2}[、．](?!\d)|\d{1,2}\.(?![\d ])|[①-⑳]|附件|附表|注[：:]"
    r"|(?:抄送|主送|抄报|联系人|联系方式|联系电话|电话|地址|邮箱)[：:]|[•●■▪◆➢✓]")
"""What begins a paragraph of an official document: 一、（一）1.（1）第一条 附件 and a list's bullets."""
SENTENCE_ENDS = "。！？；：!?;:"
CLOSING = "，。、；：！？”’）》」』〕】,;:!?)]%％"
OPENING = "“‘（《「『〔【(["
GOES_ON = "，、,—/+&"
"""A line that ends so has not ended its sentence."""
TOKEN = re.compile(r"[A-Za-z0-9@._/:\-+%]+")
INDENT = 4
"""Columns of the two characters that a first line leaves blank."""
PEAK = 0.25
FEWEST_FULL, FULL_SHARE = 3, 0.2
NARROWEST = 24
LONGER = 1.3
"""No line of a wrapped text is much longer than a full one: where each paragraph is one line, nothing was wrapped."""


def width(text: str) -> int:
    """Columns in a fixed-width font: two for Chinese characters and marks."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "FWA" else 1 for char in text)


@dataclass(frozen=True)
class Line:
    """text[start:end] without the blanks around it. `first`: where its line begins, blanks and all."""

    first: int
    start: int
    end: int
    text: str
    width: int = field(compare=False)

    @property
    def indented(self) -> bool:
        return self.start > self.first


def lines_of(text: str) -> list[Line]:
    """The lines that hold something."""
    found, at = [], 0
    for raw in text.split("\n"):
        inner = raw.strip()
        if inner:
            start = at + len(raw) - len(raw.lstrip())
            found.append(Line(at, start, start + len(inner), inner, width(inner)))
        at += len(raw) + 1
    return found


def full_width(lines: list[Line]) -> int:
    """Columns of a full line of a text that was wrapped; 0 where the text was not."""
    counts = Counter(line.width for line in lines if line.width >= NARROWEST)
    near = {size: counts[size - 1] + counts[size] + counts[size + 1] for size in counts}
    if not near:
        return 0
    most = max(near.values())
    size = max(one for one in near if near[one] >= PEAK * most and counts[one] >= max(counts[one - 1], counts[one + 1]))
    return size if _wrapped(lines, size) else 0


def _wrapped(lines: list[Line], size: int) -> bool:
    """Full lines break off inside sentences, few are longer, and sentences do end in the text."""
    full = [line for line in lines if size - INDENT - 1 <= line.width <= size * LONGER]
    broken = sum(line.text[-1] not in SENTENCE_ENDS for line in full)
    longer = sum(line.width > size * LONGER for line in lines)
    ended = sum(line.text[-1] in "。；" for line in lines)
    return (broken >= FEWEST_FULL and broken >= len(full) / 2 and len(full) >= FULL_SHARE * len(lines)
            and longer * 20 <= len(lines) and ended > 0)


def is_full(line: Line, following: Line, size: int, first: bool) -> bool:
    """Whether what follows had no room left on the line. `first`: of a paragraph, indented by two characters."""
    limit = size - (INDENT if first else 0) - 2
    return line.width + unit(following.text) > limit


def unit(text: str) -> int:
    """Columns of what cannot be parted from a line's beginning: a number, a foreign word, a character and its mark."""
    token = TOKEN.match(text)
    end = token.end() if token else 1
    while end < len(text) and text[end] in CLOSING:
        end += 1
    return width(text[:end])


def unclosed(text: str) -> bool:
    """Whether a bracket or quotation mark is still open at the end."""
    return any(text.count(left) > text.count(right) for left, right in ("（）", "《》", "“”", "〔〕", "()"))
