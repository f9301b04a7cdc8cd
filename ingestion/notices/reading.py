"""A notice while it is read: its parts, its sections, the year that days without one belong to."""

import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ingestion.notices.cards import Card, cards
from ingestion.notices.dates import day_of
from ingestion.notices.letterhead import Letter
from ingestion.notices.notice import Value
from ingestion.notices.outline import Section
from ingestion.notices.passages import Passage, sentences
from ingestion.notices.tables import Table, take_tables

LETTERED = ("赛道", "组", "类", "赛项", "单元", "板块", "方向", "项目")
"""What stands behind the letter of a track: A赛道, B组."""
FORMER = re.compile("(?:上一?届|前[一两二三]届|历届|去年)[^，。；]{0,10}(?:共|累计|已|收到|吸引|评出|举办)")
"""A sentence that tells of a former contest (上届大赛共收到作品287件，评出一等奖12件): no rule of this one."""


@functools.lru_cache(maxsize=8)
def _words(groups: tuple[str, ...], letters: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """What names a track, by its name or by its letter, and that track: asked of every sentence."""
    words = {group: group for group in groups}
    words |= {f"{letter}{kind}": group for letter, group in letters for kind in LETTERED}
    return tuple(words.items())


@dataclass
class Reading:
    letter: Letter
    root: Section
    year: int | None
    groups: tuple[str, ...] = field(default=())
    """The names of the tracks, once they are read: a sentence that begins with one speaks of it."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """The letter of a track → its name, where the notice gives letters (A赛道——企业命题赛道)."""
    stages: tuple[str, ...] = field(default=())
    """The names of the steps, once they are read: an award may be of one of them."""

    @property
    def issued(self) -> dt.date | None:
        return day_of(self.letter.date.text) if self.letter.date else None

    @functools.cached_property
    def sections(self) -> list[Section]:
        return list(self.root.walk())

    @functools.cached_property
    def cards(self) -> list[Card]:
        """The groups that are told line by line with labels."""
        return cards(self.sections)

    @functools.cached_property
    def parents(self) -> dict[int, Section]:
        """The section above each, by the id of the lower one."""
        return {id(child): section for section in self.sections for child in section.children}

    def tables(self, annexes: str = "$^") -> Iterator[tuple[Section, Table]]:
        """Every table of the rules with its section, then those of the other annexes whose first lines match."""
        for section in self.sections:
            yield from ((section, table) for table in section.tables)
        for annex in self.letter.annexes:
            if not annex.judges and re.search(annexes, annex.head):
                yield from ((self.root, table) for table in take_tables(annex.passages)[1])

    def titled(self, pattern: str) -> list[Section]:
        """The sections whose heading matches, without those inside another of them."""
        found = [one for one in self.sections if re.search(pattern, one.name)]
        inside = {id(below) for one in found for below in one.walk() if below is not one}
        return [one for one in found if id(one) not in inside]

    def innermost(self, pattern: str) -> list[Section]:
        """The sections whose heading matches and that hold no other such section."""
        found = [one for one in self.sections if re.search(pattern, one.name)]
        return [one for one in found if not any(below in found for below in one.walk() if below is not one)]

    def sentences(self) -> Iterator[tuple[Section, Passage]]:
        """Every sentence with the section it stands in; a heading is one."""
        return iter(self._sentences)

    @functools.cached_property
    def _sentences(self) -> list[tuple[Section, Passage]]:
        return [(section, one) for section in self.sections for passage in [section.title, *section.body] if passage
                for one in sentences(passage) if not FORMER.match(one.text)]

    def group_in(self, text: str) -> str | None:
        """The track that the words name first, if any."""
        named = self._named(text)
        return named[2] if named else None

    def track_in(self, passage: Passage) -> Value[str] | None:
        """The track that the passage names first, with the words that name it."""
        named = self._named(passage.text)
        return passage.value(named[2], named[0], named[1]) if named else None

    def _named(self, text: str) -> tuple[int, int, str] | None:
        """Start and end of the words that name a track first, the longest of them, and its name."""
        words = _words(self.groups, tuple(self.letters.items()))
        found = [(text.find(said), -len(said), group) for said, group in words if said in text]
        if not found:
            return None
        start, length, group = min(found)
        return start, start - length, group
