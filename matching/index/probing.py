"""How many lists of an IVF index to look through: read off where the true neighbours of a sample lie, not guessed.

A neighbour is found if its list is among the `probes` nearest to the query. So the recall of any number of probes is
known from the ranks of the lists that the true neighbours are in, and the number to use is a quantile of those ranks.
Of vectors that pass a filter at random, the ten nearest are spread over the 10 / selectivity nearest of all. A query is
no member of the index, and harder to answer than one: half of the sample are members, half lie midway between two
(cosine about .7 to both).
"""

from collections.abc import Callable, Mapping

import numpy as np

RECALL = 0.98
"""Aimed at on the sample; .95 is promised, and 8 bits a dimension cost .01 to .02."""
NEAREST, QUERIES, SEED = 10, 48, 20
SELECTIVITIES = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02)

Probes = Mapping[float, int]
"""Lists to look through, by the share of the vectors that pass the filter."""


def tune(vectors: np.ndarray, centroids: np.ndarray, lists_of: Callable[[np.ndarray], np.ndarray],
         fewest: int) -> Probes:
    """Probes for filters that let at least `fewest` vectors pass. `lists_of`: the list each row is in."""
    wanted = [share for share in SELECTIVITIES if share == 1 or share * len(vectors) > fewest]
    chosen = np.random.default_rng(SEED).choice(len(vectors), (2, min(QUERIES, len(vectors) // 2)), replace=False)
    found: dict[float, int] = {}
    for queries in (vectors[chosen[0]], vectors[chosen].sum(axis=0)):
        nearest = _nearest(vectors, queries, min(int(NEAREST / wanted[-1]), len(vectors) - 2) + 1)[:, 1:]
        ranks = _ranks(queries @ centroids.T, lists_of(nearest.ravel()).reshape(nearest.shape))
        for share in wanted:
            needed = int(np.quantile(ranks[:, :int(NEAREST / share)], RECALL, method="higher")) + 1
            found[share] = max(needed, found.get(share, 1))
    return found


def _ranks(scores: np.ndarray, lists: np.ndarray) -> np.ndarray:
    """Rank of each of `lists` (queries, n) among all lists by `scores` (queries, lists), 0 for the nearest."""
    order = np.argsort(-scores, axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(scores.shape[1])[None], axis=1)
    return np.take_along_axis(rank, lists, axis=1)


def probes_for(probes: Probes, share: float) -> int:
    """Those of the next smaller share that was measured, or of the smallest."""
    return probes[max((known for known in probes if known <= share), default=min(probes))]


def _nearest(vectors: np.ndarray, queries: np.ndarray, count: int, rows: int = 1 << 16) -> np.ndarray:
    """int64 (queries, count): rows by inner product, highest first."""
    best = np.full((len(queries), count), -np.inf, np.float32)
    found = np.zeros((len(queries), count), np.int64)
    for begin in range(0, len(vectors), rows):
        scores = queries @ vectors[begin:begin + rows].T
        both = np.hstack([best, scores])
        where = np.hstack([found, np.broadcast_to(np.arange(begin, begin + scores.shape[1]), scores.shape)])
        kept = np.argsort(-both, axis=1, kind="stable")[:, :count]
        best, found = np.take_along_axis(both, kept, axis=1), np.take_along_axis(where, kept, axis=1)
    return found
