"""The sections of a notice: headings by their numbering, each with its own words and what stands under it."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingestion.notices.notice import Value
from ingestion.notices.numbering import BARE_OVER, NUMERAL, Marker, marker_of, numeral
from ingestion.notices.passages import Passage, joined
from ingestion.notices.tables import Table, take_tables

HEADING_AT_MOST = 26
COUNTED = re.compile(rf"(?:^|(?<=[：:；;。，]))(?P<number>{NUMERAL}{{1,2}})是(?!否)")
SENTENCE_END = re.compile(r"。|(?<!\d)[：:]|[：:](?!\d)")
HEADED_APART = re.compile(r"[\u4e00-\u9fff]{2,8}(?= .{8,}$)(?=[^，。；：]* [^ ]*[，。；：、（\d])")
"""一、参赛对象 年满……: a blank alone parts the heading from its words."""
BARE = re.compile("[^。；，：:？！ ]+")
NUMERALS = "零一二三四五六七八九十"


@dataclass
class Section:
    """`title` is the heading without its number; `body` the words that follow it before the first subsection."""

    marker: Marker | None
    title: Passage | None
    body: list[Passage] = field(default_factory=list)
    children: list["Section"] = field(default_factory=list)
    path: str = ""
    above: str = ""
    """The headings it stands under, outermost first."""
    tables: list[Table] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.title.text if self.title else ""

    def walk(self) -> Iterator["Section"]:
        """This section and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def passages_own(self) -> list[Passage]:
        """Its heading and its words, without what stands below it."""
        return [*([self.title] if self.title else []), *self.body]

    def passages(self) -> list[Passage]:
        """Every passage of this section and those below it, headings included."""
        return [*self.passages_own(), *(one for child in self.children for one in child.passages())]

    def whole(self) -> Passage | None:
        """The section in one piece; None for an empty one."""
        found = [one for one in self.passages() if one.text]
        return joined(found) if found else None

    def said(self) -> Value[str] | None:
        """Its words without its number: the heading where it has no more, else what follows the heading."""
        parts = [one for one in self.passages() if one.text]
        return joined(parts).said() if parts else None


def outline(passages: list[Passage]) -> Section:
    """The tree of sections; its root holds the words before the first heading."""
    root = Section(None, None)
    open_sections = [root]
    for passage, marker in _ranked(counted_apart(passages)):
        if marker is None:
            open_sections[-1].body.append(passage)
            continue
        while open_sections[-1].marker is not None and open_sections[-1].marker.rank >= marker.rank:
            open_sections.pop()
        section = _section(passage, marker)
        section.path = _path(open_sections[-1].path, marker)
        section.above = f"{open_sections[-1].above} {open_sections[-1].name}".strip()
        open_sections[-1].children.append(section)
        open_sections.append(section)
    for section in root.walk():
        section.body, section.tables = take_tables(section.body)
    return root


def counted_apart(passages: list[Passage]) -> list[Passage]:
    """一是……；二是…… each as a passage of its own, where they follow one another from 一是 on, in one paragraph or many."""
    out: list[Passage] = []
    awaited = 1
    for at, passage in enumerate(passages):
        if (marker := marker_of(passage.text)) and marker.kind != "count":
            awaited = 1
        cuts, last = [0], passage.text.rfind("二是")
        followed = any(one.text.startswith("二是") for one in passages[at + 1:at + 4])
        for match in COUNTED.finditer(passage.text):
            number = numeral(match["number"])
            if number == awaited and (number > 1 or followed or match.end() <= last):
                cuts.append(match.start("number"))
                awaited += 1
            elif number == 1:
                awaited = 1
        parts = [passage.part(low, high) for low, high in zip(cuts, [*cuts[1:], len(passage.text)], strict=True)]
        out += [part for part in parts if part.text]
    return out


def _ranked(passages: list[Passage]) -> list[tuple[Passage, Marker | None]]:
    """Each passage with its number. A list style that lost its numerals (1、2、3、四、五) gets them back."""
    marked = [(one, marker_of(one.text)) for one in passages]
    marked = _with_bare_headings(marked)
    first = next((at for at, (_, marker) in enumerate(marked) if marker and marker.kind == "part"), None)
    lost = marked[first][1].number - 1 if first is not None else 0
    if lost <= 0:
        return marked
    awaited = itertools.count(1)
    number = next(awaited)
    for at, (passage, marker) in enumerate(marked[:first]):
        if marker and marker.kind == "item" and marker.number == number and len(passage.text) <= HEADING_AT_MOST \
                and not SENTENCE_END.search(passage.text):
            marked[at] = passage, Marker("part", number, f"{NUMERALS[number]}、", marker.length)
            number = next(awaited)
    return marked


def _with_bare_headings(marked: list[tuple[Passage, Marker | None]]) -> list[tuple[Passage, Marker | None]]:
    """Short lines without a number over lists that each begin anew with 1 (A赛道, 1.……, 2.……, B赛道, 1.……): headings."""
    at = [place for place, ((one, marker), (_, below)) in enumerate(itertools.pairwise(marked))
          if marker is None and below is not None and below.number == 1 and below.kind in BARE_OVER
          and len(one.text) <= HEADING_AT_MOST and BARE.fullmatch(one.text)]
    kinds = [marked[place + 1][1].kind for place in at]
    out = list(marked)
    for place, kind in zip(at, kinds, strict=True):
        if kinds.count(kind) > 1:
            out[place] = marked[place][0], Marker(f"over {kind}", 0, "", 0)
    return out


def _section(passage: Passage, marker: Marker) -> Section:
    """The heading ends where the line does, or at its first full stop where it is short (（一）报名。符合条件的……)."""
    rest = passage.part(marker.length)
    if apart := HEADED_APART.match(rest.text):
        return Section(marker, rest.part(0, apart.end()), [rest.part(apart.end())])
    if not rest.text.strip("。：:；;，, "):
        return Section(marker, None)
    end = next((one for one in SENTENCE_END.finditer(rest.text, 0, HEADING_AT_MOST + 2)
                if rest.text.count("（", 0, one.start()) <= rest.text.count("）", 0, one.start())), None)
    end = end or SENTENCE_END.search(rest.text, HEADING_AT_MOST + 1)
    if end and 0 < end.start() <= HEADING_AT_MOST:
        body = rest.part(end.end())
        return Section(marker, rest.part(0, end.start()), [body] if body.text else [])
    if len(rest.text) <= HEADING_AT_MOST + 6 and end is None:
        return Section(marker, rest)
    return Section(marker, None, [rest] if rest.text else [])


def _path(above: str, marker: Marker) -> str:
    label = marker.label.rstrip("、.．")
    return label if marker.kind in ("chapter", "article") else above + label


def inline_items(passage: Passage) -> list[Passage]:
    """The parts of an enumeration inside a sentence: （1）……；（2）……。 Empty where it has none."""
    starts = list(re.finditer(r"[（(]\d{1,2}[）)]|[①-⑳]|(?<=[：；;:])\d{1,2}[.、．](?!\d)", passage.text))
    if len(starts) < 2:
        return []
    ends = [*(match.start() for match in starts[1:]), len(passage.text)]
    return [passage.part(match.end(), end) for match, end in zip(starts, ends, strict=True)]
