"""How much of an answer is due to the place in the list alone, and how outcomes are freed of it. Arrays in, arrays out.

Position-based model: a pair at place k is answered with probability θ(k) · γ(pair): looked at, then found attractive
(Richardson, Dominowska, Ragno, WWW 2007). Only pairs that stood at two places tell θ from γ (intervention harvesting:
Agarwal et al., WSDM 2019); from all others the ranker's own good order would be taken for its readers' habit.
"""

from collections.abc import Sequence

import numpy as np

PLACES = 10
"""Places told apart; those further down count as the last."""
PRIOR_ANSWERS = 20.0
"""How many answers the prior is worth at each place: fewer harvested ones leave θ near it."""
MOST = 5.0
"""Largest inverse weight: beyond it one lucky answer far down would outweigh everything else."""


def prior() -> np.ndarray:
    """float64 (PLACES,): 1/log2(1 + k), the discount of nDCG, before anything was observed."""
    return 1 / np.log2(1 + np.arange(1, PLACES + 1))


def place_of(positions: np.ndarray) -> np.ndarray:
    """int64, same shape: positions (from 1) as indices into the propensities."""
    return np.clip(np.asarray(positions, np.int64), 1, PLACES) - 1


def propensities(pairs: np.ndarray, positions: np.ndarray, answered: np.ndarray) -> np.ndarray:
    """float64 (PLACES,), first 1: the chance that a place is looked at, relative to the first.

    `pairs` (n,) int from 0: which pair each impression showed; `positions` (n,) from 1; `answered` (n,) bool. For each
    two places the Mantel–Haenszel ratio of rates over the pairs that stood at both, in which γ cancels; then the
    log θ that fit all ratios best, each weighted by its answers, held to the prior by `PRIOR_ANSWERS`.
    """
    count = int(pairs.max()) + 1 if len(pairs) else 0
    cells = np.asarray(pairs, np.int64) * PLACES + place_of(positions)
    shown = np.bincount(cells, minlength=count * PLACES).reshape(count, PLACES)
    answers = np.bincount(cells, np.asarray(answered, float), count * PLACES).reshape(count, PLACES)
    system, target = np.eye(PLACES) * PRIOR_ANSWERS, np.log(prior()) * PRIOR_ANSWERS
    for one in range(PLACES):
        for other in range(one + 1, PLACES):
            ratio, weight = _rate_ratio(shown[:, [one, other]], answers[:, [one, other]])
            system[[one, other], [one, other]] += weight
            system[[one, other], [other, one]] -= weight
            target[one] += weight * ratio
            target[other] -= weight * ratio
    fitted = np.linalg.solve(system, target)
    return np.clip(np.exp(fitted - fitted[0]), 1e-3, 1)


def _rate_ratio(shown: np.ndarray, answers: np.ndarray) -> tuple[float, float]:
    """(log of the rate at the first place over the second, its weight: inverse variance) over pairs (n, 2)."""
    both = np.maximum(shown.sum(axis=1), 1)
    first, second = (answers[:, 0] * shown[:, 1] / both).sum(), (answers[:, 1] * shown[:, 0] / both).sum()
    if not first + second:
        return 0.0, 0.0
    return float(np.log((first + 0.5) / (second + 0.5))), float((first + 0.5) * (second + 0.5) / (first + second + 1))


def inverse(chances: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """float64 (n,): 1/θ of each position (0: it was in no list, weight 1), `MOST` at most."""
    positions = np.asarray(positions, np.int64)
    return np.where(positions > 0, np.minimum(MOST, 1 / chances[place_of(positions)]), 1.0)


def over_expectation(lists: Sequence[Sequence[bool]]) -> list[list[float]]:
    """Per list, for each place down to the last that was liked: liked (1) or passed over (0) minus how often that place
    was liked among the places so looked at, over all lists.

    Whoever reads as far as the last liked place has passed over what stands above it. Taken alone this would teach that
    the top is worse (it is passed over most); against the mean of its own place, a place teaches nothing.
    """
    looked = [list(one[:max((place for place, yes in enumerate(one, 1) if yes), default=0)]) for one in lists]
    places = np.array([place for one in looked for place in range(1, len(one) + 1)], np.int64)
    liked = np.array([yes for one in looked for yes in one], float)
    total = np.bincount(place_of(places), minlength=PLACES)
    mean = np.bincount(place_of(places), liked, PLACES) / np.maximum(total, 1)
    return [[float(yes) - float(mean[min(place, PLACES) - 1]) for place, yes in enumerate(one, 1)] for one in looked]
