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
    if not others:
        return np.zeros(0)
    vectors = embed_postings(encoder, [one[0], *(title for title, _body in others)],
                             [one[1], *(body for _title, body in others)])
    words = np.array([overlap(" ".join(one), " ".join(other)) for other in others])
    return vectors[1:] @ vectors[0] + WORDS * words


def overlap(one: str, other: str) -> float:
    """Share of the shorter text's character bigrams that stand in the other too, 0 to 1 (Szymkiewicz–Simpson)."""
    first, second = _bigrams(one), _bigrams(other)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def _bigrams(text: str) -> set[str]:
    plain = "".join(char for char in normalise(text) if char.isalnum())
    return {plain[at:at + 2] for at in range(len(plain) - 1)}
