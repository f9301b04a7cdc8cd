"""BM25 over characters, pairs of characters and whole Latin terms. Numpy only, deterministic, immutable.

Robertson and Zaragoza, The Probabilistic Relevance Framework (2009); idf as Lucene has it, never negative.
"""

import functools
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.text import grams_of, normalise
from matching.thesaurus import EMPTY, Thesaurus

K1, B = 1.2, 0.75
BODY_WEIGHT = 0.3
"""A word of the body counts this much of a word of the title (shared/docs/matching.md: .1 to .5 is flat)."""
OTHER_NAME = 0.7
"""Another name for what a query names counts this much of the name itself (docs/matching.md: .3 to 1 is flat for whole
demands; what is found by another name alone grows up to here)."""
_NAMED = "\0"
"""Begins the token of a name. No gram does: folding drops it."""


def weigh(title: str, body: str = "", thesaurus: Thesaurus = EMPTY) -> dict[str, float]:
    """Weighted gram counts of a text with a title: what BM25 takes as term frequency.

    With a thesaurus, each thing that is named also counts under its other names, as far as the text lacks their grams:
    a text that has the very word asked for is found by it, and not a second time by the thesaurus.
    """
    fields = (normalise(title), 1.0), (normalise(body), BODY_WEIGHT)
    counts = _counts(fields)
    for folded, weight in fields:
        for name in thesaurus.other_names(folded):
            spelt = _spelt(name)
            lacking = sum(gram not in counts for gram in spelt) / len(spelt)
            if lacking:
                counts[_NAMED + name] = counts.get(_NAMED + name, 0.0) + weight * lacking
    return counts


def weigh_query(title: str, body: str = "", thesaurus: Thesaurus = EMPTY) -> dict[str, float]:
    """The same for a text that asks, each name in it counting once more, to meet who used another.

    `thesaurus` is the one that the documents were weighed with.
    """
    fields = (normalise(title), 1.0), (normalise(body), BODY_WEIGHT)
    counts = _counts(fields)
    for folded, weight in fields:
        for name in thesaurus.names(folded):
            counts[_NAMED + name] = counts.get(_NAMED + name, 0.0) + OTHER_NAME * weight * len(_spelt(name))
    return counts


def _counts(fields: Iterable[tuple[str, float]]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for folded, weight in fields:
        for gram, count in Counter(grams_of(folded)).items():
            counts[gram] = counts.get(gram, 0.0) + weight * count
    return counts


@functools.lru_cache(100_000)
def _spelt(name: str) -> tuple[str, ...]:
    """The grams that a name is written with; itself where it has none (a stop phrase, a sign)."""
    return tuple(grams_of(name)) or (name,)


@dataclass(frozen=True)
class Statistics:
    """What the weight of a gram depends on beside its own document. Frozen with the main segment, so that a posting
    added later is scored on the same scale."""

    documents: int
    mean_length: float
    frequency: Mapping[str, int]

    @classmethod
    def of(cls, documents: Sequence[Mapping[str, float]]) -> "Statistics":
        lengths = [sum(d.values()) for d in documents]
        return cls(len(documents), (sum(lengths) / len(lengths) if lengths else 0.0) or 1.0,
                   Counter(gram for d in documents for gram in d))

    def idf(self, gram: str) -> float:
        """ln(1 + (N − n + ½)/(n + ½)); a gram never seen weighs as one seen in no document."""
        n = self.frequency.get(gram, 0)
        return math.log(1 + (self.documents - n + 0.5) / (n + 0.5))


class Bm25:
    """Scores of every document of one segment for a query. Postings are two arrays a gram: places and weights."""

    def __init__(self, documents: Sequence[Mapping[str, float]], statistics: Statistics | None = None):
        self.statistics = statistics or Statistics.of(documents)
        self.count = len(documents)
        places: dict[str, array] = {}
        weights: dict[str, array] = {}
        for place, document in enumerate(documents):
            norm = K1 * (1 - B + B * sum(document.values()) / self.statistics.mean_length)
            for gram, frequency in document.items():
                places.setdefault(gram, array("i")).append(place)
                weights.setdefault(gram, array("f")).append(frequency * (K1 + 1) / (frequency + norm))
        self._postings = {gram: (np.frombuffer(places[gram], np.int32),
                                 np.frombuffer(weights[gram], np.float32) * np.float32(self.statistics.idf(gram)))
                          for gram in places}

    def scores(self, query: Mapping[str, float]) -> np.ndarray:
        """float32 (documents,), ≥ 0. `query` is a weighted gram count; grams unknown here count for nothing."""
        total = np.zeros(self.count, np.float32)
        for gram, weight in query.items():
            posting = self._postings.get(gram)
            if posting is not None:
                total[posting[0]] += np.float32(weight) * posting[1]
        return total

    def share(self, wanted: Iterable[str]) -> np.ndarray:
        """float32 (documents,): the idf-weighted share, 0 … 1, of the distinct `wanted` grams each document has."""
        wanted = sorted(set(wanted))
        total = sum(self.statistics.idf(gram) for gram in wanted)
        found = np.zeros(self.count, np.float32)
        for gram in wanted:
            posting = self._postings.get(gram)
            if posting is not None:
                found[posting[0]] += np.float32(self.statistics.idf(gram))
        return found / np.float32(total) if total else found
