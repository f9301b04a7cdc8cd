"""Lines that a page broke are joined again; page numbers, and the blank line after each line, go."""

import re
from collections import Counter
from collections.abc import Iterator

from ingestion.repair.draft import Edit, Found
from ingestion.repair.flattened import Region, column_runs
from ingestion.repair.layout import (
    CLOSING,
    GOES_ON,
    HEADING,
    INDENT,
    OPENING,
    SENTENCE_ENDS,
    TOKEN,
    Line,
    full_width,
    is_full,
    lines_of,
    unclosed,
)
from ingestion.repair.repaired import Kind
from ingestion.repair.spaces import around_numbers

FOOTER = re.compile(r"[-—–－][ ]?\d{1,4}[ ]?[-—–－]|第 ?\d{1,4} ?页(?:[，, /]*共 ?\d{1,4} ?页)?|\d{1,4} ?/ ?\d{1,4} ?页?")
BARE = re.compile(r"\d{1,3}")
TITLE = re.compile(r"(?:通知|意见|办法|方案|公告|通告|决定|细则|规定|规程|请示|报告|纪要|批复|函|名单|提纲|[表书])$")
ANNEX = re.compile(r"附件 ?\d{0,2}$|附表 ?\d{0,2}$")
GRID = re.compile(r"[\u4e00-\u9fff（）()/]{2,16}(?: +[\u4e00-\u9fff（）()/]{2,16}){2,}")
"""The labels of a form, side by side."""
LONGEST_TITLE = 60
WORD = 3
"""Characters on each side of a break that, found unbroken elsewhere in the text, prove a word was cut."""


def mend(text: str) -> Found:
    lines = lines_of(text)
    if not lines:
        return Found()
    size = full_width([line for line in lines if not FOOTER.fullmatch(line.text)])
    footers = _footers(lines, size)
    kept = [line for line in lines if line not in footers]
    if not kept:
        return Found()
    regions = column_runs(kept) if size else []
    inside = {line for region in regions for line in region.lines}
    edits = [*_before(text, kept[0]), *_between(text, kept, size, regions, inside), *_after(text, kept[-1])]
    edits = sorted([*edits, *(around_numbers(kept) if size else ())])
    return Found([edit for edit in edits if text[edit.start:edit.end] != edit.after],
                 tables=[region.table() for region in regions])


def _footers(lines: list[Line], size: int) -> set[Line]:
    """Page numbers: marked ones anywhere in a wrapped text, bare ones only as its first or last line."""
    if not size:
        return set()
    bare = [line for line in (lines[0], lines[-1]) if BARE.fullmatch(line.text)]
    return {line for line in lines if FOOTER.fullmatch(line.text)} | set(bare)


def _before(text: str, first: Line) -> Iterator[Edit]:
    if "\n" in text[:first.start] or text[:first.start].strip():
        yield _edit(text, 0, first.start, "", 0.99, "开头的空行")
    elif first.start and not text[:first.start].strip(" "):
        yield _edit(text, 0, first.start, "", 0.95, "开头的空格")


def _after(text: str, last: Line) -> Iterator[Edit]:
    rest = text[last.end:]
    yield _edit(text, last.end, len(text), "\n" if "\n" in rest else "", 0.99, "末尾的空行")


def _edit(text: str, start: int, end: int, after: str, confidence: float, why: str) -> Edit:
    number = text[start:end].strip()
    if number:
        return Edit(start, end, after, Kind.page, confidence, f"页码“{number}”不是正文；{why}")
    return Edit(start, end, after, Kind.line, confidence, why)


def _between(text: str, lines: list[Line], size: int, regions: list[Region], inside: set[Line]) -> Iterator[Edit]:
    joined = {pair for region in regions for pair in region.joins}
    words, tight = _Words(text), _is_tight(text, lines, size)
    first, before = True, None
    for line, following in zip(lines, lines[1:], strict=False):
        if line in inside or following in inside:
            joins = (0.9, "表格一格里的字分在几行") if (line, following) in joined else None
        else:
            joins = _joins(line, following, before, size, first, words)
        between = text[line.end:following.start]
        if joins and tight and not between.strip() and between.count("\n") > 1 and not _goes_on(line, following):
            joins = None
        if joins:
            yield _edit(text, line.end, following.start, _seam(line, following), *joins)
        elif size:
            yield _edit(text, line.end, following.start, "\n", 0.95, "段落之间的空行和空格")
        else:
            yield from _tidied(text, line, following, between)
        first, before = not joins, line


