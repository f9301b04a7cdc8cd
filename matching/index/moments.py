"""Mean and deviation of a query's scores over all postings, without scoring all of them."""

from dataclasses import dataclass
from typing import Self

import numpy as np


@dataclass(frozen=True)
class Spread:
    """Count, sum and sum of squares of some scores: what a mean and a deviation are made of."""

    count: int
    first: float
    second: float

    @classmethod
    def of(cls, scores: np.ndarray) -> "Spread":
        scores = scores.astype(np.float64)
        return cls(len(scores), float(scores.sum()), float(scores @ scores))

    def __add__(self, other: "Spread") -> "Spread":
        return Spread(self.count + other.count, self.first + other.first, self.second + other.second)

    def __sub__(self, other: "Spread") -> "Spread":
        return Spread(self.count - other.count, self.first - other.first, self.second - other.second)

    @property
    def scale(self) -> tuple[np.float32, np.float32]:
        """Mean and deviation; a deviation of 0 where there is no spread: the sums carry seven digits."""
        mean = self.first / max(self.count, 1)
        deviation = max(self.second / max(self.count, 1) - mean * mean, 0.0) ** 0.5
        return np.float32(mean), np.float32(deviation if deviation > 1e-6 else 0.0)


@dataclass(frozen=True)
class Moments:
    """Mean and second moment of many vectors: the spread of their inner products with any query, unseen."""

    count: int
    mean: np.ndarray
    """float64 (d,)."""
    second: np.ndarray
    """float32 (d, d): the mean of v vᵀ."""

    @classmethod
    def of(cls, vectors: np.ndarray, rows: int = 1 << 14) -> "Moments":
        first, second = np.zeros(vectors.shape[1]), np.zeros((vectors.shape[1], vectors.shape[1]))
        for begin in range(0, len(vectors), rows):
            part = vectors[begin:begin + rows].astype(np.float64)
            first += part.sum(axis=0)
            second += part.T @ part
        return cls(len(vectors), first / max(len(vectors), 1), (second / max(len(vectors), 1)).astype(np.float32))

    def spread(self, query: np.ndarray) -> Spread:
        return Spread(self.count, self.count * float(self.mean @ query),
                      self.count * float(query @ (self.second @ query)))

    def __bytes__(self) -> bytes:
        return self.mean.astype("<f8").tobytes() + self.second.astype("<f4").tobytes()

    @classmethod
    def read(cls, blob: bytes, count: int, dimensions: int) -> Self:
        """From `bytes(moments)`. ValueError for another length."""
        second = np.frombuffer(blob[8 * dimensions:], "<f4").reshape(dimensions, dimensions)
        return cls(count, np.frombuffer(blob[:8 * dimensions], "<f8"), second)
