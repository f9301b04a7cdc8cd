"""What a repair gives: the clean text, each change by its place in the original, and what nobody can bring back."""

import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What was wrong, as the log names it."""

    encoding = "encoding"
    private_use = "private_use"
    invisible = "invisible"
    gloss = "gloss"
    traditional = "traditional"
    width = "width"
    line = "line"
    page = "page"
    space = "space"
    date = "date"
    bracket = "bracket"
    debris = "debris"
    numbering = "numbering"
    spelling = "spelling"


LOST = "〓"
"""Stands in the clean text for a character that is gone (the geta, a printer's mark for a missing sort)."""


@dataclass(frozen=True)
class Change:
    """`before`, original[start:end], became (or, in a suggestion, may become) `after`.

    `confidence`: 0 to 1, how sure it is that this is right (of a LOST mark: that something is gone). `why`: the reason,
    for a person.
    """

    kind: Kind
    start: int
    end: int
    before: str
    after: str
    confidence: float
    why: str


@dataclass(frozen=True)
class Span:
    """original[start:end] holds something that is lost. `candidates`: all it may have been, in no order."""

    start: int
    end: int
    why: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """Something odd about original[start:end] that is the writer's to settle: nothing was changed."""

    kind: Kind
    start: int
    end: int
    why: str


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its clean text, and where it stands in the original: one span for each piece of it."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Table:
    """A table that the text held flattened, rows of cells; original[start:end] is all of it. `why`: how it was seen."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]
    why: str


@dataclass(frozen=True)
class Repaired:
    """`text` is `original` with `changes` (in order, none overlapping) applied. `suggestions` are not applied."""

    original: str
    text: str
    changes: tuple[Change, ...] = ()
    lost: tuple[Span, ...] = ()
    suggestions: tuple[Change, ...] = ()
    notes: tuple[Note, ...] = ()
    tables: tuple[Table, ...] = ()

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that text[start:end] came from, to the character where nothing was replaced.

        An empty stretch gives an empty one. ValueError unless 0 <= start <= end <= len(text).
        """
        _check(start, end, len(self.text))
        first = self._original_place(start, 0)
        return (first, first) if start == end else (first, self._original_place(end - 1, 1))

    def clean(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the clean text that original[start:end] went into; empty where it was taken out."""
        _check(start, end, len(self.original))
        return self._clean_place(start, 0), self._clean_place(end, 1)

    def written(self, number: int) -> tuple[int, int]:
        """Where the clean text holds what change `number` wrote; empty where it took something out."""
        start = self._starts[number]
        return start, start + len(self.changes[number].after)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each change begins in the clean text."""
        starts, shift = [], 0
        for change in self.changes:
            starts.append(change.start + shift)
            shift += len(change.after) - len(change.before)
        return starts

    def _original_place(self, place: int, side: int) -> int:
        """The left (side 0) or right (side 1) edge, in the original, of the clean character at `place`."""
        number = bisect.bisect_right(self._starts, place) - 1
        if number < 0:
            return place + side
        change, inside = self.changes[number], place - self._starts[number]
        if inside >= len(change.after):
            return change.end + inside - len(change.after) + side
        if len(change.after) == len(change.before):
            return change.start + inside + side
        return change.end if side else change.start

    def _clean_place(self, place: int, side: int) -> int:
        """Where the boundary `place` of the original lies in the clean text; inside a change, that change's edge."""
        number = bisect.bisect_right(self.changes, place, key=lambda change: change.start) - 1
        if number < 0:
            return place
        change, start = self.changes[number], self._starts[number]
        if place >= change.end:
            return start + len(change.after) + place - change.end
        if len(change.after) == len(change.before):
            return start + place - change.start
        return start + len(change.after) if side and place > change.start else start


def rebuild(original: str, changes: Iterable[Change]) -> str:
    """`original` with the changes applied. ValueError where one does not fit the text it says it found."""
    parts, at = [], 0
    for change in changes:
        if change.start < at or original[change.start:change.end] != change.before:
            raise ValueError(f"change at {change.start} does not fit the text")
        parts += [original[at:change.start], change.after]
        at = change.end
    return "".join([*parts, original[at:]])


def _check(start: int, end: int, length: int) -> None:
    if not 0 <= start <= end <= length:
        raise ValueError(f"[{start}, {end}) is no stretch of a text of {length} characters")
