"""What the worker does besides the outbox: expire, sign, compare, save. Each is safe to run at any time, and twice."""

import pathlib
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from sqlalchemy import select

from ingestion import files
from ingestion.demands import expire_due
from jobs import meetings, outbox
from jobs.runtime import Runtime
from ledger import log as ledger
from matching.impressions import forget_impressions
from matching.vectors import reconcile, write_snapshot
from models.base import now, today
from models.demands import Demand, DemandStatus
from models.index import PostingKind

log = structlog.get_logger()


def drain_outbox(runtime: Runtime) -> None:
    outbox.apply_pending(runtime.database, runtime.encoder)


def retry_outbox(runtime: Runtime) -> None:
    """Try once more what has failed often."""
    outbox.apply_pending(runtime.database, runtime.encoder, patient=True)


def expire_demands(runtime: Runtime) -> None:
    """Close the demands whose last day is over."""
    with runtime.database.read() as session:
        due = session.scalar(select(Demand.id).where(Demand.status == DemandStatus.published,
                                                     Demand.deadline < today()).limit(1))
    if due is not None:
        with runtime.database.write() as session:
            expire_due(session)


def sign_checkpoint(runtime: Runtime) -> None:
    """Sign the ledger's tree if it grew. Runs often enough that nobody waits a minute for a receipt."""
    with runtime.database.read() as session:
        present, newest = ledger.head(session), ledger.latest_checkpoint(session)
    if present is None or (newest is not None and newest.size == present.size):
        return
    with runtime.database.write() as session:
        signed = ledger.sign_checkpoint(session, runtime.signer)
    log.info("checkpoint signed", size=signed.size)


def reconcile_index(runtime: Runtime) -> None:
    """Compare the index with the database and send what differs through the outbox."""
    for kind in PostingKind:
        with runtime.database.write() as session:
            repair = reconcile(session, runtime.encoder, kind, runtime.settings.index_folder)
        if not repair.clean:
            log.warning("index repaired", kind=kind, missing=repair.missing, extra=repair.extra,
                        rewritten=repair.rewritten)


def save_snapshot(runtime: Runtime) -> None:
    """Write the index files anew, so that a starting web process reads little besides."""
    for kind in PostingKind:
        with runtime.database.read() as session:
            write_snapshot(session, runtime.encoder, kind, runtime.settings.index_folder)


def sweep_files(runtime: Runtime) -> None:
    """Remove uploads that no row names. In a write transaction: on SQLite no upload is under way meanwhile."""
    with runtime.database.write() as session:
        swept = files.sweep(session, runtime.settings)
    if swept:
        log.info("orphan files removed", count=swept)


def forget(runtime: Runtime) -> None:
    """Delete the impressions whose time is over."""
    with runtime.database.write() as session:
        forget_impressions(session)


def arrange_meetings(runtime: Runtime) -> None:
    """Arrange the matching days that staff asked for, beside the other duties: one may take a minute."""
    meetings.start(runtime.database, lambda: runtime.searcher)


def beat(runtime: Runtime) -> None:
    """Leave a sign of life for `jiebang doctor`."""
    path = heartbeat_path(runtime)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    draft.write_text(now().isoformat())
    draft.replace(path)


def heartbeat_path(runtime: Runtime) -> pathlib.Path:
    return runtime.settings.data_dir / "run" / "worker"


@dataclass(frozen=True)
class Duty:
    """One recurring act of the worker and its interval in seconds."""

    name: str
    seconds: float
    act: Callable[[Runtime], None]


DUTIES = (
    Duty("beat", 5, beat),
    Duty("drain_outbox", 0.5, drain_outbox),
    Duty("arrange_meetings", 2, arrange_meetings),
    Duty("sign_checkpoint", 15, sign_checkpoint),
    Duty("expire_demands", 300, expire_demands),
    Duty("retry_outbox", 600, retry_outbox),
    Duty("reconcile_index", 900, reconcile_index),
    Duty("save_snapshot", 900, save_snapshot),
    Duty("sweep_files", 24 * 3600, sweep_files),
    Duty("forget_impressions", 24 * 3600, forget),
)
BY_NAME = {duty.name: duty for duty in DUTIES}
