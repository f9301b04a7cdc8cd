"""Lists and what was done with them: which place was answered, what that says of places and of pairs."""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.learning.bias import inverse, over_expectation, propensities
from matching.learning.outcomes import LOOKED, MOST_LOOKS, Kind, Outcome, Pair

ANSWERED_WITHIN = dt.timedelta(days=30)
"""How long after it was shown an act is still put down to a list."""


@dataclass(frozen=True)
class Seen:
    """One impression. `side` is whose list it was ("enterprise" or "expert")."""

    viewer: uuid.UUID
    side: str
    pair: Pair
    position: int
    at: dt.datetime
    day: dt.date
    opened: bool


@dataclass(frozen=True)
class Reaction:
    """Something done about a pair. `viewer` None: by anybody of that side. `liked`: not a dismissal."""

    pair: Pair
    side: str
    at: dt.datetime
    liked: bool
    viewer: uuid.UUID | None = None


@dataclass(frozen=True)
class Reading:
    """What the lists say: the chance that each place is looked at, which pairs were liked, where each pair began."""

    chances: np.ndarray
    """float64 (bias.PLACES,), first 1."""
    looks: list[Outcome]
    """One a pair that was looked at."""
    began_at: dict[Pair, int]
    """Pair → the place of the list in which the first act about it began."""
    lists: int
    answered: int


def read(seen: Sequence[Seen], reactions: Iterable[Reaction]) -> Reading:
    """Put each act down to the last list in which its pair was shown before, then read the lists."""
    liked, answered, began_at = _credited(seen, reactions)
    pairs = _numbered([(one.side, one.pair) for one in seen])
    chances = propensities(pairs, np.array([one.position for one in seen], np.int64), answered)
    lists = _lists(seen, answered & ~liked)
    differences = over_expectation([[bool(liked[i]) for i in one] for one in lists])
    looks = [(seen[i], difference) for one, some in zip(lists, differences, strict=True)
             for i, difference in zip(one, some, strict=False)]
    return Reading(chances, _looks(looks), began_at, len(lists), int(answered.sum()))


def corrected(outcomes: Iterable[Outcome], reading: Reading) -> list[Outcome]:
    """Outcomes with the place they began at, weighed by the inverse of the chance that it was looked at."""
    placed = [replace(one, position=reading.began_at.get(one.pair, 0)) for one in outcomes]
    factors = inverse(reading.chances, np.array([one.position for one in placed], np.int64))
    return [replace(one, weight=one.weight * float(factor)) for one, factor in zip(placed, factors, strict=True)]


def _credited(seen: Sequence[Seen], reactions: Iterable[Reaction]) -> tuple[np.ndarray, np.ndarray, dict[Pair, int]]:
    """(liked (n,), answered (n,), where each pair began), from the acts and from what was opened."""
    liked = np.array([one.opened for one in seen], bool)
    answered, began_at = liked.copy(), {}
    shown: dict[tuple[Pair, str], list[int]] = {}
    for place, one in enumerate(seen):
        shown.setdefault((one.pair, one.side), []).append(place)
    for act in sorted(reactions, key=lambda one: (one.at, str(one.pair))):
        before = [i for i in shown.get((act.pair, act.side), ())
                  if seen[i].at <= act.at <= seen[i].at + ANSWERED_WITHIN and act.viewer in (None, seen[i].viewer)]
        if before:
            last = max(before, key=lambda i: (seen[i].at, i))
            answered[last], liked[last] = True, liked[last] or act.liked
            began_at.setdefault(act.pair, seen[last].position)
    return liked, answered, began_at


def _lists(seen: Sequence[Seen], dismissed: np.ndarray) -> list[list[int]]:
    """Impressions of one list together, top first: one person, one demand (or one expert), one day.

    What was `dismissed` is left out: it was looked at, and says by its code whether that was about the match.
    """
    def key(i: int) -> tuple:
        one = seen[i]
        return str(one.viewer), one.side, str(one.pair[one.side == "expert"]), one.day
    order = sorted(np.flatnonzero(~dismissed).tolist(), key=lambda i: (key(i), seen[i].position, i))
    return [list(group) for _, group in itertools.groupby(order, key=key)]


def _looks(looks: Iterable[tuple[Seen, float]]) -> list[Outcome]:
    """One outcome a pair: the mean difference of its looks, weighed by their number."""
    found: dict[Pair, list[tuple[Seen, float]]] = {}
    for one, difference in looks:
        found.setdefault(one.pair, []).append((one, difference))
    return [Outcome(pair, Kind.looked, LOOKED.gain * sum(d for _, d in some) / len(some),
                    LOOKED.weight * min(len(some), MOST_LOOKS), max(one.at for one, _ in some))
            for pair, some in found.items()]


def _numbered(names: Sequence) -> np.ndarray:
    number: dict = {}
    return np.array([number.setdefault(name, len(number)) for name in names], np.int64)
