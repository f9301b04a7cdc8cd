"""The whole of a selection: every entry's rank, points and grade, the caps that kept it out, and ties to settle."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from contests.selection.equals import Possible, possible
from contests.selection.quotas import Obstacle, Profile, Room, Usage, Way, classes, together
from contests.selection.ranking import Candidate, Ranked, rank
from contests.selection.terms import Grade, Terms, check

NOTHING: Mapping[Any, int] = {}


@dataclass(frozen=True)
class Placed:
    """What becomes of one entry. `grades`: all it may end with while equals are not settled, best first, None for no
    award; exactly one once it is certain. `obstacles`: what keeps, or may keep, it from better ones."""

    ranked: Ranked
    grades: tuple[Grade | None, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def key(self) -> Any:
        return self.ranked.candidate.key

    @property
    def certain(self) -> bool:
        return len(self.grades) == 1

    @property
    def grade(self) -> Grade | None:
        """The grade it gets for certain; None where it gets none or nobody can say yet."""
        return self.grades[0] if self.certain else None


@dataclass(frozen=True)
class Tie:
    """Equals that compete for what is left: the committee puts them in order. `members`: their keys."""

    rank: int
    points: Decimal
    members: tuple[Any, ...]


@dataclass(frozen=True)
class Selection:
    """`placed`: all entries, best first. `ties`: the sets of equals to be settled before anybody can decide."""

    placed: tuple[Placed, ...]
    ties: tuple[Tie, ...]

    def awarded(self) -> list[Placed]:
        """Who gets a grade for certain, best first."""
        return [one for one in self.placed if one.grade is not None]


def select(terms: Terms, candidates: Iterable[Candidate], order: Mapping[Any, int] = NOTHING) -> Selection:
    """Weigh, rank and select. `order`: the committee's places among equals, by key; it never lifts one rank over
    another. Invalid where the terms or a figure cannot be used."""
    ranked = rank(check(terms).criteria, candidates)
    return _Run(terms, ranked).over(list(classes(ranked, order)))


class _Run:
    """One pass over the ranking. `usages` are the states the caps may be in; None once there are too many to follow."""

    def __init__(self, terms: Terms, ranked: Sequence[Ranked]):
        self.terms = terms
        self.room = Room(terms, [one.candidate for one in ranked])
        self.usages: frozenset[Usage] | None = frozenset({tuple(self.room.empty())})
        self.placed: list[Placed] = []
        self.ties: list[Tie] = []

    def over(self, sets: list[list[Ranked]]) -> Selection:
        usage = self.room.empty()
        rest = iter(sets)
        for equals in rest:
            found = together(self.room, [self.room.profile(one) for one in equals], usage)
            if found is None:
                self.usages = frozenset({tuple(usage)})
                self._open(equals)
                break
            self.placed += [Placed(one, (way.grade,), way.obstacles)
                            for one, way in zip(equals, found, strict=True)]
        for equals in rest:
            self._open(equals)
        return Selection(tuple(self.placed), tuple(self.ties))

    def _open(self, equals: list[Ranked]) -> None:
        """Equals from the first tie on: whatever may become of them."""
        profiles = [self.room.profile(one) for one in equals]
        competing = self._compete(profiles)
        found = None if self.usages is None else possible(self.room, profiles, self.usages)
        self.usages = None if found is None else found.usages
        if competing:
            self.ties.append(Tie(equals[0].rank, equals[0].points, tuple(one.candidate.key for one in equals)))
        self.placed += self._unknown(equals, profiles) if found is None else _known(self.terms, equals, found)

    def _compete(self, profiles: list[Profile]) -> bool:
        """Whether in some state of the caps not all of these equals get what each would get first."""
        if self.usages is None or len(profiles) == 1:
            return False
        return any(together(self.room, profiles, list(usage)) is None for usage in self.usages)

    def _unknown(self, equals: list[Ranked], profiles: list[Profile]) -> list[Placed]:
        """Beyond what can be followed: anything its points reach."""
        found = []
        for one, profile in zip(equals, profiles, strict=True):
            reached = [grade for grade, slots in profile if slots is not None]
            short = tuple(Obstacle(grade) for grade, slots in profile if slots is None)
            found.append(Placed(one, (*reached, None), short))
        return found


def _known(terms: Terms, equals: list[Ranked], found: Possible) -> list[Placed]:
    return [Placed(one, _grades(terms, ways), _obstacles(terms, ways))
            for one, ways in zip(equals, found.ways, strict=True)]


def _grades(terms: Terms, ways: frozenset[Way]) -> tuple[Grade | None, ...]:
    reached = {way.grade for way in ways}
    return tuple(grade for grade in (*terms.grades, None) if grade in reached)


def _obstacles(terms: Terms, ways: frozenset[Way]) -> tuple[Obstacle, ...]:
    """One obstacle a grade, with every cap that may stand in the way there."""
    caps: dict[str, dict] = {}
    for way in ways:
        for obstacle in way.obstacles:
            caps.setdefault(obstacle.grade.code, {}).update(dict.fromkeys(obstacle.caps))
    limits = terms.limits()
    return tuple(Obstacle(grade, tuple(cap for cap in limits if cap in caps[grade.code]))
                 for grade in terms.grades if grade.code in caps)
