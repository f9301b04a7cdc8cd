"""Rankers learned from what became of recommended pairs: each version, which one is in use, and who said so."""

import datetime as dt
import enum
import uuid

from sqlalchemy import Boolean, Index, Integer, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import User
from models.base import Base, Document, Id, Line, UtcDateTime, Versioned, When, choice, now, ref


class RankerState(enum.StrEnum):
    candidate = "candidate"
    """Trained and compared; goes live by itself if the comparison says so, else waits."""
    in_use = "in_use"
    held = "held"
    """A person said that it does not go live by itself."""
    retired = "retired"
    """Was in use, or a newer candidate took its place."""


class RankerVersion(Versioned, Base):
    """One trained ranker. Never changed after training but for its state; what is deployed is what was compared."""

    __tablename__ = "ranker_version"

    id: Mapped[Id]
    number: Mapped[int] = mapped_column(Integer, unique=True)
    """1, 2, 3 …: what people call it by (第 3 版)."""
    encoder: Mapped[str] = mapped_column(String(120))
    """Name of the encoder whose vectors it compares: useless with any other."""
    state: Mapped[RankerState] = mapped_column(choice(RankerState), default=RankerState.candidate)
    trained_at: Mapped[When] = mapped_column(default=now)
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of what it was trained and compared on: the same data is not trained twice."""
    blob: Mapped[bytes] = mapped_column(LargeBinary)
    """As secret as the texts: it holds vectors of confidential demands."""
    data: Mapped[dict] = mapped_column(Document, default=dict)
    """How many labelled pairs of which kind, demands and collaborations it was trained on; the parameters."""
    trained_on: Mapped[list] = mapped_column(Document, default=list)
    """Ids (hex) of the demands any of whose pairs trained it: none of them may ever judge it."""
    comparison: Mapped[dict] = mapped_column(Document, default=dict)
    """The figures against the ranker in use at that time (`matching.learning.comparison.Comparison`)."""
    better: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether the comparison allows it to go live by itself."""

    __table_args__ = (
        UniqueConstraint("encoder", "digest"),
        Index("uq_ranker_version_in_use", "state", unique=True, sqlite_where=text("state = 'in_use'"),
              postgresql_where=text("state = 'in_use'")),
    )


CONTROL = uuid.UUID(int=1)


class RankerControl(Versioned, Base):
    """One row: whether a better ranker goes live by itself, and who is training now. Locked for every switch."""

    __tablename__ = "ranker_control"

    id: Mapped[Id] = mapped_column(default=lambda: CONTROL)
    automatic: Mapped[bool] = mapped_column(Boolean, default=True)
    reason: Mapped[Line] = mapped_column(default="")
    changed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    training: Mapped[uuid.UUID | None]
    """Token of the process that trains now."""
    training_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    attempted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    attempt: Mapped[dict] = mapped_column(Document, default=dict)
    """What came of the last training: a code, and the counts that say how far it is (`trial.Waiting` of
    matching.learning)."""

    changed_by: Mapped[User | None] = relationship()


class SwitchKind(enum.StrEnum):
    automatic = "automatic"
    chosen = "chosen"
    rolled_back = "rolled_back"


class RankerSwitch(Base):
    """One change of the ranker in use. Null is the plain ranking, without anything learned."""

    __tablename__ = "ranker_switch"

    id: Mapped[Id]
    at: Mapped[When] = mapped_column(default=now, index=True)
    kind: Mapped[SwitchKind] = mapped_column(choice(SwitchKind))
    from_id: Mapped[uuid.UUID | None] = ref("ranker_version.id")
    to_id: Mapped[uuid.UUID | None] = ref("ranker_version.id")
    by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    """Null where it went live by itself."""
    reason: Mapped[Line] = mapped_column(default="")

    by: Mapped[User | None] = relationship()
    to: Mapped[RankerVersion | None] = relationship(foreign_keys=[to_id])
