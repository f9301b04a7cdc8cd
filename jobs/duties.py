"""What the worker does besides the outbox: expire, sign, compare, save. Each is safe to run at any time, and twice."""

import pathlib
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from sqlalchemy import select

from ingestion import files
from ingestion.demands import expire_due
from jobs import encoders, meetings, outbox, outlooks, ranker, sheets, sources
from jobs.runtime import Runtime
from ledger import log as ledger
from matching.encoders import generations
from matching.index.milvus import vector_store
from matching.index.snapshots import folder_of
from matching.learning.impressions import forget_impressions
from matching.vectors import reconcile
from models.base import now, today
from models.demands import Demand, DemandStatus
from models.index import PostingKind

log = structlog.get_logger()


def drain_outbox(runtime: Runtime) -> None:
    _apply(runtime, patient=False)


def retry_outbox(runtime: Runtime) -> None:
    """Try once more what has failed often."""
    _apply(runtime, patient=True)


def _apply(runtime: Runtime, *, patient: bool) -> None:
    with runtime.database.read() as session:
        if not outbox.waiting(session, patient=patient):
            return
    outbox.apply_pending(runtime.database, *runtime.followed(), patient=patient)


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
    with runtime.database.read() as session:
        being_prepared = {generation.name for generation in generations.being_prepared(session)}
    for encoder in runtime.followed():
        for kind in PostingKind if encoder.name not in being_prepared else ():
            folder = folder_of(runtime.settings.index_folder, encoder.name)
            repair = reconcile(runtime.database, encoder, kind, folder, vector_store(runtime.settings))
            if not repair.clean:
                log.warning("index repaired", encoder=encoder.name, kind=kind, missing=repair.missing,
                            extra=repair.extra, rewritten=repair.rewritten)


def save_snapshot(runtime: Runtime) -> None:
    """Write the index files anew, so that a starting web process reads little besides."""
    encoders.save_snapshots(runtime, runtime.encoder)


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


def bring_in_sheets(runtime: Runtime) -> None:
    """Check and write the sheets that wait, beside the other duties: one may take a minute."""
    sheets.start(runtime.database, runtime.settings)


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
    slow: bool = False
    """May take minutes: done beside the others, so that a new posting is found at once meanwhile."""


DUTIES = (
    Duty("beat", 5, beat),
    Duty("follow_settings", 60, encoders.follow_settings),
    Duty("drain_outbox", 0.5, drain_outbox),
    Duty("arrange_meetings", 2, arrange_meetings),
    Duty("bring_in_sheets", 1, bring_in_sheets),
    Duty("prepare_encoder", 0.5, encoders.prepare_encoder),
    Duty("sign_checkpoint", 15, sign_checkpoint),
    Duty("expire_demands", 300, expire_demands),
    Duty("retry_outbox", 600, retry_outbox),
    Duty("reconcile_index", 900, reconcile_index, slow=True),
    Duty("save_snapshot", 900, save_snapshot, slow=True),
    Duty("keep_model", 900, encoders.keep_model),
    Duty("retire_encoders", 3600, encoders.retire_encoders),
    Duty("sweep_files", 24 * 3600, sweep_files),
    Duty("forget_impressions", 24 * 3600, forget),
    Duty("look_for_gaps", 600, outlooks.look_for_gaps, slow=True),
    Duty("look_at_sources", 60, sources.look_at_sources, slow=True),
    Duty("train_ranker", 3600, ranker.train_by_night, slow=True),
)
BY_NAME = {duty.name: duty for duty in DUTIES}
