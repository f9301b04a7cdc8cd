"""What the product is compared with, in the same process, on the same texts and vectors. Installed by `make bench`."""

import importlib.util

import faiss
import jieba
import numpy as np

from benchmarks.corpus import Corpus
from benchmarks.engine import COUNT, Question
from benchmarks.reference import Columns, overlap

DEPTH = 100
"""How many of each leg are fused."""
EXACT_UP_TO = 20_000
RECALL = 0.95
RANK = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""

MISSING = "bm25s and txtai are not installed: pip install -e '.[bench]'"


def present() -> bool:
    return all(importlib.util.find_spec(name) for name in ("bm25s", "txtai"))


def nearest(vectors: np.ndarray, asked: np.ndarray) -> faiss.Index:
    """A raw faiss index: exact up to EXACT_UP_TO vectors, else IVF-SQ8 probing what `asked` (n, d) need for RECALL."""
    size, dimensions = vectors.shape
    exact = faiss.IndexFlatIP(dimensions)
    exact.add(vectors)
    if size <= EXACT_UP_TO:
        return exact
    lists = int(4 * size ** 0.5)
    index = faiss.IndexIVFScalarQuantizer(faiss.IndexFlatIP(dimensions), dimensions, lists,
                                          faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors[np.random.default_rng(1).permutation(size)[:40 * lists]])
    index.add(vectors)
    wanted = exact.search(asked, COUNT)[1].tolist()
    for index.nprobe in (2 ** power for power in range(lists.bit_length())):
        found = index.search(asked, COUNT)[1].tolist()
        if np.mean([overlap(a, b) for a, b in zip(found, wanted, strict=True)]) >= RECALL:
            break
    return index


class RawPair:
    """faiss and bm25s (numba), each asked for its DEPTH best, fused by reciprocal rank: what anybody writes first.

    bm25s searches the very columns of the reference, so that both count the same grams with the same weights.
    """

    def __init__(self, corpus: Corpus, columns: Columns):
        self._index = nearest(corpus.vectors, np.array([query.vector for query in corpus.queries]))
        import bm25s  # of the extra `bench`: every other benchmark runs without

        self._bm25 = bm25s.BM25(backend="numba", k1=1.2, b=0.75)
        matrix = columns.matrix
        self._bm25.scores = {"data": matrix.data, "indices": matrix.indices, "indptr": matrix.indptr,
                             "num_docs": matrix.shape[0]}
        self._bm25.vocab_dict, self._bm25.nonoccurrence_array = columns.vocabulary, None

    @property
    def probes(self) -> int:
        """How many of its lists the index looks through; 0 for the exact one."""
        return getattr(self._index, "nprobe", 0)

    def hybrid(self, question: Question) -> list[int]:
        dense = self._index.search(question.vector[None], DEPTH)[1][0]
        known = [gram for gram in question.grams if gram in self._bm25.vocab_dict]
        lexical = self._bm25.retrieve([known], k=DEPTH, show_progress=False).documents[0] if known else ()
        scores: dict[int, float] = {}
        for leg in (dense.tolist(), list(lexical)):
            for rank, place in enumerate(leg, 1):
                scores[place] = scores.get(place, 0.0) + 1 / (RANK + rank)
        return sorted(scores, key=lambda place: (-scores[place], place))[:COUNT]


class Txtai:
    """txtai's own hybrid: its faiss index over our vectors, its BM25 over the words that jieba cuts."""

    def __init__(self, corpus: Corpus):
        from txtai.embeddings import Embeddings  # 10 seconds: only where it is compared with

        vector_of = {cut(query.text): query.vector for query in corpus.queries}
        texts = [cut(title + body) for title, body in zip(corpus.titles, corpus.bodies, strict=True)]
        vector_of.update(zip(texts, corpus.vectors, strict=True))

        def transform(asked: list[str]) -> np.ndarray:
            return np.array([vector_of[text] for text in asked])

        self._embeddings = Embeddings({
            "method": "external", "transform": transform, "content": False, "backend": "faiss",
            "scoring": {"method": "bm25", "terms": True, "normalize": True, "tokenizer": {"whitespace": True}}})
        self._embeddings.index((place, text, None) for place, text in enumerate(texts))

    def hybrid(self, text: str) -> list[int]:
        """`text`: words, space between."""
        return [int(place) for place, _ in self._embeddings.search(text, COUNT)]


def cut(text: str) -> str:
    """Words, space between, as txtai splits them."""
    return " ".join(jieba.cut(text))
