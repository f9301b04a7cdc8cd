"""What one process searches: an immutable main segment and a small delta of what changed since. Arrays only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from matching.index import FaissIndex
from matching.lexical import Bm25, Statistics, weigh_query
from matching.ranking import DENSE_WEIGHT, fuse
from matching.thesaurus import EMPTY, Thesaurus


@dataclass(frozen=True)
class Entry:
    """One posting as both legs see it. `vector` is empty where nothing was embedded."""

    id: str
    grams: Mapping[str, float]
    vector: np.ndarray


class Segment:
    """Postings under both legs, in the order given: that order is their place."""

    def __init__(self, ids: Sequence[str], documents: Sequence[Mapping[str, float]], index: FaissIndex | None,
                 statistics: Statistics | None = None):
        """`index` is None where nothing was embedded; ids of it that are not in `ids` are left out of every answer."""
        self.ids = list(ids)
        self.lexical = Bm25(documents, statistics)
        self.index = index
        if index is not None:
            place = {key: i for i, key in enumerate(self.ids)}
            self._place_of = np.array([place.get(key, -1) for key in index.ids()], np.int64)

    def dense(self, vector: np.ndarray) -> np.ndarray:
        """float32 (postings,): the inner product of each posting's vector with `vector`."""
        scores = np.zeros(len(self.ids), np.float32)
        if self.index is not None and len(self.index):
            positions, values = self.index.nearest(vector, len(self.index))
            places = self._place_of[positions]
            scores[places[places >= 0]] = values[places >= 0]
        return scores

    def vector(self, key: str) -> np.ndarray | None:
        return self.index.vectors([key])[0] if self.index is not None and key in self.index else None


def segment(entries: Sequence[Entry], statistics: Statistics | None = None) -> Segment:
    """A segment of entries in memory. `statistics`: those of the main segment, for a delta."""
    index = None
    if entries and entries[0].vector.size:
        index = FaissIndex(entries[0].vector.size)
        index.add([e.id for e in entries], np.array([e.vector for e in entries], np.float32))
    return Segment([e.id for e in entries], [e.grams for e in entries], index, statistics)


@dataclass(frozen=True)
class State:
    """One kind of posting as it was at `seq`. Never changed: `with_changes` makes the next one."""

    main: Segment
    seq: int
    changed: Mapping[str, Entry | None] = field(default_factory=dict)
    """What differs from the main segment; None for a posting that is gone."""
    thesaurus: Thesaurus = EMPTY
    """What every posting here was weighed with, and every query must be."""

    ids: list[str] = field(init=False, repr=False)
    """Every place's id; the places of replaced and removed postings are not `alive`."""
    alive: np.ndarray = field(init=False, repr=False)
    delta: Segment = field(init=False, repr=False)

    def __post_init__(self) -> None:
        entries = [entry for _, entry in sorted(self.changed.items()) if entry]
        delta = segment(entries, self.main.lexical.statistics)
        alive = [key not in self.changed for key in self.main.ids] + [True] * len(entries)
        object.__setattr__(self, "delta", delta)
        object.__setattr__(self, "ids", self.main.ids + delta.ids)
        object.__setattr__(self, "alive", np.array(alive, bool))

    def __len__(self) -> int:
        return int(self.alive.sum())

    def with_changes(self, changes: Iterable[tuple[str, Entry | None]], seq: int) -> "State":
        """The state at `seq`."""
        return State(self.main, seq, {**self.changed, **dict(changes)}, self.thesaurus)

    def weigh(self, title: str, body: str = "") -> dict[str, float]:
        """The grams of a text that asks, as `scores` takes them."""
        return weigh_query(title, body, self.thesaurus)

    def scores(self, grams: Mapping[str, float], vector: np.ndarray | None, weight: float = DENSE_WEIGHT) -> np.ndarray:
        """float32 (places,): fused score, −inf where not alive. `vector` None or zero: the lexical leg alone."""
        scores = np.full(len(self.ids), -np.inf, np.float32)
        if len(self):
            lexical = np.concatenate([self.main.lexical.scores(grams), self.delta.lexical.scores(grams)])
            dense = self.dense(vector)
            scores[self.alive] = fuse(lexical[self.alive], dense[self.alive] if dense.any() else dense[:0], weight)
        return scores

    def dense(self, vector: np.ndarray | None) -> np.ndarray:
        """float32 (places,): cosine of each posting with `vector`; zeros where there is nothing to compare."""
        if vector is None or not vector.any():
            return np.zeros(len(self.ids), np.float32)
        return np.concatenate([self.main.dense(vector), self.delta.dense(vector)])

    def share(self, grams: Iterable[str]) -> np.ndarray:
        """float32 (places,): the idf-weighted share of `grams` that each posting has; 0 where not alive."""
        grams = list(grams)
        return np.concatenate([self.main.lexical.share(grams), self.delta.lexical.share(grams)]) * self.alive

    def vector(self, key: str) -> np.ndarray | None:
        """The stored vector of a posting, if it has one and may be found."""
        return self.delta.vector(key) if key in self.changed else self.main.vector(key)
