"""Brackets and quotation marks that lost their other half."""

import re
from collections import Counter

from ingestion.repair.draft import Edit, Found
from ingestion.repair.repaired import Kind, Note

PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】"}
CLOSERS = {right: left for left, right in PAIRS.items()}
ANY = re.compile("[" + "".join([*PAIRS, *CLOSERS]) + "]")
CLAUSE = re.compile(r"[，。；！？,;?!()]")
CHAIN = re.compile(r"(?P<verb>进入|点击|选择|打开|依次点击)(?P<first>[\u4e00-\u9fff]{2,10})(?P<close>”)[—\-→>]+(?P<open>“)"
                   r"(?P<last>[\u4e00-\u9fff]{2,10})(?=[，,。；;])")
ITEM = re.compile(r"(?:\d|[一二三四五六七八九十a-zA-Z])）$")
"""1）, 一）: how a list numbers its items."""
LONGEST_INSIDE = 60
REACH = 3
"""Lines within which a pair may close: a table's cell is broken over no more."""


def mend(text: str) -> Found:
    found = Found()
    told = _chains(text, found)
    open_ones, stray = _unmatched(text)
    ends = {place: text.find("\n", place) % (len(text) + 1) for place in open_ones}
    several = Counter(ends[place] for place in open_ones if text[place] == "（")
    for place, end in ends.items():
        rest = text[place + 1:end].rstrip()
        if text[place] == "（" and several[end] == 1 and _closes_at_the_end(rest):
            found.edits.append(Edit(place + 1 + len(rest), place + 1 + len(rest), "）", Kind.bracket, 0.85,
                                    "括号没有另一半，只能在这一行末尾合上"))
        elif place not in told:
            found.notes.append(Note(Kind.bracket, place, place + 1, f"“{text[place]}”没有另一半"))
    found.notes += [Note(Kind.bracket, place, place + 1, f"“{text[place]}”没有另一半")
                    for place in stray if place not in told and not ITEM.search(text[max(0, place - 3):place + 1])]
    found.edits = sorted({edit.start: edit for edit in found.edits}.values())
    return found


def _closes_at_the_end(rest: str) -> bool:
    """Whether what a bracket opens runs to the end of its line, in one piece."""
    return 2 < len(rest) <= LONGEST_INSIDE and not CLAUSE.search(rest) and rest[-1] not in "：:"


def _unmatched(text: str) -> tuple[list[int], list[int]]:
    """Where openers stand that nothing closes within REACH lines, and closers that nothing opened."""
    waiting: dict[str, list[tuple[int, int]]] = {left: [] for left in PAIRS}
    lost, stray, line, last = [], [], 0, 0
    for match in ANY.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        mark = match[0]
        if mark in PAIRS:
            waiting[mark].append((match.start(), line))
            continue
        kept = waiting[CLOSERS[mark]]
        while kept and line - kept[-1][1] > REACH:
            lost.append(kept.pop()[0])
        if kept:
            kept.pop()
        else:
            stray.append(match.start())
    return sorted([*lost, *(place for kept in waiting.values() for place, _line in kept)]), stray


def _chains(text: str, found: Found) -> set[int]:
    """进入管理中心”—“项目申报，: the outer quotation marks are gone; where they stood is a guess. The inner marks."""
    told = set()
    for match in CHAIN.finditer(text):
        why = "引号没有另一半，像是丢在这里"
        found.suggestions += [Edit(match.start("first"), match.start("first"), "“", Kind.bracket, 0.6, why),
                              Edit(match.end(), match.end(), "”", Kind.bracket, 0.7, why)]
        told |= {match.start("close"), match.start("open")}
    return told
