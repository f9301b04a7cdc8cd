"""Arrays in, ranks out: two legs, lexical and dense, brought to one scale and added. No database, no files."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.encoders.embedding import Encoder, embed_postings
from matching.learning.kernel import KernelRanker
from matching.lexical.bm25 import Bm25, weigh, weigh_query
from matching.text import normalise
from matching.thesaurus.thesaurus import Thesaurus, shipped


@dataclass(frozen=True)
class Posting:
    """A text with a title, under an id."""

    id: str
    title: str
    body: str = ""


def standardise(scores: np.ndarray) -> np.ndarray:
    """Mean 0, deviation 1 along the last axis; a row without any spread becomes zeros."""
    scores = np.asarray(scores, np.float32)
    spread = scores.std(axis=-1, keepdims=True)
    centred = scores - scores.mean(axis=-1, keepdims=True)
    return np.where(spread > 1e-9, centred / np.where(spread > 1e-9, spread, 1), 0)


def fuse(lexical: np.ndarray, dense: np.ndarray, weight: float) -> np.ndarray:
    """(1 − weight) · z(lexical) + weight · z(dense), float32, same shape. `dense` of size 0 means lexical alone."""
    if not dense.size:
        return standardise(lexical)
    return (1 - weight) * standardise(lexical) + weight * standardise(dense)


def order(scores: np.ndarray, ids: Sequence[str]) -> list[int]:
    """Places by score, highest first, ties by id."""
    return sorted(range(len(ids)), key=lambda place: (-scores[place], ids[place]))


class Ranker:
    """A fixed set of postings, ready to be ranked for any query posting."""

    def __init__(self, postings: Sequence[Posting], encoder: Encoder, thesaurus: Thesaurus | None = None,
                 learned: KernelRanker | None = None):
        """`thesaurus`: the shipped one where none is given. `learned` adds what outcomes taught to each score."""
        self.ids = [posting.id for posting in postings]
        self.learned = learned
        self._encoder, self._thesaurus = encoder, thesaurus or shipped()
        self._lexical = Bm25([weigh(posting.title, posting.body, self._thesaurus) for posting in postings])
        self.vectors = embed_postings(encoder, [p.title for p in postings], [p.body for p in postings])

    def vector(self, query: Posting) -> np.ndarray:
        """float32 (dimensions,): what the dense leg compares."""
        return embed_postings(self._encoder, [query.title], [query.body], query=True)[0]

    def legs(self, query: Posting, vector: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """float32 (postings,) each: BM25 scores and cosines; no cosines (size 0) where nothing can be compared."""
        lexical = self._lexical.scores(weigh_query(query.title, query.body, self._thesaurus))
        if not vector.any():
            return lexical, np.zeros(0, np.float32)
        return lexical, np.einsum("ij,j->i", self.vectors, vector)  # unlike BLAS: equal rows, equal cosines

    def scores(self, query: Posting) -> np.ndarray:
        """float32 (postings,): the fused score of each for this query."""
        vector = self.vector(query)
        fused = fuse(*self.legs(query, vector), self._encoder.fusion.weight(query.title + query.body))
        return fused if self.learned is None else fused + self.learned.adjust(vector, self.vectors)

    def search_scores(self, words: str) -> np.ndarray:
        """float32 (postings,) for words typed into a search box: the best as typed and under each other name."""
        texts = (words, *self._thesaurus.variants(normalise(words)))
        return np.maximum.reduce([self.scores(Posting("", text)) for text in texts])

    def rank(self, query: Posting, top: int = 0) -> list[tuple[str, float]]:
        """(id, score), best first; the first `top`, or all of them when it is 0."""
        scores = self.scores(query)
        places = order(scores, self.ids)
        return [(self.ids[p], float(scores[p])) for p in (places[:top] if top else places)]
