"""What would change: the same entries under two terms, entry by entry, with the reason for every one that loses."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contests.selection.choice import NOTHING, Placed, Selection, select
from contests.selection.quotas import Obstacle
from contests.selection.ranking import Candidate
from contests.selection.terms import Terms


class Change(enum.StrEnum):
    entered = "entered"
    """Got no award before, gets one now."""
    left = "left"
    raised = "raised"
    """A better grade than before."""
    lowered = "lowered"
    opened = "opened"
    """Was certain and now depends on how the committee puts equals in order, or the other way round."""
    climbed = "climbed"
    """The same grade at a better rank."""
    fell = "fell"
    same = "same"


ORDER = tuple(Change)


@dataclass(frozen=True)
class Move:
    """One entry before and after. `because`: for one that loses, what keeps it from what it had; for one that gains,
    what had kept it from what it now gets."""

    before: Placed
    after: Placed
    change: Change
    because: tuple[Obstacle, ...]

    @property
    def key(self) -> Any:
        return self.after.key


@dataclass(frozen=True)
class Simulation:
    """`moves`: every entry, the most consequential changes first, each kind by rank afterwards."""

    before: Selection
    after: Selection
    moves: tuple[Move, ...]

    def moved(self) -> list[Move]:
        return [move for move in self.moves if move.change is not Change.same]


def simulate(present: Terms, changed: Terms, candidates: Iterable[Candidate],
             order: Mapping[Any, int] = NOTHING) -> Simulation:
    """Select under both terms. Nothing is written; Invalid where either cannot be used."""
    candidates = list(candidates)
    before, after = select(present, candidates, order), select(changed, candidates, order)
    were = {one.key: one for one in before.placed}
    grades = {grade.code: at for at, grade in enumerate(changed.grades)}
    moves = [_move(were[one.key], one, grades) for one in after.placed]
    return Simulation(before, after, tuple(sorted(moves, key=lambda move: (ORDER.index(move.change),
                                                                          move.after.ranked.rank))))


def _move(before: Placed, after: Placed, grades: Mapping[str, int]) -> Move:
    change = _change(before, after, grades)
    if change in (Change.left, Change.lowered):
        return Move(before, after, change, _of(after.obstacles, before))
    if change in (Change.entered, Change.raised):
        return Move(before, after, change, _of(before.obstacles, after))
    return Move(before, after, change, after.obstacles if change is Change.opened else ())


def _of(obstacles: tuple[Obstacle, ...], placed: Placed) -> tuple[Obstacle, ...]:
    """What stands between the entry and the grade that it has in `placed`."""
    return tuple(one for one in obstacles if placed.grade and one.grade.code == placed.grade.code)


def _change(before: Placed, after: Placed, grades: Mapping[str, int]) -> Change:
    if before.certain != after.certain:
        return Change.opened
    lowest = len(grades)
    was, now = (grades[one.grade.code] if one.grade else lowest for one in (before, after))
    if was != now:
        return (Change.entered if was == lowest else Change.raised) if now < was else (
            Change.left if now == lowest else Change.lowered)
    if before.ranked.rank != after.ranked.rank:
        return Change.climbed if after.ranked.rank < before.ranked.rank else Change.fell
    return Change.same
