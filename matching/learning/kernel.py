"""What past outcomes teach about new pairs: ridge regression with a product kernel on what the fused score left over.

The kernel of two pairs is k(demand, demand′) · k(capability, capability′), each k a power of the clipped cosine: an
outcome speaks only about pairs where both sides are alike (Hofmann, Schölkopf, Smola, Kernel Methods in Machine
Learning, 2008, §2.3; product kernels for pairs: Basilico and Hofmann, Unifying Collaborative and Content-Based
Filtering, 2004). Arrays in, arrays out.
"""

import io
import zipfile
from dataclasses import dataclass
from typing import Self

import numpy as np

FORMAT = "jiebang-kernel-1"


@dataclass(frozen=True)
class KernelRanker:
    """Learned pairs. `adjust` gives what is added to the fused score of each candidate of a demand."""

    demands: np.ndarray
    """float32 (n, d): the demand's vector of each learned pair, L2-normalised."""
    capabilities: np.ndarray
    """float32 (n, d): its capability's."""
    alpha: np.ndarray
    """float32 (n,): dual coefficients."""
    power: int = 2
    """Exponent of the cosines: higher means that only closer pairs speak."""

    @classmethod
    def fit(cls, demands: np.ndarray, capabilities: np.ndarray, residuals: np.ndarray,
            weights: np.ndarray | None = None, ridge: float = 1.0, power: int = 2) -> Self:
        """Learn from n pairs: `residuals` (n,) is outcome minus what the fused score already said, `weights` (n,) > 0
        how much each counts (1 where None). Solves (K + ridge · W⁻¹) α = residuals; O(n³) time, n² · 8 bytes.

        ValueError where shapes disagree, a value is not finite, or a weight or the ridge is not positive.
        """
        demands, capabilities = np.asarray(demands, np.float32), np.asarray(capabilities, np.float32)
        residuals = np.asarray(residuals, np.float64)
        count = len(residuals)
        weights = np.ones(count) if weights is None else np.asarray(weights, np.float64)
        if demands.shape != capabilities.shape or demands.shape[:1] != (count,) or weights.shape != (count,):
            raise ValueError(f"shapes disagree: {demands.shape}, {capabilities.shape}, {count}, {weights.shape}")
        if not all(np.isfinite(values).all() for values in (demands, capabilities, residuals, weights)):
            raise ValueError("a value is not finite")
        if ridge <= 0 or (weights <= 0).any():
            raise ValueError("ridge and weights must be positive")
        gram = (_cosines(demands, demands, power) * _cosines(capabilities, capabilities, power)).astype(np.float64)
        gram[np.diag_indices(count)] += ridge / weights
        alpha = np.linalg.solve(gram, residuals) if count else residuals
        return cls(demands, capabilities, alpha.astype(np.float32), power)

    def adjust(self, demand: np.ndarray, capabilities: np.ndarray) -> np.ndarray:
        """float32 (m,): the learned part of the score of each of `capabilities` (m, d) for `demand` (d,). Zero far from
        everything learned."""
        near = _cosines(np.asarray(demand, np.float32)[None], self.demands, self.power)[0] * self.alpha
        kept = np.flatnonzero(near)
        return _cosines(np.asarray(capabilities, np.float32), self.capabilities[kept], self.power) @ near[kept]

    def to_bytes(self) -> bytes:
        """An npz file without pickles."""
        out = io.BytesIO()
        np.savez(out, format=np.array(FORMAT), demands=self.demands, capabilities=self.capabilities, alpha=self.alpha,
                 power=np.array(self.power))
        return out.getvalue()

    @classmethod
    def from_bytes(cls, blob: bytes) -> Self:
        """What `to_bytes` wrote. ValueError for anything else."""
        try:
            with np.load(io.BytesIO(blob), allow_pickle=False) as stored:
                if str(stored["format"]) != FORMAT:
                    raise ValueError(f"not {FORMAT}")
                return cls(stored["demands"], stored["capabilities"], stored["alpha"], int(stored["power"]))
        except (OSError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise ValueError(f"not a ranker: {error}") from error


def _cosines(one: np.ndarray, other: np.ndarray, power: int) -> np.ndarray:
    """Clipped cosines of normalised rows, to a power: a positive semidefinite kernel only unclipped, but negative
    cosines are noise here and the ridge keeps the system regular."""
    return np.maximum(one @ other.T, 0) ** power
