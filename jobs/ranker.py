"""Training a ranker: read, let the database go, learn and compare, then store and perhaps go live in one step."""

import uuid

import structlog

from jobs.runtime import Runtime
from matching.learning.kernel import KernelRanker
from matching.learning.material import Material, read_material
from matching.learning.rankers import (
    Trained,
    claim_training,
    latest_known,
    promote_waiting,
    release_training,
    store,
    usable,
)
from matching.learning.trial import Against, Waiting, attempt
from models.base import CITY_TIME, now
from models.rankers import RankerVersion

NIGHT = range(1, 5)
"""Hours of the city at which a ranker may be trained: it takes a core for minutes."""

log = structlog.get_logger()


def train_by_night(runtime: Runtime) -> None:
    """What the worker does every hour: at night, learn from what came since; always, let a waiting better one in."""
    encoder = runtime.encoder.name
    with runtime.database.read() as session:
        waiting = promote_waiting(session, encoder, look=True)
    if waiting:
        with runtime.database.write() as session:
            promote_waiting(session, encoder)
    if now().astimezone(CITY_TIME).hour in NIGHT:
        train(runtime)


def train(runtime: Runtime, *, eager: bool = False) -> RankerVersion | Waiting:
    """Train and store a candidate, which goes live if it may; or say why not. One at a time over all processes."""
    with runtime.database.write() as session:
        token = claim_training(session)
    if token is None:
        return Waiting("busy", {})
    result: Trained | Waiting = Waiting("failed", {})
    try:
        material, against, known = _read(runtime)
        result = attempt(material, against, known, eager=eager)
    finally:
        told = _settle(runtime, token, result)
    return told


def _read(runtime: Runtime) -> tuple[Material, Against, int]:
    searcher = runtime.searcher
    with runtime.database.read() as session:
        present = usable(session, searcher.encoder.name)
        against = Against() if present is None else Against(
            present.number, KernelRanker.from_bytes(present.blob), frozenset(present.trained_on))
        return read_material(session, searcher), against, latest_known(session, searcher.encoder.name)


def _settle(runtime: Runtime, token: uuid.UUID, result: Trained | Waiting) -> RankerVersion | Waiting:
    """Write what came of it. A process whose token ran out writes nothing: another has taken over."""
    with runtime.database.write() as session:
        if not release_training(session, token, result.code if isinstance(result, Waiting) else "trained",
                                dict(result.counts) if isinstance(result, Waiting) else {}):
            return Waiting("overtaken", {})
        if isinstance(result, Waiting):
            log.info("no ranker trained", why=result.code, **result.counts)
            return result
        version = store(session, result)
    if version is None:
        return Waiting("same_data", {})
    log.info("ranker trained", number=version.number, state=version.state, gain=version.comparison["gain"],
             low=version.comparison["low"])
    return version
