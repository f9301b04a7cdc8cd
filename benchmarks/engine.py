"""The product's search engine over a generated corpus, as a site holds it in memory: what the benchmarks time.

A prepared question goes in, so that what is timed is searching and not the reading of the query's text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.corpus import Corpus, Query
from matching.fusion import Fusion
from matching.index.segments import built as segment_of
from matching.index.state import DEPTH, State
from matching.lexical import bm25 as lexical
from matching.lexical.bm25 import weigh
from matching.lexical.topk import best as best_of

COUNT = 10
_ALL = np.zeros(0, bool)


@dataclass(frozen=True)
class Question:
    """A query as both legs read it. `weight`: the share of the dense leg."""

    text: str
    grams: dict[str, float]
    vector: np.ndarray
    weight: float

    @classmethod
    def of(cls, query: Query) -> "Question":
        return cls(query.text, weigh(query.text), query.vector, Fusion().weight(query.text))


class Engine:
    """One kind of posting. `mask`: bool (postings,), who may be found; None for all. Each leg gives its DEPTH best, as
    it does within a hybrid search."""

    def __init__(self, corpus: Corpus):
        grams = (weigh(title, body) for title, body in zip(corpus.titles, corpus.bodies, strict=True))
        self.state = built(corpus.ids, grams, corpus.vectors)
        self._total, self._share = np.empty((2, len(corpus)), np.float32)

    def hybrid(self, question: Question, mask: np.ndarray | None = None) -> list[int]:
        """Places of the best COUNT, fused, best first."""
        return self.state.search(question.grams, question.vector, question.weight, COUNT, mask).places.tolist()

    def dense(self, question: Question, mask: np.ndarray | None = None) -> list[int]:
        return self.state.main.index.search(question.vector, DEPTH, mask)[0].tolist()

    def lexical(self, question: Question, mask: np.ndarray | None = None) -> list[int]:
        bm25 = self.state.main.lexical
        bm25.scan(lexical.Query.of(bm25.statistics, question.grams), self._total, self._share)
        return best_of(self._total, DEPTH, _ALL if mask is None else mask).tolist()


def built(ids: Sequence[str], grams: Iterable[Mapping[str, float]], vectors: np.ndarray) -> State:
    """What a site makes of so many postings when it starts."""
    return State(segment_of(ids, grams, vectors), 1)


def best(scores: np.ndarray, mask: np.ndarray | None, count: int = COUNT) -> list[int]:
    """Places of the `count` highest scores, highest first, ties by place."""
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    found = np.argpartition(-scores, min(count, len(scores) - 1))[:count]
    return found[np.lexsort((found, -scores[found]))].tolist()
