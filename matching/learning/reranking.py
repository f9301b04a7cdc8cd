"""The ranker in use, followed by each process at its next search, and what it adds to a retrieved pool.

It orders people within one verdict word: words and reasons are read off the texts and know nothing of it.
"""

import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.learning.kernel import KernelRanker
from matching.pairing import Ranked
from models.rankers import RankerState, RankerVersion

log = structlog.get_logger()


class InUse:
    """What one process holds of the ranker in use. One query a search; the ranker itself is read when it changed."""

    def __init__(self) -> None:
        self._held: tuple[uuid.UUID | None, KernelRanker | None] = (None, None)
        self._lock = threading.Lock()

    def ranker(self, session: Session, encoder: str) -> KernelRanker | None:
        """The ranker in use, if it was made for this encoder; None for the plain ranking."""
        row = session.execute(select(RankerVersion.id, RankerVersion.encoder)
                              .where(RankerVersion.state == RankerState.in_use)).first()
        if row is None or row.encoder != encoder:
            return None
        held, ranker = self._held
        if held != row.id:
            with self._lock:
                held, ranker = self._held
                if held != row.id:
                    ranker = _read(session, row.id)
                    self._held = row.id, ranker
        return ranker


def _read(session: Session, version_id: uuid.UUID) -> KernelRanker | None:
    """The stored ranker; None, with an error in the log, where it cannot be read: ranking then goes on without it."""
    try:
        return KernelRanker.from_bytes(session.scalar(select(RankerVersion.blob).where(RankerVersion.id == version_id)))
    except ValueError as error:
        log.error("the ranker in use cannot be read, ranking without it", version=str(version_id), error=str(error))
        return None


def for_demand(ranker: KernelRanker, pool: Sequence[Ranked], demand: np.ndarray,
               vector_of: Callable[[str], np.ndarray | None]) -> list[Ranked]:
    """A demand's pool of capabilities in the order that `ranker` gives. `demand`: (d,)."""
    if not pool:
        return []
    return _ordered(pool, ranker.adjust(demand, _vectors(pool, vector_of, len(demand))))


def for_expert(ranker: KernelRanker, pool: Sequence[Ranked], capabilities: np.ndarray,
               vector_of: Callable[[str], np.ndarray | None]) -> list[Ranked]:
    """An expert's pool of demands likewise, each by the nearest of his `capabilities` (k, d): a symmetric kernel."""
    if not pool:
        return []
    demands = _vectors(pool, vector_of, capabilities.shape[1])
    mirrored = KernelRanker(ranker.capabilities, ranker.demands, ranker.alpha, ranker.power)
    nearest = (demands @ capabilities.T).argmax(axis=1)
    added = np.zeros(len(pool), np.float32)
    for place in np.unique(nearest):
        mine = nearest == place
        added[mine] = mirrored.adjust(capabilities[place], demands[mine])
    return _ordered(pool, added)


def _vectors(pool: Sequence[Ranked], vector_of: Callable[[str], np.ndarray | None], width: int) -> np.ndarray:
    """float32 (n, width): zeros for a posting without a vector, which is like nothing that was learned."""
    found = (vector_of(one.posting) for one in pool)
    return np.array([np.zeros(width) if vector is None else vector for vector in found], np.float32)


def _ordered(pool: Sequence[Ranked], added: np.ndarray) -> list[Ranked]:
    moved = [replace(one, score=one.score + float(more)) for one, more in zip(pool, added, strict=True)]
    return sorted(moved, key=lambda one: (-one.score, one.key))
