"""The outbox: what must follow a posting into the search index, applied in order, at least once, each effect once.

A broker loses what it holds when a process is killed; a row does not. Rows are therefore read again and again until
they are marked done, and the mark is written in the transaction that did the work.
"""

import itertools
import uuid
from collections.abc import Iterable

import structlog
from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from matching.embedding import Encoder
from matching.vectors import index_postings
from models.base import now
from models.database import Database
from models.index import OutboxRow, PostingKind

BATCH = 100
"""Rows a transaction: small enough that on SQLite nobody waits long for the write lock."""
ATTEMPTS = 5
"""After so many failures a row waits for the slow round (`patient=False` skips it), so that it holds up nobody."""

log = structlog.get_logger()


def pending(session: Session) -> int:
    """How many rows wait to be applied."""
    return session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.done_at.is_(None))) or 0


def failing(session: Session) -> list[OutboxRow]:
    """The rows that were tried and have not succeeded yet, oldest first."""
    return list(session.scalars(select(OutboxRow).where(OutboxRow.done_at.is_(None), OutboxRow.attempts > 0)
                                .order_by(OutboxRow.id)))


def apply_pending(database: Database, encoder: Encoder, *, patient: bool = False) -> int:
    """Apply every waiting row, a batch a transaction; how many were applied. `patient` also tries the hopeless ones."""
    applied, last = 0, 0
    while (batch := _apply_batch(database, encoder, _due(patient), last)) is not None:
        done, last = batch
        applied += done
    return applied


def _due(patient: bool) -> ColumnElement[bool]:
    waiting = OutboxRow.done_at.is_(None)
    return waiting if patient else and_(waiting, OutboxRow.attempts < ATTEMPTS)


def _apply_batch(database: Database, encoder: Encoder, due: ColumnElement[bool], after: int) -> tuple[int, int] | None:
    """Apply the next rows behind `after`: how many, and the last one looked at. None when there are none.

    Looks with a reader first: an idle worker must not take SQLite's write lock twice a second.
    """
    with database.read() as session:
        if not session.scalar(select(exists().where(due, OutboxRow.id > after))):
            return None
    with database.write() as session:
        rows = session.scalars(select(OutboxRow).where(due, OutboxRow.id > after).order_by(OutboxRow.id).limit(BATCH)
                               .with_for_update(skip_locked=True)).all()
        for kind, group in itertools.groupby(rows, key=lambda row: row.kind):
            _apply(session, encoder, kind, list(group))
        return (sum(row.done_at is not None for row in rows), rows[-1].id) if rows else None


def _apply(session: Session, encoder: Encoder, kind: PostingKind, rows: list[OutboxRow]) -> None:
    """Index the postings of some rows together; where that fails, one by one, to find the one that cannot be done."""
    try:
        with session.begin_nested():
            index_postings(session, encoder, kind, _distinct(row.posting_id for row in rows))
    except Exception as error:
        log.warning("outbox rows failed together", kind=kind, rows=len(rows), error=repr(error))
        for row in rows:
            _apply_one(session, encoder, row)
    else:
        for row in rows:
            row.done_at, row.error = now(), ""


def _apply_one(session: Session, encoder: Encoder, row: OutboxRow) -> None:
    try:
        with session.begin_nested():
            index_postings(session, encoder, row.kind, [row.posting_id])
    except Exception as error:  # whatever it was is kept with the row and shown by `jiebang doctor`
        row.attempts, row.error = row.attempts + 1, f"{type(error).__name__}: {error}"[:2000]
        log.error("outbox row failed", error=row.error, row=row.id, kind=row.kind, posting=str(row.posting_id),
                  attempts=row.attempts)
    else:
        row.done_at, row.error = now(), ""


def _distinct(ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    return list(dict.fromkeys(ids))
