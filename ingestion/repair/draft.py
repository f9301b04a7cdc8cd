"""A text on its way through the passes: each edit of the text as it now is, kept as a change of the original."""

import bisect
import itertools
import math
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ingestion.repair.repaired import Change, Kind, Note, Repaired, Span, Table


class Edit(NamedTuple):
    """text[start:end] of the text that a pass was given becomes `after`."""

    start: int
    end: int
    after: str
    kind: Kind
    confidence: float
    why: str


@dataclass
class Found:
    """What one pass found, all places in the text it was given: edits in order, none overlapping."""

    edits: list[Edit] = field(default_factory=list)
    lost: list[Span] = field(default_factory=list)
    suggestions: list[Edit] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


class Reason(NamedTuple):
    kind: Kind
    confidence: float
    why: str


class Piece(NamedTuple):
    """original[start:end] reads `text` now; without reasons it is a copy, letter for letter."""

    start: int
    end: int
    text: str
    reasons: tuple[Reason, ...] = ()


class Draft:
    """The original as pieces that are copied or replaced. Time of `apply`: linear in pieces and edits."""

    def __init__(self, original: str):
        self.original = original
        self.pieces = [Piece(0, len(original), original)]
        self.text = original
        self._changes: tuple[Change, ...] | None = ()

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make the edits, which are in order and do not overlap. One that cuts into a replaced piece takes it whole."""
        edits = [edit for edit in edits if self.text[edit.start:edit.end] != edit.after]
        if edits:
            self._changes = None
            self.pieces = list(self._replaced(edits))
            self.text = "".join(piece.text for piece in self.pieces)

    def _replaced(self, edits: list[Edit]) -> Iterator[Piece]:
        queue, at, last, turn = deque(_split(self.pieces, edits)), 0, 0, 0
        while turn < len(edits):
            while queue and at + len(queue[0].text) <= edits[turn].start:
                at, last = at + len(queue[0].text), queue[0].end
                yield queue.popleft()
            base, group, held = at, [], []
            while turn < len(edits) and (not held or edits[turn].start < at):
                held.append(edits[turn])
                turn += 1
                while queue and at < held[-1].end:
                    at += len(queue[0].text)
                    group.append(queue.popleft())
            merged = self._merged(group, held, base, last)
            last = merged.end
            yield merged
        yield from queue

    def _merged(self, group: list[Piece], edits: list[Edit], base: int, last: int) -> Piece:
        text = "".join(piece.text for piece in group)
        for edit in reversed(edits):
            text = text[:edit.start - base] + edit.after + text[edit.end - base:]
        start, end = (group[0].start, group[-1].end) if group else (last, last)
        if text == self.original[start:end]:
            return Piece(start, end, text)
        known = [reason for piece in group for reason in piece.reasons]
        return Piece(start, end, text, (*known, *(Reason(one.kind, one.confidence, one.why) for one in edits)))

    def so_far(self) -> Repaired:
        """The text as it now is, with the changes that made it."""
        if self._changes is None:
            self._changes = tuple(_change(self.original, piece) for piece in self.pieces if piece.reasons)
        return Repaired(self.original, self.text, self._changes)


def _split(pieces: list[Piece], edits: list[Edit]) -> Iterator[Piece]:
    """The pieces, copies cut where an edit begins or ends."""
    places = sorted({place for edit in edits for place in edit[:2]})
    at = turn = 0
    for piece in pieces:
        end = at + len(piece.text)
        first = turn = bisect.bisect_right(places, at, turn)
        turn = bisect.bisect_left(places, end, turn)
        if first == turn or piece.reasons:
            yield piece
        else:
            cuts = [0, *(place - at for place in places[first:turn]), end - at]
            yield from (Piece(piece.start + left, piece.start + right, piece.text[left:right])
                        for left, right in itertools.pairwise(cuts))
        at = end


def _change(original: str, piece: Piece) -> Change:
    """The first reason names the kind; all of them are told, and each takes its share of the confidence."""
    reason, before = piece.reasons[0], original[piece.start:piece.end]
    if len(piece.reasons) == 1:
        return Change(reason.kind, piece.start, piece.end, before, piece.text, reason.confidence, reason.why)
    confidence = math.prod(one.confidence for one in piece.reasons)
    why = "；".join(dict.fromkeys(one.why for one in piece.reasons))
    return Change(reason.kind, piece.start, piece.end, before, piece.text, round(confidence, 3), why)
