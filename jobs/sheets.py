"""Bringing sheets in, as a job: looked through and written a few hundred rows at a time, each part in one transaction.

How far a batch is stands in its row and moves with the rows it wrote, so a process that dies leaves nothing half done
and whoever comes next goes on behind the last part. All-or-none is one transaction: looked through first, while nobody
waits for it, then written at one stroke.
"""

import threading
import uuid
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from engagements import claim_notices
from ingestion.sheets import batches
from ingestion.sheets.checking import Judge
from ingestion.sheets.headers import Row, Table
from ingestion.sheets.judging import Judged, Origin, Verdict, held_anew
from models.database import Database
from models.errors import DomainError
from models.sheets import BatchState, SheetBatch
from settings import Settings

WRITTEN = frozenset({Verdict.new, Verdict.changed})
FAULT = "导入的时候出了错，已经记下来，没有写入的行一行也没有动。可以再试一次；还不行请告诉管理员"
MOVED_ON = "检查以后又有人改了同样的内容，什么都没有写入。已经重新检查，请看过再导入"

Tell = Callable[[BatchState, int, int], None]
"""Called with the state, the rows done and the rows in all."""

log = structlog.get_logger()
_busy = threading.Lock()
_last: dict[str, Any] = {}
"""The batch whose table was read last, and the table."""


def start(database: Database, settings: Settings) -> threading.Thread | None:
    """Work on what waits in a thread of its own, so that nothing else waits; None where nothing does, or one runs."""
    with database.read() as session:
        if _busy.locked() or batches.waiting(session) is None:
            return None
    thread = threading.Thread(target=_alone, args=(database, settings), name="sheets", daemon=True)
    thread.start()
    return thread


def _alone(database: Database, settings: Settings) -> None:
    if _busy.acquire(blocking=False):
        try:
            while (batch_id := _next(database)) is not None:
                work(database, settings, batch_id)
        finally:
            _busy.release()


def _next(database: Database) -> uuid.UUID | None:
    with database.read() as session:
        return batches.waiting(session)


def work(database: Database, settings: Settings, batch_id: uuid.UUID, tell: Tell = lambda *_: None) -> None:
    """Take a batch through its present state: until it is checked, written, stopped or gone on with elsewhere."""
    batch = _read(database, batch_id)
    try:
        judge = Judge(batch.kind, _table(settings, batch), batch.mapping, own=batch.owner_id is not None)
        if batch.state is BatchState.checking:
            _check(database, judge, batch, tell)
        elif batch.state is BatchState.running and batch.partial:
            _write_parts(database, judge, batch, tell)
        elif batch.state is BatchState.running:
            _write_whole(database, judge, batch, tell)
    except DomainError as error:
        _fail(database, batch_id, error.message)
    except Exception:  # one file that cannot be worked on must not hold up the others; its person reads that it failed
        log.exception("sheet not brought in", batch=str(batch_id))
        _fail(database, batch_id, FAULT)


def _table(settings: Settings, batch: SheetBatch) -> Table:
    """The rows of a batch; those of the last one are kept, since what was checked is written next."""
    if _last.get("batch") != (batch.id, batch.sha256):
        _last.update(batch=(batch.id, batch.sha256), table=batches.table_of_batch(settings, batch))
    return _last["table"]


def _check(database: Database, judge: Judge, batch: SheetBatch, tell: Tell) -> None:
    """Judge what is left and note what was found. Nothing of the rows is written."""
    for rows in judge.chunks(batch.done) if not judge.refusal() else ():
        with database.read() as session:
            judged = judge.judge(session, _origin(batch), rows)
        with database.write() as session:
            if not batches.advance(session, batch, judged, BatchState.checking):
                return
        batch = _read(database, batch.id)
        tell(batch.state, batch.done, batch.rows)
    with database.write() as session:
        held = batches.held(session, batch)
        if held is not None:
            batches.settle_check(session, held, judge.refusal())


def _write_parts(database: Database, judge: Judge, batch: SheetBatch, tell: Tell) -> None:
    """Write what is left, a part a transaction, leaving wrong rows out."""
    for rows in judge.chunks(batch.done):
        with database.write() as session:
            judged = judge.judge(session, _origin(batch), rows)
            if not batches.advance(session, batch, judged, BatchState.running):
                return
            _write(session, judge, batch, [one for one in judged if one.verdict in WRITTEN])
        batch = _read(database, batch.id)
        tell(batch.state, batch.done, batch.rows)
    _finish(database, batch)


def _write_whole(database: Database, judge: Judge, batch: SheetBatch, tell: Tell) -> None:
    """Look through everything again, then write it all in one transaction, or nothing."""
    judged: list[Judged] = []
    for rows in judge.chunks():
        judged += _judged(database, judge, batch, rows)
        tell(batch.state, len(judged), batch.rows)
        if _read(database, batch.id).paused:
            return
    if any(one.verdict is Verdict.refused for one in judged):
        _look_again(database, batch)
        return
    try:
        with database.write() as session:
            if not batches.advance(session, batch, judged, BatchState.running):
                return
            _write(session, judge, batch, held_anew(session, [one for one in judged if one.verdict in WRITTEN]))
            batches.finish(session, batches.find_batch(session, batch.id))
    except (IntegrityError, StaleDataError):
        _look_again(database, batch)


def _write(session: Session, judge: Judge, batch: SheetBatch, rows: Sequence[Judged]) -> None:
    """Write rows and tell whom they ask for an answer, in one transaction: who is told is told of what is there."""
    judge.rows_of.write(session, _origin(batch), rows)
    if batch.kind in claim_notices.TABLES:
        pairs = {(one.values["demand_id"], one.values["expert_id"]) for one in rows}
        claim_notices.tell_of_claims(session, batch, pairs)


def _judged(database: Database, judge: Judge, batch: SheetBatch, rows: Sequence[Row]) -> list[Judged]:
    with database.read() as session:
        return judge.judge(session, _origin(batch), rows)


def _look_again(database: Database, batch: SheetBatch) -> None:
    with database.write() as session:
        batches.check_again(session, batches.find_batch(session, batch.id), MOVED_ON)


def _finish(database: Database, batch: SheetBatch) -> None:
    _last.clear()
    with database.write() as session:
        held = batches.held(session, batch)
        if held is not None:
            batches.finish(session, held)


def _fail(database: Database, batch_id: uuid.UUID, fault: str) -> None:
    with database.write() as session:
        batches.fail(session, batches.find_batch(session, batch_id), fault)


def _read(database: Database, batch_id: uuid.UUID) -> SheetBatch:
    with database.read() as session:
        batch = batches.find_batch(session, batch_id)
        batch.user  # noqa: B018 - read now: the session ends here
        return batch


def _origin(batch: SheetBatch) -> Origin:
    source = f"own:{batch.owner_id}" if batch.owner_id else "file"
    return Origin(batch.user, source, batch.id, batch.owner_id)