def _is_tight(text: str, lines: list[Line], size: int) -> bool:
    """Whether full lines follow each other without a blank one, so that a blank line parts paragraphs."""
    gaps = [text.count("\n", line.end, following.start) for line, following in zip(lines, lines[1:], strict=False)
            if line.width >= size - INDENT]
    return bool(size) and sum(gap == 1 for gap in gaps) > len(gaps) / 2


def _goes_on(line: Line, following: Line) -> bool:
    """Whether a sentence plainly goes on across a blank line, as where a page ends."""
    return line.text[-1] in GOES_ON or following.text[0] in CLOSING


def _tidied(text: str, line: Line, following: Line, between: str) -> Iterator[Edit]:
    """A text that was not wrapped keeps its blank lines and indents: only blanks at line ends, and heaps, go."""
    breaks = min(between.count("\n"), 2)
    indent = text[following.first:following.start]
    yield _edit(text, line.end, following.first, "\n" * breaks, 0.98, "行末的空格和多余的空行")
    if len(indent) > 2 * INDENT and not indent.strip(" ") and "  " not in following.text:
        yield _edit(text, following.first, following.start, "", 0.9, "行首为居中或靠右加的空格")


def _seam(line: Line, following: Line) -> str:
    return " " if _latin(line.text[-1]) and _latin(following.text[0]) else ""


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


class _Words:
    """Whether a break cut a word that stands whole elsewhere in the text."""

    def __init__(self, text: str):
        plain = re.sub(r"[^\u4e00-\u9fff]+", " ", text)
        size = 2 * WORD
        self.seen = Counter(plain[at:at + size] for at in range(len(plain) - size + 1))

    def cut(self, line: Line, following: Line) -> bool:
        around = line.text[-WORD:] + following.text[:WORD]
        return len(around) == 2 * WORD and self.seen[around] > 0


def _joins(line: Line, following: Line, before: Line | None, size: int, first: bool,
           words: _Words) -> tuple[float, str] | None:
    """How surely the second line goes on with the first, and why; None where it starts anew."""
    if _title(line, following, before):
        return 0.85, "标题分成了两行"
    starts, ended = HEADING.match(following.text), line.text[-1] in SENTENCE_ENDS
    if words.cut(line, following) and not starts:
        return 0.92, "一个词断在两行，本文别处写着整个词"
    if not size:
        return None
    if following.text[0] in CLOSING or line.text[-1] in OPENING:
        return 0.98, "标点不会在行首或行末断开"
    full = is_full(line, following, size, first)
    if line.text[-1] in GOES_ON or unclosed(line.text) and not starts:
        return (0.96 if full else 0.85), "一句话没有完，断在了行末"
    if full and line.text[-1] in "：:" and TOKEN.match(following.text) and not starts:
        return 0.9, "号码、网址写不下，移到了下一行"
    if starts or not full or line.text[-1] in "：:" or GRID.fullmatch(line.text):
        return None
    if not ended:
        return 0.95, "整行写满，一句话断在了行末"
    if size - INDENT - 1 <= following.width <= size - INDENT + 1 and following.text[-1] not in SENTENCE_ENDS:
        return None
    return (0.9, "整行写满，下一行没有缩进") if following.width >= size - 2 else (0.6, "整行写满，下一行像是同一段")


def _title(line: Line, following: Line, before: Line | None) -> bool:
    """关于……  / ……的通知: a title on two lines; or the title of an annex, right below 附件."""
    if line.width > LONGEST_TITLE or following.width > LONGEST_TITLE or TITLE.search(line.text):
        return False
    opens = line.text.startswith(("关于", "印发")) or before is not None and ANNEX.fullmatch(before.text)
    return bool(opens and TITLE.search(following.text) and not HEADING.match(following.text)
                and line.text[-1] not in SENTENCE_ENDS)
