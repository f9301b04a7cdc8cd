"""Who did what, when: one row for every write a person makes, and the messages that tell others of it."""

import datetime as dt
import typing
import uuid
from collections.abc import Iterable

from sqlalchemy import Index, String, insert
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.accounts import User
from models.base import Base, Document, Id, Line, UtcDateTime, When, now, ref


class AuditEvent(Base):
    __tablename__ = "audit_event"

    id: Mapped[Id]
    at: Mapped[When] = mapped_column(default=now, index=True)
    actor_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    """Null where the system acted by its clock."""
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[uuid.UUID]
    detail: Mapped[dict] = mapped_column(Document, default=dict)
    """Ids and codes, never names or texts."""

    actor: Mapped[User | None] = relationship()

    __table_args__ = (Index("ix_audit_event_subject", "subject_type", "subject_id"),)


class Notice(Base):
    """A message of the platform to one person (站内消息)."""

    __tablename__ = "notice"

    id: Mapped[Id]
    user_id: Mapped[uuid.UUID] = ref("user_account.id")
    text: Mapped[Line]
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[uuid.UUID]
    created_at: Mapped[When] = mapped_column(default=now)
    read_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_notice_inbox", "user_id", "read_at", "created_at"),)


class Identified(typing.Protocol):
    """A row with an id of its own."""

    __tablename__: typing.Any
    id: Mapped[uuid.UUID]


def record(session: Session, actor: User | None, action: str, subject: Identified, **detail) -> AuditEvent:
    """Write the audit row of one act on `subject` (a flushed row with an `id`)."""
    event = AuditEvent(actor_id=actor.id if actor else None, action=action, subject_type=subject.__tablename__,
                       subject_id=subject.id, detail=detail)
    session.add(event)
    return event


def record_each(session: Session, actor: User | None, action: str, table: type[Identified], ids: Iterable[uuid.UUID],
                **detail) -> None:
    """The same for one act on each of many rows, in one statement."""
    rows = [{"id": uuid.uuid4(), "at": now(), "actor_id": actor.id if actor else None, "action": action,
             "subject_type": table.__tablename__, "subject_id": subject_id, "detail": detail} for subject_id in ids]
    if rows:
        session.execute(insert(AuditEvent), rows)


def notify(session: Session, user_id: uuid.UUID, text: str, subject: Identified) -> Notice:
    """Leave a message for one person about `subject`. `text` is shown as it stands."""
    notice = Notice(user_id=user_id, text=text, subject_type=subject.__tablename__, subject_id=subject.id)
    session.add(notice)
    return notice
