"""Two rankers on demands that neither has seen: where the people stood with whom it came to a collaboration.

What goes live is exactly what was compared: nothing of the demands that judge has taught either. The lists from which
those collaborations grew were ordered by the ranker in use, which favours it: a candidate has to win against that.
"""

import datetime as dt
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.learning.kernel import KernelRanker

CUT = 10
RESAMPLES = 2000
CONFIDENCE = 0.99
"""Wider than usual: at 30 demands, whose people partly are the same, the percentile interval is too narrow. Measured, 5
of 200 cities with outcomes by lot would have gone live with .99, 11 with .95
(tests/unit/matching/learning/test_comparison.py)."""
MIN_UNSEEN = 30
"""Demands with a collaboration that neither ranker has seen, below which nothing goes live by itself: the mean of 30
paired differences is known to about ±.04 (their spread on the shared half is .1), so less could show nothing."""
MIN_TAUGHT = 25
"""Demands to learn from, below which nothing is trained: at 25 the gain is .003 (docs/matching.md): noise."""
HELD_OUT = 0.3
"""Share of the demands with a collaboration, the newest, that is kept for comparing."""


@dataclass(frozen=True)
class Split:
    """What may teach and what judges, apart in time and by demand."""

    judging: frozenset
    """Demands with a collaboration confirmed at or after `since`. None of their pairs teaches anything."""
    since: dt.datetime | None
    """Only what was known before teaches. None where nothing can judge."""


def split(collaborated: Mapping[Hashable, dt.datetime], seen: Collection[Hashable]) -> Split:
    """Hold out the newest demands with a collaboration that the ranker in use has not `seen`; ties in time together."""
    fresh = sorted((at for demand, at in collaborated.items() if demand not in seen), reverse=True)
    wanted = max(MIN_UNSEEN, round(HELD_OUT * len(collaborated)))
    if not fresh:
        return Split(frozenset(), None)
    since = fresh[min(wanted, len(fresh)) - 1]
    return Split(frozenset(demand for demand, at in collaborated.items() if at >= since and demand not in seen), since)


@dataclass(frozen=True)
class Case:
    """One demand that neither ranker has seen: its pool as retrieved, and what became of whom."""

    demand: str
    vector: np.ndarray
    """float32 (d,)."""
    candidates: tuple[str, ...]
    """m keys, each once."""
    scores: np.ndarray
    """(m,): fused."""
    capabilities: np.ndarray
    """float32 (m, d): the vector of each candidate's best posting."""
    gains: dict[str, float]
    """Candidate → what became of the pair, 0 to 1; nothing known counts 0."""
    partners: tuple[str, ...]
    """The candidates with whom a collaboration was confirmed."""


@dataclass(frozen=True)
class Look:
    """One case under both rankers: nDCG@10, and each candidate's place (from 1)."""

    case: Case
    before: float
    after: float
    places_before: dict[str, int]
    places_after: dict[str, int]


@dataclass(frozen=True)
class Verdict:
    """Means over the cases, the difference with its interval of `CONFIDENCE`, and whether it lies above 0 whole."""

    before: float
    after: float
    low: float
    high: float
    looks: tuple[Look, ...]

    @property
    def better(self) -> bool:
        return self.low > 0


def adjusted(case: Case, ranker: KernelRanker | None) -> np.ndarray:
    """(m,): fused score plus what `ranker` learned; None is the plain ranking."""
    return case.scores if ranker is None else case.scores + ranker.adjust(case.vector, case.capabilities)


def places(case: Case, scores: np.ndarray) -> dict[str, int]:
    """Candidate → place from 1, highest score first, ties by key."""
    order = sorted(range(len(case.candidates)), key=lambda i: (-scores[i], case.candidates[i]))
    return {case.candidates[i]: place for place, i in enumerate(order, 1)}


def ndcg(case: Case, at: dict[str, int]) -> float:
    """nDCG@10 with linear gains (Järvelin, Kekäläinen 2002): Σ gain/log2(1 + place), over the best possible."""
    found = sum(gain / np.log2(1 + at[key]) for key, gain in case.gains.items() if at.get(key, CUT + 1) <= CUT)
    ideal = sorted(case.gains.values(), reverse=True)[:CUT]
    best = sum(gain / np.log2(1 + place) for place, gain in enumerate(ideal, 1))
    return float(found / best) if best else 0.0


def compare(cases: Sequence[Case], before: KernelRanker | None, after: KernelRanker | None, seed: int = 0) -> Verdict:
    """Both rankers on the same cases, with a paired bootstrap over demands. ValueError without cases."""
    if not cases:
        raise ValueError("nothing to compare on")
    looks = [_look(case, before, after) for case in cases]
    gained = np.array([look.after - look.before for look in looks])
    low, high = interval(gained, seed)
    return Verdict(float(np.mean([look.before for look in looks])), float(np.mean([look.after for look in looks])),
                   low, high, tuple(looks))


def _look(case: Case, before: KernelRanker | None, after: KernelRanker | None) -> Look:
    then, now = places(case, adjusted(case, before)), places(case, adjusted(case, after))
    return Look(case, ndcg(case, then), ndcg(case, now), then, now)


def interval(differences: np.ndarray, seed: int = 0) -> tuple[float, float]:
    """The middle `CONFIDENCE` of the bootstrap means of paired differences (Efron's percentile interval)."""
    drawn = np.random.default_rng(seed).integers(0, len(differences), (RESAMPLES, len(differences)))
    outside = (1 - CONFIDENCE) / 2
    low, high = np.quantile(differences[drawn].mean(axis=1), [outside, 1 - outside])
    return float(low), float(high)
