"""Generations of the encoder: which models have embedded the postings, and whose vectors are searched now."""

import datetime as dt
import enum
import uuid

from sqlalchemy import Boolean, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import User
from models.base import Base, Body, Id, Line, UtcDateTime, When, choice, now, ref


class GenerationState(enum.StrEnum):
    preparing = "preparing"
    """Its vectors are being made, beside those in use."""
    ready = "ready"
    """Complete and kept up to date: it can be put in use at once."""
    in_use = "in_use"
    retired = "retired"
    """Its vectors are deleted, or are being deleted. The row stays, to say what was."""
    failed = "failed"
    """It could not be prepared; `error` says why."""


class EncoderGeneration(Base):
    """One model with its instructions. How far it is, is counted from its vectors and not kept here."""

    __tablename__ = "encoder_generation"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(120), unique=True)
    """`Encoder.name`: label, fingerprint of the files, and of the instructions. Marks its rows of `posting_vector`."""
    source: Mapped[Line] = mapped_column(default="")
    """A folder or a hub name, as in JIEBANG_ENCODER; empty for the shipped model."""
    query_prompt: Mapped[Body] = mapped_column(default="")
    document_prompt: Mapped[Body] = mapped_column(default="")
    tokens: Mapped[int] = mapped_column(Integer, default=512)
    dimensions: Mapped[int] = mapped_column(Integer, default=0)
    """0 until the model was loaded for the first time."""
    symmetric: Mapped[bool] = mapped_column(Boolean, default=True)
    state: Mapped[GenerationState] = mapped_column(choice(GenerationState), default=GenerationState.preparing)
    wanted: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether the settings named it when the worker last read them."""
    automatic: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether it goes into use by itself once it is complete. Ends when it is replaced, for whatever reason."""
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    """How often loading it began and did not end: a model too large for the machine kills the worker."""
    error: Mapped[Body] = mapped_column(default="")
    created_at: Mapped[When] = mapped_column(default=now)
    created_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    """Null where the settings or the command line asked for it."""
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    in_use_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    used_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    retired_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    replaces_id: Mapped[uuid.UUID | None] = ref("encoder_generation.id")
    """The one that was in use before it: where rolling back leads."""

    created_by: Mapped[User | None] = relationship()
    replaces: Mapped["EncoderGeneration | None"] = relationship(remote_side="EncoderGeneration.id")

    __table_args__ = (
        Index("uq_encoder_generation_in_use", "state", unique=True, sqlite_where=text("state = 'in_use'"),
              postgresql_where=text("state = 'in_use'")),
    )
