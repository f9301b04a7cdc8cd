"""A thesaurus: words that name one thing, found in folded texts. Pure and immutable; the shipped one is `shipped()`.

A word in several groups belongs to each of them: AGV may meet 自动导引车 in one and 自动导引系统 in another, and these two
do not meet each other.
"""

import enum
import functools
import hashlib
import pathlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from matching.text import normalise

SHIPPED = pathlib.Path(__file__).with_name("thesaurus.tsv")
SEPARATOR = "、"
"""Between the words of a group. Names of chemicals have commas, blanks and strokes in them, never this."""
MOST_VARIANTS = 6
_FIRST_HAN = "\u2e80"


class GroupKind(enum.StrEnum):
    """What the words of a group are to each other, and so what the group is used for."""

    synonym = "synonym"
    """Names of one thing (油漆/涂料)."""
    abbreviation = "abbreviation"
    """A name and its short form (可编程控制器/PLC)."""
    translation = "translation"
    """A name in another language, a brand taken over as a word, a formula (聚四氟乙烯/特氟龙, 氧化铝/Al2O3)."""
    wording = "wording"
    """Words for the same measurable thing, or close enough when a sentence is read (成品率/合格率). Never ranks."""
    whole = "whole"
    """Longer words that hold a word of another group and mean something else (硫酸铵 is no 硫酸). They only shield it."""


NAMES = frozenset({GroupKind.synonym, GroupKind.abbreviation, GroupKind.translation})
"""What ranks: names of one thing."""
READING = NAMES | {GroupKind.wording}
"""What reasons and search take as well."""


@dataclass(frozen=True)
class Group:
    """Words of one meaning, in order; the first is the group's name."""

    words: tuple[str, ...]
    kind: GroupKind = GroupKind.synonym


class Mention(NamedTuple):
    """A word of the thesaurus at `text[start:end]`, and the numbers of the groups it is in, never none."""

    word: str
    groups: tuple[int, ...]
    start: int
    end: int


class Thesaurus:
    """Groups made ready to be found. Words are folded as texts are, and compared without regard to case."""

    def __init__(self, groups: Iterable[Group]):
        """Words that fold to nothing, and those said twice in a group, are left out. The order of groups is nothing."""
        folded = (Group(tuple(dict.fromkeys(filter(None, map(key, group.words)))), group.kind) for group in groups)
        self.groups: Sequence[Group] = tuple(sorted({group for group in folded if group.words},
                                                    key=lambda group: (group.words, group.kind)))
        self.version = hashlib.sha256(repr([(g.words, str(g.kind)) for g in self.groups]).encode()).hexdigest()[:16]
        """The same for the same groups, in whatever order they were given."""
        groups_of: dict[str, list[int]] = {}
        for number, group in enumerate(self.groups):
            for word in group.words:
                groups_of.setdefault(word, []).append(number)
        self._words = sorted(groups_of)
        self._groups = [tuple(groups_of[word]) for word in self._words]
        self._longest = AhoCorasick(self._words, matchkind=MatchKind.LeftmostLongest)
        self._all = AhoCorasick(self._words)

    def mentions(self, folded: str) -> list[Mention]:
        """Every word of the thesaurus in a folded text, none overlapping: the leftmost first, of these the longest.

        A Latin letter or digit at a word's end must not go on in the text: there is no PLC in SIMPLC.
        """
        text = lower(folded)
        found = self._longest.find_matches_as_indexes(text)
        if not found:
            return []
        if any(_cut(text, start) or _cut(text, end) for _, start, end in found):
            found = _whole_words(text, self._all.find_matches_as_indexes(text, overlapping=True))
        return [Mention(self._words[word], self._groups[word], start, end) for word, start, end in found]

    def names(self, folded: str) -> list[str]:
        """Each name in a folded text that has others, as often as it stands there."""
        return [m.word for m in self.mentions(folded) if self.words_of(m)]

    def other_names(self, folded: str) -> list[str]:
        """The other names of each thing named in a folded text."""
        return [word for m in self.mentions(folded) for word in self.words_of(m)]

    def words_of(self, mention: Mention, kinds: Collection[GroupKind] = NAMES) -> list[str]:
        """The other words for what a mention says, in the order of its groups."""
        groups = (self.groups[number] for number in mention.groups)
        found = dict.fromkeys(word for group in groups if group.kind in kinds for word in group.words)
        return [word for word in found if word != mention.word]

    def spans(self, folded: str) -> list[tuple[int, int, int]]:
        """(group, start, end) of every mention that a reader takes to say the same as another of its group."""
        return [(group, m.start, m.end) for m in self.mentions(folded) for group in m.groups
                if self.groups[group].kind in READING]

    def variants(self, folded: str, kinds: Collection[GroupKind] = READING) -> list[str]:
        """A folded text with one word at a time put another way (污水治理 → 废水治理); at most six, without itself."""
        found = {folded[:m.start] + word + folded[m.end:]: None
                 for m in self.mentions(folded) for word in self.words_of(m, kinds)}
        return list(found)[:MOST_VARIANTS]


def key(word: str) -> str:
    """A word as it is compared: folded, lower case, no blanks around it."""
    return lower(normalise(word)).strip()


def lower(text: str) -> str:
    """Lower case, place by place: what would become two characters (İ) is left as it is."""
    made = text.lower()
    return made if len(made) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _cut(text: str, place: int) -> bool:
    """Whether a Latin (or Greek) word or a number goes on across `place`."""
    if not 0 < place < len(text):
        return False
    if text[place - 1] == "." and place > 1:  # 5G is no part of 0.5G
        return text[place - 2].isdecimal() and text[place].isdecimal()
    return all(c < _FIRST_HAN and c.isalnum() for c in text[place - 1:place + 1])


def _whole_words(text: str, spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Of (word, start, end) those that cut no Latin word: leftmost first, of these the longest, none overlapping."""
    kept, at = [], 0
    for word, start, end in sorted(spans, key=lambda span: (span[1], -span[2])):
        if start >= at and not _cut(text, start) and not _cut(text, end):
            kept.append((word, start, end))
            at = end
    return kept


def read_groups(path: pathlib.Path) -> list[Group]:
    """The groups of a table: kind, tab, words between `、`. The first line is the head, `#` begins a remark."""
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:] if not line.startswith("#")]
    return [Group(tuple(words.split(SEPARATOR)), GroupKind(kind)) for kind, words in lines]


EMPTY = Thesaurus(())


@functools.cache
def shipped_groups() -> tuple[Group, ...]:
    """The groups that come with the program, in their order. No two begin with the same word."""
    return tuple(read_groups(SHIPPED))


@functools.cache
def shipped() -> Thesaurus:
    """The thesaurus of the shipped groups alone."""
    return Thesaurus(shipped_groups())


_in_use: ContextVar[Thesaurus | None] = ContextVar("_in_use", default=None)


def in_use() -> Thesaurus:
    """What texts are read with at present: the shipped one, unless the caller stands within `using`."""
    return _in_use.get() or shipped()


@contextmanager
def using(thesaurus: Thesaurus) -> Iterator[None]:
    """Within the block, and in this thread only, reasons are read with this thesaurus."""
    before = _in_use.set(thesaurus)
    try:
        yield
    finally:
        _in_use.reset(before)
