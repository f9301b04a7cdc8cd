"""What one process searches: an immutable main segment and small ones of what changed since. Arrays only."""

import functools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import structlog

from matching.fusion import Fusion
from matching.index.folders import StoreAway
from matching.index.ids import Chain
from matching.index.legs import Found, Legs, legs
from matching.index.moments import Spread
from matching.index.segments import Entry, Segment, segment
from matching.lexical.bm25 import Query, weigh_query
from matching.lexical.topk import fused
from matching.ranking import fuse
from matching.thesaurus.thesaurus import EMPTY, Thesaurus

__all__ = ["Entry", "Found", "Segment", "State", "segment"]

log = structlog.get_logger()
DEPTH = 100
"""How many of each leg are looked at, at least."""
_SMALL, _GROWTH = 64, 4
"""A later segment is merged with the one before it while that one is small, or less than so many times as large."""


@dataclass(frozen=True)
class State:
    """One kind of posting as it was at `seq`. Never changed: `with_changes` makes the next one."""

    main: Segment
    seq: int
    changed: Mapping[str, Entry | None] = field(default_factory=dict)
    """What differs from the main segment; None for a posting that is gone."""
    thesaurus: Thesaurus = EMPTY
    """What every posting here was weighed with, and every query must be."""
    later: tuple[Segment, ...] = ()
    """What changed, in small segments, oldest first. A posting that changed twice may stand in two."""
    dead: tuple[np.ndarray, ...] = (np.zeros(0, np.int64),)
    """For each segment, main first, the places of replaced and removed postings, ascending."""

    @property
    def segments(self) -> tuple[Segment, ...]:
        return (self.main, *self.later)

    @functools.cached_property
    def ids(self) -> Sequence[str]:
        """Every place's id; the places of replaced and removed postings are not `alive`."""
        return Chain([part.ids for part in self.segments])

    @functools.cached_property
    def alive(self) -> np.ndarray:
        """bool (places,)."""
        alive = np.ones(len(self.ids), bool)
        for start, dead in zip(self._starts, self.dead, strict=True):
            alive[start + dead] = False
        return alive

    @functools.cached_property
    def _starts(self) -> list[int]:
        return np.cumsum([0, *(len(part) for part in self.segments)])[:-1].tolist()

    def __len__(self) -> int:
        return sum(len(part) - len(dead) for part, dead in zip(self.segments, self.dead, strict=True))

    def with_changes(self, changes: Iterable[tuple[str, Entry | None]], seq: int) -> "State":
        """The state at `seq`."""
        new = dict(changes)
        changed = {**self.changed, **new}
        dead = [np.union1d(gone, part.ids.places(new)) for part, gone in zip(self.segments, self.dead, strict=True)]
        later, made = list(self.later), [entry for entry in new.values() if entry]
        while made and later and len(later[-1]) < max(_SMALL, _GROWTH * len(made)):
            alive = np.delete(np.arange(len(later[-1])), dead.pop())
            made += filter(None, (changed[later[-1].ids[place]] for place in alive.tolist()))
            later.pop()
        if made:
            later.append(segment(made, self.main.lexical.statistics))
            dead.append(np.zeros(0, np.int64))
        return State(self.main, seq, changed, self.thesaurus, tuple(later), tuple(dead))

    def places(self, keys: Iterable[str]) -> np.ndarray:
        """int64, ascending: where those of `keys` stand that stand anywhere; a posting that changed, everywhere."""
        keys = list(keys)
        return np.concatenate([start + part.ids.places(keys)
                               for part, start in zip(self.segments, self._starts, strict=True)])

    def weigh(self, title: str, body: str = "") -> dict[str, float]:
        """The grams of a text that asks, as `search` takes them."""
        return weigh_query(title, body, self.thesaurus)

    def search(self, grams: Mapping[str, float], vector: np.ndarray | None, weight: float = Fusion.dense,
               count: int = DEPTH, allowed: np.ndarray | None = None,
               wanted: Sequence[Collection[str]] = ()) -> Found:
        """The `count` best by fused score among the `count` (at least DEPTH) best of either leg; ties by id.

        `vector` None or zero: the lexical leg alone. `allowed`: bool (places,), who may be found; None for all alive.
        `wanted`: the grams of a text, or of several names of one thing, whose share is told of each place found.
        """
        if vector is None or not vector.any() or all(part.index is None for part in self.segments):
            vector = None
        depth = max(count, DEPTH)
        queries = [Query.of(self.main.lexical.statistics, grams if n == 0 else {}, text)
                   for n, text in enumerate(wanted or [()])]
        try:
            found = [legs(part, queries, vector, depth, gone, _within(allowed, start, part, gone))
                     for part, start, gone in zip(self.segments, self._starts, self.dead, strict=True) if len(part)]
        except StoreAway as error:
            log.error("no vectors, searching by words", error=str(error))
            return self.search(grams, None, weight, count, allowed, wanted)
        return self._fused(found, vector, weight, count) if found else _NOTHING

    def _fused(self, found: Sequence[Legs], vector: np.ndarray | None, weight: float, count: int) -> Found:
        """The `count` best of everything either leg found."""
        starts = [start for start, part in zip(self._starts, self.segments, strict=True) if len(part)]
        places = _joined([leg.places + start for leg, start in zip(found, starts, strict=True)])
        lexical, shares, cosines = (_joined([getattr(leg, name) for leg in found])
                                    for name in ("lexical", "shares", "cosines"))
        lexical_scale = _total([leg.lexical_spread for leg in found]).scale
        dense_scale = _total([leg.dense_spread for leg in found]).scale
        order, scores = fused(lexical, lexical_scale, cosines, dense_scale,
                              np.float32(0 if vector is None else weight), len(places) if len(found) > 1 else count)
        if len(found) > 1:  # places follow the ids within a segment only
            order = self._by_id(places[order], scores, order, count)
        order, scores = order[:count], scores[:count]
        return Found(places[order], scores, shares[order], cosines[order])

    def _by_id(self, places: np.ndarray, ranked: np.ndarray, order: np.ndarray, count: int) -> np.ndarray:
        """`order`, best first, as far as `count` and its ties go, those of one score in the order of their ids.

        `places` and `ranked`, their scores, stand in that order.
        """
        end = np.searchsorted(-ranked, -ranked[min(count, len(ranked)) - 1], side="right") if len(ranked) else 0
        order, equal = order[:end], np.diff(ranked[:end]) == 0
        if not equal.any():
            return order
        tied = np.append(equal, False) | np.append(False, equal)
        keys = np.array([self.ids[place] if among else ""
                         for place, among in zip(places[:end].tolist(), tied.tolist(), strict=True)])
        return order[np.lexsort((keys, -ranked[:end]))]

    def scores(self, grams: Mapping[str, float], vector: np.ndarray | None, weight: float = Fusion.dense) -> np.ndarray:
        """float32 (places,): every fused score, −inf where not alive; `search` finds the best of them without."""
        scores = np.full(len(self.ids), -np.inf, np.float32)
        if len(self):
            lexical = np.concatenate([part.lexical.scores(grams) for part in self.segments])
            dense = self.dense(vector)
            scores[self.alive] = fuse(lexical[self.alive], dense[self.alive] if dense.any() else dense[:0], weight)
        return scores

    def dense(self, vector: np.ndarray | None) -> np.ndarray:
        """float32 (places,): cosine of each posting with `vector`; zeros where there is nothing to compare."""
        if vector is None or not vector.any():
            return np.zeros(len(self.ids), np.float32)
        return np.concatenate([part.products(vector, np.arange(len(part))) for part in self.segments])

    def share(self, grams: Iterable[str]) -> np.ndarray:
        """float32 (places,): the idf-weighted share of `grams` that each posting has; 0 where not alive."""
        grams = list(grams)
        return np.concatenate([part.lexical.share(grams) for part in self.segments]) * self.alive

    def vector(self, key: str) -> np.ndarray | None:
        """The stored vector of a posting, if it has one and may be found."""
        if key not in self.changed:
            return self.main.vector(key)
        entry = self.changed[key]
        return entry.vector if entry is not None and entry.vector.size else None


def _within(allowed: np.ndarray | None, start: int, part: Segment, dead: np.ndarray) -> np.ndarray | None:
    """bool by place of the segment: who may be found there; None for everybody."""
    mask = None if allowed is None else allowed[start:start + len(part)]
    if len(dead):
        mask = np.ones(len(part), bool) if mask is None else mask.copy()
        mask[dead] = False
    return mask


def _joined(parts: Sequence[np.ndarray]) -> np.ndarray:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _total(spreads: Sequence[Spread]) -> Spread:
    return sum(spreads[1:], spreads[0])


_NOTHING = Found(np.zeros(0, np.int64), *np.zeros((3, 0), np.float32))
