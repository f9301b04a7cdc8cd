"""What taking an award off the list does to the ranking: whose place comes free, and who would follow. Values only."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Placed:
    """One award of a group as the list shows it. `grade` is its name."""

    position: int
    name: str
    grade: str
    rank: int


@dataclass(frozen=True)
class Move:
    """One line of the effect. `after` is the grade if those behind followed, empty where the award is taken away."""

    position: int
    name: str
    before: str
    after: str
    rank_before: int
    rank_after: int | None

    def as_document(self) -> dict:
        return asdict(self)


def effect_of(group: Sequence[Placed], struck: int) -> list[Move]:
    """The line at position `struck` falls away; everybody ranked behind it in its group moves up by one.

    `group`: the standing awards of one track. Grades keep their numbers of places, so a grade's vacancy would go to the
    next in rank. It is a forecast for who decides: filling the place is a new decision and a new 公示. In order of rank,
    ties by position; those who neither move nor change grade are left out. KeyError where nobody stands at `struck`.
    """
    ordered = sorted(group, key=lambda one: (one.rank, one.position))
    gone = next((one for one in ordered if one.position == struck), None)
    if gone is None:
        raise KeyError(struck)
    grades = [one.grade for one in ordered]
    moves = [Move(gone.position, gone.name, gone.grade, "", gone.rank, None)]
    rest = [one for one in ordered if one is not gone]
    for one, grade in zip(rest, grades, strict=False):
        rank = one.rank - (one.rank > gone.rank)
        if (rank, grade) != (one.rank, one.grade):
            moves.append(Move(one.position, one.name, one.grade, grade, one.rank, rank))
    return moves
