"""The one corpus that every speed benchmark runs on: generated postings with texts and vectors, the same for a seed.

Texts: about 50 words of jieba's own dictionary, drawn by its frequencies, so that characters and pairs of characters
are as unevenly spread as in real Chinese. Vectors: 256 dimensions, of three kinds, since clusters flatter every index:

- clustered: 400 topics; half of a text's words and the centre of its vector (cosine about .78) come from its topic
- unclustered: no topics; a spectrum that falls with the power .7, as measured on the shipped encoder's vectors of 4,000
  abstracts (-.65 to -.77)
- isotropic: no topics, no spectrum. Real texts are never like it: the worst case, reported beside the others.

Queries are six words. Half of them are about a posting: four of its words, and a vector at cosine .7 to it. The other
half are about none: words and vector of their own.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import jieba
import numpy as np

DIMENSIONS, WORDS, TITLE_WORDS, QUERY_WORDS = 256, 50, 8, 6
TOPICS, TOPIC_WORDS = 400, 120
VOCABULARY = 60_000
SPREAD = 0.8
"""Length of the noise around a topic's centre of length 1."""
DECAY = 0.7
NEAR = 0.7
BATCH = 10_000
KINDS = ("clustered", "unclustered", "isotropic")
SELECTIVITIES = (0.01, 0.1, 0.5)
QUERIES = 200


@dataclass(frozen=True)
class Query:
    text: str
    vector: np.ndarray
    """float32 (dimensions,), of length 1."""


@dataclass(frozen=True)
class Corpus:
    kind: str
    titles: list[str]
    bodies: list[str]
    vectors: np.ndarray
    """float32 (postings, dimensions), rows of length 1."""
    lot: np.ndarray
    """float32 (postings,), uniform in 0 … 1, independent of everything: `lot < .01` is a filter that lets 1 % pass."""
    queries: list[Query]

    def __len__(self) -> int:
        return len(self.titles)

    @property
    def ids(self) -> list[str]:
        return [f"{place:032x}" for place in range(len(self))]


@functools.cache
def vocabulary() -> tuple[np.ndarray, np.ndarray]:
    """The most frequent nouns and verbs of two to four characters in jieba's dictionary, and their shares."""
    with jieba.get_dict_file() as file:
        rows = [line.decode("utf-8").split(" ") for line in file]
    kept = sorted(((int(count), word) for word, count, tag in rows
                   if tag.strip()[:1] in ("n", "v") and 2 <= len(word) <= 4 and int(count) > 0), reverse=True)
    words = np.array([word for _, word in kept[:VOCABULARY]])
    counts = np.array([count for count, _ in kept[:VOCABULARY]], float)
    return words, counts / counts.sum()


def generate(size: int, kind: str = "clustered", seed: int = 1, queries: int = QUERIES,
             dimensions: int = DIMENSIONS) -> Corpus:
    """`size` postings and `queries` queries. Equal arguments give equal corpora."""
    random = np.random.default_rng([seed, size, KINDS.index(kind)])
    topics = _Topics(random, dimensions) if kind == "clustered" else None
    scale = np.arange(1, dimensions + 1) ** (-DECAY / 2) if kind == "unclustered" else np.ones(dimensions)
    vectors = np.empty((size, dimensions), np.float32)
    titles, bodies = [], []
    for begin, end in _batches(size):
        topic = random.integers(TOPICS, size=end - begin)
        vectors[begin:end] = _unit(_vectors(random, topics, topic, scale))
        for row in _words(random, topics, topic, WORDS):
            titles.append("".join(row[:TITLE_WORDS]))
            bodies.append("".join(row[TITLE_WORDS:]))
    asked = _queries(random, queries, topics, scale, titles, bodies, vectors)
    return Corpus(kind, titles, bodies, vectors, random.random(size, np.float32), asked)


class _Topics:
    def __init__(self, random: np.random.Generator, dimensions: int):
        words, share = vocabulary()
        self.words = random.choice(len(words), (TOPICS, TOPIC_WORDS), p=share ** 0.5 / (share ** 0.5).sum())
        self.centres = _unit(random.standard_normal((TOPICS, dimensions)))


def _batches(size: int) -> Iterator[tuple[int, int]]:
    return ((begin, min(begin + BATCH, size)) for begin in range(0, size, BATCH))


def _unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


def _vectors(random: np.random.Generator, topics: _Topics | None, topic: np.ndarray, scale: np.ndarray) -> np.ndarray:
    noise = random.standard_normal((len(topic), len(scale))) * scale
    return noise if topics is None else topics.centres[topic] + noise * (SPREAD / len(scale) ** 0.5)


def _words(random: np.random.Generator, topics: _Topics | None, topic: np.ndarray, count: int) -> np.ndarray:
    """str (len(topic), count): the words of as many texts; under topics every second one comes from the topic."""
    words, share = vocabulary()
    rows = np.searchsorted(np.cumsum(share), random.random((len(topic), count)) * (1 - 1e-12)).clip(max=len(words) - 1)
    if topics is not None:
        own = topics.words[topic[:, None], random.integers(TOPIC_WORDS, size=rows.shape)]
        rows = np.where(random.random(rows.shape) < 0.5, own, rows)
    return words[rows]


def _queries(random: np.random.Generator, count: int, topics: _Topics | None, scale: np.ndarray, titles: list[str],
             bodies: list[str], vectors: np.ndarray) -> list[Query]:
    topic = random.integers(TOPICS, size=count)
    texts = _words(random, topics, topic, QUERY_WORDS)
    own = _unit(_vectors(random, topics, topic, scale))
    found = []
    for place, (words, vector) in enumerate(zip(texts, own, strict=True)):
        if place % 2:
            about = int(random.integers(len(titles)))
            text = titles[about] + bodies[about]
            begins = random.integers(max(1, len(text) - 4), size=2)
            words = [text[begin:begin + 4] for begin in begins] + list(words[:2])
            side = vector - (vector @ vectors[about]) * vectors[about]
            vector = NEAR * vectors[about] + (1 - NEAR ** 2) ** 0.5 * _unit(side)
        found.append(Query("".join(words), _unit(vector)))
    return found
