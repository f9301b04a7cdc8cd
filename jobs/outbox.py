"""The outbox: what must follow a posting into the search index, applied in order, at least once, each effect once.

A broker loses what it holds when a process is killed; a row does not. Rows are therefore read again and again until
they are marked done, and the mark is written in the transaction that did the work.

Of many rows those that must wait for their vectors are found by their words meanwhile (`_find_by_words`).
"""

import itertools
import uuid
from collections.abc import Iterable, Mapping, Sequence

import structlog
from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from matching.encoders.embedding import Encoder, EncoderMissing
from matching.ranking import Posting
from matching.vectors import Embedded, embed, index_postings, index_words, stale_postings
from models.base import now
from models.database import Database
from models.index import OutboxRow, PostingKind

BATCH = 32
"""Rows embedded at a time and written in one transaction: a quarter of a second, then those that came meanwhile are
seen."""
WORDS = 250
"""Rows a transaction where only words are taken in: on SQLite nobody waits long for the write lock."""
ATTEMPTS = 5
"""After so many failures a row waits for the slow round (`patient=False` skips it), so that it holds up nobody."""

Ahead = dict[str, dict[str, Embedded]]
"""Vectors made before the transaction, by encoder's name and content hash."""

log = structlog.get_logger()


def pending(session: Session) -> int:
    """How many rows wait to be applied."""
    return session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.done_at.is_(None))) or 0


def failing(session: Session) -> list[OutboxRow]:
    """The rows that were tried and have not succeeded yet, oldest first."""
    return list(session.scalars(select(OutboxRow).where(OutboxRow.done_at.is_(None), OutboxRow.attempts > 0)
                                .order_by(OutboxRow.id)))


def waiting(session: Session, *, patient: bool = False) -> bool:
    """Whether there is anything to apply. Asked first: an idle worker must not take SQLite's write lock every time."""
    return _any(session, _due(patient))


def apply_pending(database: Database, *encoders: Encoder, patient: bool = False) -> int:
    """Apply every waiting row, a batch a transaction; how many were applied. `patient` also tries the hopeless ones.

    A row is done when the first of `encoders` has it: that one is searched. The others are prepared or kept.
    """
    applied, last, read = 0, 0, 0
    while True:
        read = _find_by_words(database, encoders[0], last, read)
        batch = _apply_batch(database, encoders, _due(patient), last)
        if batch is None:
            return applied
        done, last = batch
        applied += done


def _any(session: Session, due: ColumnElement[bool]) -> bool:
    return bool(session.scalar(select(exists().where(due))))


def _due(patient: bool) -> ColumnElement[bool]:
    waiting = OutboxRow.done_at.is_(None)
    return waiting if patient else and_(waiting, OutboxRow.attempts < ATTEMPTS)


def _find_by_words(database: Database, encoder: Encoder, after: int, read: int) -> int:
    """Take in the words of every row behind `read` that waits behind the next batch; the last row read now.

    They are done when they are embedded: a worker that is killed in between embeds them as if it had read none.
    """
    fresh = OutboxRow.done_at.is_(None), OutboxRow.attempts == 0
    with database.read() as session:
        next_batch = session.scalar(select(OutboxRow.id).where(*fresh, OutboxRow.id > after)
                                    .order_by(OutboxRow.id).offset(BATCH - 1).limit(1))
    if next_batch is None:
        return read
    read = max(read, next_batch)
    while (last := _read_words(database, encoder, and_(*fresh, OutboxRow.id > read))) is not None:
        read = last
    return read


def _read_words(database: Database, encoder: Encoder, due: ColumnElement[bool]) -> int | None:
    """The last of the first WORDS rows that are `due`, whose words were taken in; None where there are none."""
    some = select(OutboxRow).where(due).order_by(OutboxRow.id).limit(WORDS)
    with database.read() as session:
        if not _any(session, due):
            return None
    with database.write() as session:
        rows = session.scalars(some.with_for_update(skip_locked=True)).all()
        for kind, group in _by_kind(rows):
            try:
                with session.begin_nested():
                    index_words(session, encoder, kind, _distinct(row.posting_id for row in group))
            except Exception as error:  # met again when each is embedded, and kept there with the row at fault
                log.warning("could not be found by words yet", kind=kind, rows=len(group), error=repr(error))
        return rows[-1].id if rows else None


def _apply_batch(database: Database, encoders: Sequence[Encoder], due: ColumnElement[bool],
                 after: int) -> tuple[int, int] | None:
    """Apply the next rows behind `after`: how many, and the last one looked at. None when there are none."""
    some = select(OutboxRow).where(due, OutboxRow.id > after).order_by(OutboxRow.id).limit(BATCH)
    with database.read() as session:
        rows = session.scalars(some).all()
        if not rows:
            return None
        stale = [(encoder, stale_postings(session, encoder, kind, _distinct(row.posting_id for row in group)))
                 for kind, group in _by_kind(rows) for encoder in encoders]
    ahead: Ahead = {}
    for encoder, postings in stale:
        ahead.setdefault(encoder.name, {}).update(_embedded(encoder, postings))
    with database.write() as session:
        rows = session.scalars(some.with_for_update(skip_locked=True)).all()
        for kind, group in _by_kind(rows):
            _apply(session, encoders[0], kind, group, ahead.get(encoders[0].name, {}))
            for encoder in encoders[1:]:
                _follow(session, encoder, kind, group, ahead.get(encoder.name, {}))
        return (sum(row.done_at is not None for row in rows), rows[-1].id) if rows else None


def _by_kind(rows: Iterable[OutboxRow]) -> list[tuple[PostingKind, list[OutboxRow]]]:
    return [(kind, list(group)) for kind, group in itertools.groupby(rows, key=lambda row: row.kind)]


def _embedded(encoder: Encoder, postings: Sequence[Posting]) -> dict[str, Embedded]:
    """What a model takes its time for, done while nobody waits for a lock."""
    try:
        return embed(encoder, postings)
    except Exception as error:  # met again when the rows are applied, one by one, and kept with the row at fault
        log.warning("could not embed ahead", encoder=encoder.name, error=repr(error))
        return {}


def _follow(session: Session, encoder: Encoder, kind: PostingKind, rows: list[OutboxRow],
            ahead: Mapping[str, Embedded]) -> None:
    """Keep another generation up to date. What fails there is lacking before it is switched to, and found then."""
    try:
        with session.begin_nested():
            index_postings(session, encoder, kind, _distinct(row.posting_id for row in rows), ahead)
    except EncoderMissing as error:
        log.error("postings lack in a generation", encoder=encoder.name, kind=kind, rows=len(rows), error=repr(error))


def _apply(session: Session, encoder: Encoder, kind: PostingKind, rows: list[OutboxRow],
           ahead: Mapping[str, Embedded]) -> None:
    """Index the postings of some rows together; where that fails, one by one, to find the one that cannot be done."""
    try:
        with session.begin_nested():
            index_postings(session, encoder, kind, _distinct(row.posting_id for row in rows), ahead)
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
