"""The product's search engine over a generated corpus, as a site holds it in memory: what the benchmarks time.

A prepared question goes in, so that what is timed is searching and not the reading of the query's text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.corpus import Corpus, Query
from matching.lexical import weigh
from matching.ranking import dense_weight
from matching.state import Entry, State, segment

COUNT = 10


@dataclass(frozen=True)
class Question:
    """A query as both legs read it. `weight`: the share of the dense leg."""

    text: str
    grams: dict[str, float]
    vector: np.ndarray
    weight: float

    @classmethod
    def of(cls, query: Query) -> "Question":
        return cls(query.text, weigh(query.text), query.vector, dense_weight(query.text))


class Engine:
    """One kind of posting. `mask`: bool (postings,), who may be found; None for all."""

    def __init__(self, corpus: Corpus):
        grams = (weigh(title, body) for title, body in zip(corpus.titles, corpus.bodies, strict=True))
        self.state = built(corpus.ids, grams, corpus.vectors)

    def hybrid(self, question: Question, mask: np.ndarray | None = None) -> list[int]:
        """Places of the best COUNT, fused, best first."""
        return best(self.state.scores(question.grams, question.vector, question.weight), mask)

    def dense(self, question: Question, mask: np.ndarray | None = None) -> list[int]:
        return best(self.state.dense(question.vector), mask)

    def lexical(self, question: Question, mask: np.ndarray | None = None) -> list[int]:
        return best(self.state.main.lexical.scores(question.grams), mask)


def built(ids: Sequence[str], grams: Iterable[Mapping[str, float]], vectors: np.ndarray) -> State:
    """What a site makes of so many postings when it starts."""
    return State(segment([Entry(*one) for one in zip(ids, grams, vectors, strict=True)]), 1)


def best(scores: np.ndarray, mask: np.ndarray | None, count: int = COUNT) -> list[int]:
    """Places of the `count` highest scores, highest first, ties by place."""
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    found = np.argpartition(-scores, min(count, len(scores) - 1))[:count]
    return found[np.lexsort((found, -scores[found]))].tolist()
