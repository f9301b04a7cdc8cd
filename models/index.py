"""What stands between the database and the search index: the outbox of changes and the stored vectors."""

import datetime as dt
import enum
import uuid
from collections.abc import Iterable

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, String, UniqueConstraint, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Body, UtcDateTime, When, choice, now


class PostingKind(enum.StrEnum):
    demand = "demand"
    capability = "capability"


ROW_ID = BigInteger().with_variant(Integer, "sqlite")


class OutboxRow(Base):
    """One posting whose index entry must follow the database. Written in the transaction that changed the posting.

    A broker loses what it holds when it dies; this row does not. A worker applies rows in order of `id`, at least
    once, and what it does is idempotent: it reads the posting as it is now.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=True)
    kind: Mapped[PostingKind] = mapped_column(choice(PostingKind))
    posting_id: Mapped[uuid.UUID]
    created_at: Mapped[When] = mapped_column(default=now)
    done_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[Body] = mapped_column(default="")

    __table_args__ = (Index("ix_outbox_pending", "done_at", "id"), {"sqlite_autoincrement": True})


class PostingVector(Base):
    """The vector of one posting under one encoder, and whether it is searchable now.

    Zeros and an empty `content_hash` stand for a model that was not at hand, or for a posting that waits its turn:
    found by words, embedded later.

    `seq` grows with every change, so a process that has read up to one value asks only for what came after.
    A posting that may no longer be found keeps its row with `live` false: its removal, too, must be seen by everybody.
    """

    __tablename__ = "posting_vector"

    id: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=True)
    kind: Mapped[PostingKind] = mapped_column(choice(PostingKind))
    posting_id: Mapped[uuid.UUID]
    encoder: Mapped[str] = mapped_column(String(120))
    content_hash: Mapped[str] = mapped_column(String(64))
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    """float32, little endian, L2-normalised. As secret as the text it was made from."""
    query_vector: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The vector to ask with, for a model to which that is another one."""
    live: Mapped[bool]
    seq: Mapped[int] = mapped_column(BigInteger, index=True)
    updated_at: Mapped[When] = mapped_column(default=now)

    __table_args__ = (
        UniqueConstraint("kind", "posting_id", "encoder"),
        {"sqlite_autoincrement": True},
    )


class IndexClock(Base):
    """One row a kind: the last `seq` given out. Locked while a worker gives the next, so no number is seen late."""

    __tablename__ = "index_clock"

    kind: Mapped[PostingKind] = mapped_column(choice(PostingKind), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)


ENQUEUED = "outbox_rows_written"
"""Set in `session.info` by `enqueue`, so that whoever commits can wake the worker."""


def enqueue(session: Session, kind: PostingKind, posting_id: uuid.UUID) -> OutboxRow:
    """Ask for the index entry of one posting to be brought up to date, in the caller's transaction."""
    row = OutboxRow(kind=kind, posting_id=posting_id)
    session.add(row)
    session.info[ENQUEUED] = True
    return row


def enqueue_each(session: Session, kind: PostingKind, posting_ids: Iterable[uuid.UUID]) -> None:
    """The same for many postings, in one statement."""
    rows = [{"kind": kind, "posting_id": posting_id, "created_at": now()} for posting_id in posting_ids]
    if rows:
        session.execute(insert(OutboxRow), rows)
        session.info[ENQUEUED] = True
