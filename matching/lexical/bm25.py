"""BM25 over characters, pairs of characters and whole Latin terms: deterministic, immutable, some 3 bytes a posting.

Robertson and Zaragoza, The Probabilistic Relevance Framework (2009); idf as Lucene has it, never negative.
"""

import functools
import hashlib
import pathlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.lexical.inverted import Postings, Runs
from matching.lexical.scatter import prepare, rows_of, scatter
from matching.lexical.vocabulary import numbers
from matching.text import grams_of, normalise
from matching.thesaurus.thesaurus import EMPTY, Thesaurus

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


def weighing(thesaurus: Thesaurus) -> str:
    """What a document's weighed grams depend on beside its text: this program's rules, and the thesaurus."""
    return f"{_rules()}/{thesaurus.version}"


@functools.cache
def _rules() -> str:
    sources = ("text", "stopphrases", "thesaurus/thesaurus", "lexical/bm25", "lexical/vocabulary", "lexical/inverted",
               "lexical/runs", "lexical/scatter")
    folder = pathlib.Path(__file__).parents[1]
    return hashlib.sha256(b"".join((folder / f"{name}.py").read_bytes() for name in sources)).hexdigest()[:16]


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
    postings: Postings

    @classmethod
    def of(cls, documents: Sequence[Mapping[str, float]]) -> "Statistics":
        return Bm25(documents).statistics

    def idf(self, gram: str) -> float:
        """ln(1 + (N − n + ½)/(n + ½)); a gram never seen weighs as one seen in no document."""
        n = int(self.postings.documents(numbers([gram]))[0])
        return float(np.log(1 + (self.documents - n + 0.5) / (n + 0.5)))


@dataclass(frozen=True)
class Query:
    """Grams ready to be looked up in every segment that shares one `Statistics`."""

    numbers: np.ndarray
    """uint64, each once: their order is the order of addition."""
    weights: np.ndarray
    """float32: weighted count × idf, 0 for a gram that is only wanted."""
    shares: np.ndarray
    """float32: what a gram adds to the share, idf over the idf of everything wanted; 0 for one that is not wanted."""
    runs: Runs
    """Where they stand in the segment that the statistics are of."""
    asks: bool
    """Whether a share is asked."""

    @classmethod
    def of(cls, statistics: Statistics, grams: Mapping[str, float], wanted: Iterable[str] = ()) -> "Query":
        """`grams`: weighted counts to score by; `wanted`: the grams whose share is asked."""
        wanted = set(wanted)
        names = [*grams, *sorted(wanted.difference(grams))]
        found, postings = numbers(names), statistics.postings
        counts = np.array([*grams.values(), *[0.0] * (len(names) - len(grams))], np.float64)
        asked = np.array([name in wanted for name in names], bool) if wanted else np.zeros(len(names), bool)
        known, begins, ends, weights, shares = prepare(
            *postings.stand(found), postings.offsets, postings.stream, postings.once, statistics.documents, counts,
            asked)
        return cls(found, weights, shares, Runs(known, begins, ends), bool(wanted))


class Bm25:
    """The postings of one segment, compressed, and their scores for a query. Never changed once made."""

    def __init__(self, documents: Iterable[Mapping[str, float]] | Postings,
                 statistics: Statistics | None = None):
        """Each document is read once and let go; what was made of them may be given instead. `statistics`: those of the
        main segment, for a later one."""
        postings = documents if isinstance(documents, Postings) else Postings.of(documents)
        self.postings, self.count = postings, postings.count
        mean = float(postings.lengths.astype(np.float64).mean()) if postings.count else 0.0
        self.statistics = statistics or Statistics(postings.count, mean or 1.0, postings)
        self._numerators = (postings.frequencies * (K1 + 1)).astype(np.float32)
        self._norm = np.float32(K1 * (1 - B)), np.float32(K1 * B / self.statistics.mean_length)
        self._rows = rows_of(postings.frequencies, self._numerators, postings.lengths, *self._norm)

    @property
    def nbytes(self) -> int:
        return self.postings.nbytes + self._rows.nbytes

    def scan(self, query: Query, total: np.ndarray, share: np.ndarray) -> None:
        """Overwrite `total` and, if it is asked, `share`, float32 (documents,): each document's score and share."""
        own = self.postings is self.statistics.postings
        known, begins, ends = query.runs if own else self.postings.runs(query.numbers)
        scatter(self.postings.stream, begins, ends, query.weights[known], query.shares[known], self._numerators,
                self.postings.frequencies, self.postings.lengths, *self._norm, self._rows, query.asks, total, share)

    def scores(self, query: Mapping[str, float]) -> np.ndarray:
        """float32 (documents,), ≥ 0. `query` is a weighted gram count; grams unknown here count for nothing."""
        return self._scanned(Query.of(self.statistics, query))[0]

    def share(self, wanted: Iterable[str]) -> np.ndarray:
        """float32 (documents,): the idf-weighted share, 0 … 1, of the distinct `wanted` grams each document has."""
        return self._scanned(Query.of(self.statistics, {}, wanted))[1]

    def _scanned(self, query: Query) -> tuple[np.ndarray, np.ndarray]:
        total, share = np.zeros((2, self.count), np.float32)
        self.scan(query, total, share)
        return total, share
