"""Contest notices (公文) as they were received, what was read in them and decided, and the definitions made of them."""

import datetime as dt
import uuid

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import User
from models.base import Base, Body, Document, Id, Line, UtcDateTime, Versioned, When, now, ref


class ContestNotice(Versioned, Base):
    """A notice with its reading. Nothing of it is real before a person accepted it and adopted the definition."""

    __tablename__ = "contest_notice"

    id: Mapped[Id]
    name: Mapped[Line]
    """The file's name; empty for pasted text."""
    text: Mapped[Body]
    """As received: the sources of the reading are places in it."""
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    reading: Mapped[dict] = mapped_column(Document)
    """As ingestion.notices.shown gives it."""
    decisions: Mapped[dict] = mapped_column(Document, default=dict)
    """Path in the reading → {"verdict", "value", "by", "at"}."""
    created_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    created_at: Mapped[When] = mapped_column(default=now, index=True)
    adopted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When a definition was made of it; from then on it stands."""

    created_by: Mapped[User] = relationship()


class ContestDefinition(Base):
    """A definition that staff adopted, beside those that come with the program. It never changes."""

    __tablename__ = "contest_definition"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    source: Mapped[Body]
    """The definition file (TOML)."""
    notice_id: Mapped[uuid.UUID] = ref("contest_notice.id", unique=True)
    adopted_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    adopted_at: Mapped[When] = mapped_column(default=now)
