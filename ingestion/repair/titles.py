"""Titles that do not agree inside one document: an annex named one way in the list and another on its page, 本《意见》."""

import difflib
import itertools
import re
from collections.abc import Iterator

from ingestion.repair.draft import Found
from ingestion.repair.layout import Line, lines_of
from ingestion.repair.repaired import Kind, Note

LIST = re.compile(r"附件[：:] *(.*)")
NUMBERED = re.compile(r"\d{1,2}[、.．] *")
PAGE = re.compile(r"附件 ?\d{0,2}")
GROUP = re.compile(r"（[^（）]*）$")
KINDS = "通知|意见|办法|方案|公告|通告|决定|细则|规定|规程"
TITLE = re.compile(rf"(?:关于|印发).*?({KINDS})$")
ITSELF = re.compile(rf"本《({KINDS})》")
MOST, LONGEST, LIKE = 10, 80, 0.8


def compare(text: str) -> Found:
    lines = lines_of(text)
    return Found(notes=[*_annexes(lines), *_itself(text, lines)])


def _annexes(lines: list[Line]) -> Iterator[Note]:
    """The title below each 附件 against the list of annexes: where one is much like an entry and yet not the same."""
    listed = _listed(lines)
    for page, title in zip(lines, lines[1:], strict=False):
        if not PAGE.fullmatch(page.text) or not listed or title.width > 2 * LONGEST or title.text in listed:
            continue
        entry = max(listed, key=lambda one: _likeness(one, title.text))
        if _likeness(entry, title.text) >= LIKE:
            yield Note(Kind.spelling, title.start, title.end, f"附件的题目和附件清单里的不一样：{_difference(entry, title.text)}")


def _listed(lines: list[Line]) -> list[str]:
    """The first entries of the list of annexes, without the group that an entry names in brackets at its end."""
    at = next((number for number, line in enumerate(lines) if LIST.match(line.text)), None)
    if at is None:
        return []
    numbered = itertools.takewhile(NUMBERED.match, (line.text for line in lines[at + 1:at + MOST]))
    entries = [GROUP.sub("", NUMBERED.sub("", entry)) for entry in (LIST.match(lines[at].text)[1], *numbered)]
    return [entry for entry in entries if 0 < len(entry) <= LONGEST]


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _difference(listed: str, title: str) -> str:
    """少了“攻关”, 多了“活动”, “甲”写成“乙”."""
    said = []
    for act, a, b, c, d in difflib.SequenceMatcher(None, listed, title, autojunk=False).get_opcodes():
        said += {"delete": [f"少了“{listed[a:b]}”"], "insert": [f"多了“{title[c:d]}”"],
                 "replace": [f"“{listed[a:b]}”写成“{title[c:d]}”"]}.get(act, [])
    return "，".join(said)


def _itself(text: str, lines: list[Line]) -> Iterator[Note]:
    """A document that calls itself another kind of document than its title says."""
    title = next((match for line in lines[:MOST] if (match := TITLE.search(line.text))), None)
    for match in ITSELF.finditer(text) if title else ():
        if match[1] != title[1] and f"《{match[1]}" not in title[0]:
            yield Note(Kind.spelling, *match.span(), f"标题是“{title[1]}”，这里自称“{match[1]}”")
