"""Sources of postings that repeat: a feed, a list or a file of the organisation's own, watched on a schedule."""

import datetime as dt
import enum
import uuid

from sqlalchemy import Boolean, CheckConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import User
from models.base import Base, Body, Id, Line, Short, UtcDateTime, Versioned, When, choice, now, ref
from models.index import PostingKind


class SourceFormat(enum.StrEnum):
    feed = "feed"
    """RSS or Atom."""
    html = "html"
    """A page with a list; selectors say what an entry is."""
    jsonl = "jsonl"
    csv = "csv"


class WatchedSource(Versioned, Base):
    """One address that is looked at again and again for one person, who accepts what comes of it."""

    __tablename__ = "watched_source"

    id: Mapped[Id]
    owner_id: Mapped[uuid.UUID] = ref("user_account.id")
    posting: Mapped[PostingKind] = mapped_column(choice(PostingKind))
    """What its entries become: demands of the owner's enterprise, or capabilities of the expert."""
    name: Mapped[Short]
    format: Mapped[SourceFormat] = mapped_column(choice(SourceFormat))
    location: Mapped[str] = mapped_column(String(1000))
    """An http(s) address; or, of the operator's own making only, the folder of a file:// address."""
    entry_selector: Mapped[Line] = mapped_column(default="")
    title_selector: Mapped[Line] = mapped_column(default="")
    every_hours: Mapped[int] = mapped_column(Integer, default=24)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[When] = mapped_column(default=now)
    due_at: Mapped[When] = mapped_column(default=now)
    checked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    good_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When it was last read without a fault, changed or not."""
    failures: Mapped[int] = mapped_column(Integer, default=0)
    """In a row, up to now."""
    failure: Mapped[Line] = mapped_column(default="")
    etag: Mapped[str] = mapped_column(String(300), default="")
    last_modified: Mapped[str] = mapped_column(String(100), default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of what was read last: equal bytes are not taken apart again."""

    owner: Mapped[User] = relationship()

    __table_args__ = (
        CheckConstraint("every_hours BETWEEN 1 AND 720", name="every_hours_range"),
        Index("ix_watched_source_due", "active", "due_at"),
    )


class SourceEntry(Base):
    """One entry of a source. The posting made of it carries the same id, so that it is made once."""

    __tablename__ = "source_entry"

    id: Mapped[Id]
    source_id: Mapped[uuid.UUID] = ref("watched_source.id", ondelete="CASCADE")
    key: Mapped[str] = mapped_column(String(64))
    """SHA-256 of what the source calls it by."""
    title: Mapped[Line]
    text: Mapped[Body] = mapped_column(default="")
    link: Mapped[str] = mapped_column(String(1000), default="")
    digest: Mapped[str] = mapped_column(String(64))
    found_at: Mapped[When] = mapped_column(default=now)
    changed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    gone_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ignored: Mapped[bool] = mapped_column(Boolean, default=False)
    taken_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    taken_digest: Mapped[str] = mapped_column(String(64), default="")
    """How it read when it was taken over, or when a later change was seen to."""

    source: Mapped[WatchedSource] = relationship()

    __table_args__ = (UniqueConstraint("source_id", "key"),
                      Index("ix_source_entry_list", "source_id", "ignored", "found_at"))
