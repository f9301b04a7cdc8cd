"""Postings under both legs, never changed once made, and what a search must know of all of them at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import structlog

from matching.index.dense import FlatIndex, vector_index
from matching.index.folders import StoreAway
from matching.index.ids import Ids
from matching.index.moments import Moments, Spread
from matching.index.numbered import NumberedIndex
from matching.lexical.bm25 import Bm25, Statistics

log = structlog.get_logger()
_FEW = 1024
"""Up to so many vectors the spread of their inner products is counted, beyond it is reckoned."""


@dataclass(frozen=True)
class Entry:
    """One posting as both legs see it. `vector` is empty where nothing was embedded."""

    id: str
    grams: Mapping[str, float]
    vector: np.ndarray


class Segment:
    """Postings in ascending order of id: that order is their place."""

    def __init__(self, ids: Ids, lexical: Bm25, index: FlatIndex | NumberedIndex | None,
                 moments: Moments | None = None):
        """`index` holds the vector of every place, or is None where nothing was embedded. `moments`: for many."""
        self.ids, self.lexical, self.index, self.moments = ids, lexical, index, moments

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def nbytes(self) -> int:
        """Bytes in memory, near enough."""
        moments = self.moments.second.nbytes if self.moments else 0
        return len(bytes(self.ids)) + self.lexical.nbytes + moments + (self.index.nbytes if self.index else 0)

    def products(self, vector: np.ndarray | None, places: np.ndarray) -> np.ndarray:
        """float32: the inner product of `vector` with those postings' vectors, zeros where nothing was embedded."""
        if self.index is None or vector is None or not len(places):
            return np.zeros(len(places), np.float32)
        return self.index.products(vector, places)

    def spread(self, vector: np.ndarray, without: np.ndarray) -> Spread:
        """Of the inner products of every posting's vector with `vector`, those of the places `without` left out.

        Of vectors in a store they are not: to fetch them for each search would cost more than they can change.
        """
        if self.moments is None:
            return Spread.of(self.products(vector, np.delete(np.arange(len(self)), without)))
        whole = self.moments.spread(vector)
        if not len(without) or isinstance(self.index, NumberedIndex):
            return whole
        return whole - Spread.of(self.products(vector, without))

    def vector(self, key: str) -> np.ndarray | None:
        """The stored vector; None for an unknown posting, one without, or where the store is away."""
        place = self.ids.place(key)
        if self.index is None or place < 0:
            return None
        try:
            return self.index.vectors(np.array([place]))[0]
        except StoreAway as error:
            log.error("no stored vector", error=str(error))
            return None


def segment(entries: Sequence[Entry], statistics: Statistics | None = None) -> Segment:
    """A segment of entries in memory. `statistics`: those of the main segment, for a delta."""
    entries = sorted(entries, key=lambda entry: entry.id)
    dimensions = max((entry.vector.size for entry in entries), default=0)
    vectors = np.zeros((len(entries), dimensions), np.float32)
    for place, entry in enumerate(entries):
        if entry.vector.size:
            vectors[place] = entry.vector
    return built([entry.id for entry in entries], (entry.grams for entry in entries), vectors, statistics)


def built(ids: Sequence[str], documents: Iterable[Mapping[str, float]], vectors: np.ndarray,
          statistics: Statistics | None = None) -> Segment:
    """A segment of many postings: each document is read once and let go. `vectors`: float32 (postings, d), d ≥ 0."""
    index = vector_index(vectors) if vectors.size else None
    moments = Moments.of(vectors) if len(vectors) > _FEW and vectors.size else None
    return Segment(Ids(ids), Bm25(documents, statistics), index, moments)
