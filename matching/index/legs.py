"""What the two legs find in one segment, and what a search makes of it."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.index.moments import Spread
from matching.index.segments import Segment
from matching.lexical.bm25 import Query
from matching.lexical.topk import best, joined, sums

_NONE = np.zeros(0, bool)
_NO_SHARES = np.zeros(0, np.float32)
_NO_VECTORS = np.zeros(0, np.int64), np.zeros(0, np.float32)


@dataclass(frozen=True)
class Found:
    """Places found, best first, and what each leg says of them: arrays of one length."""

    places: np.ndarray
    """int64, into `State.ids`."""
    scores: np.ndarray
    """float32: (1 − w) · z(BM25) + w · z(cosine), z over every live posting."""
    shares: np.ndarray
    """float32: the idf-weighted share, 0 … 1, of the wanted grams that each has; of several texts, the largest."""
    cosines: np.ndarray
    """float32; zeros without a vector."""

    def __len__(self) -> int:
        return len(self.places)

    def only(self, chosen: np.ndarray) -> "Found":
        """Those at `chosen`: bool, or indices."""
        return Found(self.places[chosen], self.scores[chosen], self.shares[chosen], self.cosines[chosen])


class _Scratch(threading.local):
    """Buffers that a thread uses again: fresh memory for each search would cost more than the search."""

    def __init__(self) -> None:
        self._rows = np.zeros((3, 0), np.float32)

    def rows(self, size: int) -> np.ndarray:
        """float32 (3, size), of any content."""
        if self._rows.shape[1] < size:
            self._rows = np.zeros((3, size + size // 8), np.float32)
        return self._rows[:, :size]


_scratch = _Scratch()


@dataclass(frozen=True)
class Legs:
    """What one segment has for a query: arrays of one length, and the spreads over all its live postings."""

    places: np.ndarray
    lexical: np.ndarray
    shares: np.ndarray
    cosines: np.ndarray
    lexical_spread: Spread
    dense_spread: Spread


def legs(part: Segment, queries: Sequence[Query], vector: np.ndarray | None, depth: int, dead: np.ndarray,
          mask: np.ndarray | None) -> Legs:
    """The `depth` best of either leg among `mask` (None: all), each with what both legs say of it."""
    total, share, other = _scratch.rows(len(part))
    part.lexical.scan(queries[0], total, share)
    spread = Spread(len(part), *sums(total))
    if len(dead):
        spread -= Spread.of(total[dead])
    places = best(total, depth, _NONE if mask is None else mask)
    asked = share if queries[0].asks else _NO_SHARES
    found = _NO_VECTORS if vector is None or part.index is None else part.index.search(vector, depth, mask)
    places, lexical, shares, cosines, others = joined(places, *found, total, asked)
    cosines[others] = part.products(vector, places[others])
    for query in queries[1:]:
        part.lexical.scan(query, other, share)
        shares = np.maximum(shares, share[places])
    dense = Spread(0, 0.0, 0.0) if vector is None else part.spread(vector, dead)
    return Legs(places, lexical, shares, cosines, spread, dense)
