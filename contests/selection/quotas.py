"""Who gets which grade under caps: exactly the best set, and for everybody left out the caps that did it.

The best set is lexicographic: no entry stands back for a lower-ranked one. Entries are taken by rank, each into the
best grade that is open to it. Caps only ever forbid, so what fits together still fits when some of it is taken away,
and taking each entry as soon as it fits gives the first rank the best it can have, then the second the best it can have
beside that, and so on: that is the definition of the lexicographic best, whether caps nest (enterprises within
districts) or cross. A set of more points in total may exist where they cross; docs/decisions/selection.md says why it
is not taken.

Equals that compete for less than all of them need are not decided by any order of rows: `contests.selection.equals`
finds everything that can become of them, and of whoever ranks below, and the committee settles it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contests.selection.ranking import Candidate, Ranked
from contests.selection.terms import Cap, Grade, Terms

Slot = tuple[int, str]
"""Index of a cap and the group it counts: one organisation, one district, "" for all."""
Usage = tuple[int, ...]
"""How many entries each binding slot holds."""


@dataclass(frozen=True)
class Obstacle:
    """What kept an entry from a grade: caps that were full when its turn came, or the cut-off it does not reach."""

    grade: Grade
    caps: tuple[Cap, ...] = ()

    @property
    def short(self) -> bool:
        """Whether its points do not reach the grade's cut-off."""
        return not self.caps


@dataclass(frozen=True)
class Way:
    """What an entry gets, and what keeps it from every better grade (from all of them, where it gets none)."""

    grade: Grade | None
    obstacles: tuple[Obstacle, ...]


class Room:
    """The caps of some terms over some candidates, and what they leave open. Slots that cannot fill up are left out."""

    def __init__(self, terms: Terms, candidates: Iterable[Candidate]):
        self.terms, self.limits = terms, terms.limits()
        counting = [(at, cap.per, cap.grade) for at, cap in enumerate(self.limits)]
        self.counting = [(grade, [(at, per) for at, per, only in counting if only in (None, grade.code)])
                         for grade in terms.grades]
        sizes = Counter(slot for one in candidates for slot in {*self._slots(one, [pair[:2] for pair in counting])})
        self.binding = {slot: at for at, slot in enumerate(
            sorted(slot for slot, size in sizes.items() if size > self.limits[slot[0]].most))}
        self.most = [self.limits[cap].most for cap, _ in self.binding]
        self.caps = [self.limits[cap] for cap, _ in self.binding]

    def empty(self) -> list[int]:
        return [0] * len(self.most)

    def profile(self, one: Ranked) -> "Profile":
        """The grades an entry's points reach, each with the binding slots it would take there."""
        points, binding = one.points, self.binding
        return tuple((grade, None if grade.cutoff is not None and points < grade.cutoff else tuple(
            binding[slot] for slot in self._slots(one.candidate, counting) if slot in binding))
            for grade, counting in self.counting)

    def way(self, profile: "Profile", usage: Sequence[int]) -> tuple[Way, tuple[int, ...]]:
        """The best grade that is open, and the slots it takes."""
        obstacles = []
        for grade, slots in profile:
            if slots is None:
                obstacles.append(Obstacle(grade))
                continue
            full = tuple(self.caps[slot] for slot in slots if usage[slot] >= self.most[slot])
            if not full:
                return Way(grade, tuple(obstacles)), slots
            obstacles.append(Obstacle(grade, full))
        return Way(None, tuple(obstacles)), ()

    def _slots(self, one: Candidate, counting: list[tuple[int, str]]) -> list[Slot]:
        """What counts the entry, of these caps."""
        groups = {"contest": "", "organisation": one.organisation, "district": one.district}
        return [(at, groups[per]) for at, per in counting if per == "contest" or groups[per]]


Profile = tuple[tuple[Grade, tuple[int, ...] | None], ...]
"""By grade, best first: the binding slots an entry takes there; None where its points do not reach it."""


def together(room: Room, profiles: Sequence[Profile], usage: list[int]) -> list[Way] | None:
    """What equals get when each has what it would get as the first of them; None where that does not fit.

    Where it fits, they get the same in whichever order they are taken. `usage` grows by what they take.
    """
    found = [room.way(profile, usage) for profile in profiles]
    taken = Counter(slot for _, slots in found for slot in slots)
    if any(usage[slot] + number > room.most[slot] for slot, number in taken.items()):
        return None
    for slot, number in taken.items():
        usage[slot] += number
    return [way for way, _ in found]


def classes(ranked: Sequence[Ranked], order: Mapping[Any, int]) -> Iterator[list[Ranked]]:
    """The ranking cut into sets of equals. `order`: the committee's own among equals, by key; without one they come
    last of theirs, still equal."""
    last = len(ranked) + 1

    def place(one: Ranked) -> tuple[int, int]:
        return one.rank, order.get(one.candidate.key, last)

    found: dict[tuple[int, int], list[Ranked]] = {}
    for one in ranked:
        found.setdefault(place(one), []).append(one)
    yield from (found[key] for key in sorted(found))
