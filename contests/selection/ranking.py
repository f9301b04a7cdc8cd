"""Ranks from points. Ties are broken by what the document measures, then they are ties: never by the order of rows."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from contests.selection.points import weigh
from contests.selection.terms import Criterion


@dataclass(frozen=True)
class Candidate:
    """One entry as selection sees it. `key` tells entries apart and stands for nothing else.

    `preferred`: how many of the document's 优先考虑 conditions it meets. `organisation` and `district` are what caps
    count by; "" where there is none, and then no cap of that kind counts it.
    """

    key: Any
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    preferred: int = 0
    organisation: str = ""
    district: str = ""


@dataclass(frozen=True)
class Ranked:
    """`rank` 1 is best; equals share a rank and the next one is skipped (1, 2, 2, 4). `points` are 0 to 100."""

    candidate: Candidate
    rank: int
    points: Decimal
    parts: Mapping[str, Decimal]


def rank(criteria: Iterable[Criterion], candidates: Iterable[Candidate]) -> list[Ranked]:
    """All candidates, best first.

    More points rank higher. At equal points: more preferred conditions met; then the higher figure of the first
    criterion, of the second, and so on in the definition's order. Who is still equal shares the rank.
    """
    criteria, candidates = list(criteria), list(candidates)
    points = weigh(criteria, {one.key: one.figures for one in candidates})

    def standing(one: Candidate) -> tuple:
        return (points[one.key].total, one.preferred, *(one.figures.get(by.code, Decimal(0)) for by in criteria))

    ordered = sorted(((standing(one), one) for one in candidates), key=lambda pair: pair[0], reverse=True)
    found: list[Ranked] = []
    for _, equals in itertools.groupby(ordered, key=lambda pair: pair[0]):
        place = len(found) + 1
        found += [Ranked(one, place, points[one.key].total, points[one.key].parts) for _, one in equals]
    return found
