"""How alike two postings are as texts: whether they may be the same thing told twice. Pure."""

from collections.abc import Sequence

import numpy as np

from matching.encoders.embedding import Encoder, embed_postings
from matching.text import normalise

WORDS = 1.5
"""Weight of shared words beside the vectors' cosine; chosen on the tuned half of benchmarks/documents/same.toml."""
SAME_PROBLEM = 0.92
"""From here on two demands are offered as one problem."""
SAME_CAPABILITY = 1.4
"""One expert's capabilities are all of one field: they must be much closer."""
Text = tuple[str, str]
"""Title and body."""


def likeness(encoder: Encoder, one: Text, others: Sequence[Text]) -> np.ndarray:
    """float (len(others)): cosine of the postings' vectors, −1 to 1, plus WORDS × overlap of their words, 0 to 1."""
    return likenesses(encoder, [one, *others], [(0, at) for at in range(1, 1 + len(others))])


def likenesses(encoder: Encoder, texts: Sequence[Text], pairs: Sequence[tuple[int, int]]) -> np.ndarray:
    """float (len(pairs)): the likeness of each pair of places in `texts`; each text is read once."""
    if not pairs:
        return np.zeros(0)
    vectors = embed_postings(encoder, [title for title, _body in texts], [body for _title, body in texts])
    words = [_bigrams(" ".join(text)) for text in texts]
    return np.array([vectors[one] @ vectors[other] + WORDS * _overlap(words[one], words[other])
                     for one, other in pairs])


def overlap(one: str, other: str) -> float:
    """Share of the shorter text's character bigrams that stand in the other too, 0 to 1 (Szymkiewicz–Simpson)."""
    return _overlap(_bigrams(one), _bigrams(other))


def _overlap(first: set[str], second: set[str]) -> float:
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def _bigrams(text: str) -> set[str]:
    plain = "".join(char for char in normalise(text) if char.isalnum())
    return {plain[at:at + 2] for at in range(len(plain) - 1)}
