"""How good a ranking is. One metric a function; gains and ranks in, numbers out."""

from collections.abc import Sequence

import numpy as np

SAMPLES = 2_000
SEED = 20201101


def dcg(gains: Sequence[float], depth: int = 10) -> float:
    """Σ gainᵢ / log₂(i + 1) over the first `depth`, ranks from 1 (Järvelin and Kekäläinen 2002, linear gain)."""
    kept = np.asarray(gains, float)[:depth]
    return float(kept @ (1 / np.log2(np.arange(2, len(kept) + 2))))


def ndcg(gains: Sequence[float], depth: int = 10) -> float:
    """DCG of gains in ranked order over the DCG of the best order; NaN where nothing has a gain."""
    best = dcg(sorted(gains, reverse=True), depth)
    return dcg(gains, depth) / best if best else float("nan")


def recall(relevant: Sequence[bool], depth: int, total: int) -> float:
    """The share of `total` relevant ones (at most `depth` count) among the first `depth`; NaN without any."""
    return float(np.sum(relevant[:depth])) / min(total, depth) if total else float("nan")


def reciprocal_rank(relevant: Sequence[bool], depth: int = 10) -> float:
    """1 / the rank of the first relevant one among the first `depth`; 0 where there is none."""
    found = np.flatnonzero(np.asarray(relevant[:depth], bool))
    return 1 / (int(found[0]) + 1) if len(found) else 0.0


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean of the finite values and its 95 % percentile bootstrap over queries, with a fixed seed (Efron 1979)."""
    kept = np.asarray(values, float)
    kept = kept[np.isfinite(kept)]
    if not len(kept):
        return (float("nan"),) * 3
    drawn = np.random.default_rng(SEED).integers(0, len(kept), (SAMPLES, len(kept)))
    low, high = np.percentile(kept[drawn].mean(axis=1), [2.5, 97.5])
    return float(kept.mean()), float(low), float(high)
