"""From judged pairs to a ranker: an outcome is compared with what the pair's fused score let expect, and the kernel
ranker learns what is left over. Arrays in, arrays out."""

from dataclasses import dataclass

import numpy as np

from matching.learning.kernel import KernelRanker

BASE, SLOPE = 0.146, 0.0506
"""What a fused score lets expect: gain ≈ BASE + SLOPE · score, gains from 0 to 1, by least squares over the 3,682
labelled pairs of the shared half. Not fitted to the platform's own pairs: those are mostly successes, from the top of
the lists, and measured by their own mean a success would teach nothing."""
RIDGE = 3.0
"""Chosen by 5 folds over demands on the same half: 1 to 10 differ by less than the error (docs/matching.md)."""
MOST_PAIRS = 4000
"""Pairs a ranker holds, the newest: solving for them takes seconds, a page compares with each (docs/matching.md)."""


@dataclass(frozen=True)
class Examples:
    """Judged pairs to learn from, n of them, each array's first dimension."""

    demands: np.ndarray
    """float32 (n, d), L2-normalised."""
    capabilities: np.ndarray
    """float32 (n, d), L2-normalised."""
    scores: np.ndarray
    """(n,): the fused score the pair has."""
    gains: np.ndarray
    """(n,): what became of it, 0 to 1; where `relative`, the difference from what was to be expected."""
    weights: np.ndarray
    """(n,) > 0: how much it counts."""
    relative: np.ndarray
    """(n,) bool."""

    def __len__(self) -> int:
        return len(self.scores)


def expected(scores: np.ndarray) -> np.ndarray:
    """The gain, 0 to 1, that fused scores let expect; same shape."""
    return np.clip(BASE + SLOPE * scores, 0, 1)


def fit(examples: Examples) -> KernelRanker:
    """The ranker that these pairs teach. ValueError where a value is not finite."""
    awaited = np.where(examples.relative, 0, expected(examples.scores))
    left_over = (examples.gains - awaited) / SLOPE
    return KernelRanker.fit(examples.demands, examples.capabilities, left_over, examples.weights, RIDGE)
