"""The exact answer that speed is measured against: every posting scored by both legs, no index, no shortcut."""

from array import array

import numpy as np
from scipy.sparse import csc_matrix

from benchmarks.corpus import Corpus
from benchmarks.engine import Question, best
from matching.lexical.bm25 import K1, B, weigh
from matching.ranking import fuse


class Columns:
    """BM25 as one sparse column a gram, float32, written down from the formula and not from the product's code."""

    def __init__(self, corpus: Corpus):
        self.vocabulary: dict[str, int] = {}
        begins, grams, counts = array("q", [0]), array("i"), array("f")
        for title, body in zip(corpus.titles, corpus.bodies, strict=True):
            weighed = weigh(title, body)
            grams.extend(self.vocabulary.setdefault(gram, len(self.vocabulary)) for gram in weighed)
            counts.extend(weighed.values())
            begins.append(len(grams))
        self.matrix = self._weights(np.frombuffer(begins, np.int64), np.frombuffer(grams, np.int32),
                                    np.frombuffer(counts, np.float32))

    def _weights(self, begins: np.ndarray, grams: np.ndarray, counts: np.ndarray) -> csc_matrix:
        size = len(begins) - 1
        lengths = np.add.reduceat(counts, begins[:-1]).astype(np.float32)
        frequency = np.bincount(grams, minlength=len(self.vocabulary))
        idf = np.log1p((size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        places = np.repeat(np.arange(size, dtype=np.int32), np.diff(begins))
        norm = (K1 * (1 - B + B * lengths / lengths.mean())).astype(np.float32)
        data = counts * np.float32(K1 + 1) / (counts + norm[places]) * idf[grams]
        return csc_matrix((data, (places, grams)), shape=(size, len(self.vocabulary)))

    def scores(self, question: Question) -> np.ndarray:
        """float32 (postings,)."""
        known = {self.vocabulary[gram]: weight for gram, weight in question.grams.items() if gram in self.vocabulary}
        weights = np.zeros(len(self.vocabulary), np.float32)
        weights[list(known)] = list(known.values())
        return self.matrix @ weights


class Exact:
    """Both legs over everything. `columns` may be shared with a peer."""

    def __init__(self, corpus: Corpus, columns: Columns | None = None):
        self._vectors, self._columns = corpus.vectors, columns

    def dense(self, question: Question, mask: np.ndarray | None = None) -> list[int]:
        return best(self._vectors @ question.vector, mask)

    def hybrid(self, question: Question, mask: np.ndarray | None = None) -> list[int]:
        """Fused as the product fuses, over all postings."""
        return best(fuse(self._columns.scores(question), self._vectors @ question.vector, question.weight), mask)


def overlap(found: list[int], wanted: list[int]) -> float:
    """The share of `wanted` that was found."""
    return len(set(found) & set(wanted)) / len(wanted) if wanted else 1.0
