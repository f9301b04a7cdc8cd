"""What a contest ends in: the terms of selection (评选办法) once sealed, and the awards decided by them."""

import datetime as dt
import enum
import uuid
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import User
from models.base import Base, Document, Hundredths, Id, Line, UtcDateTime, Versioned, When, choice, now, ref
from models.contests import Entry, Season


class Points(Hundredths):
    """Points with two decimals."""

    cache_ok = True
    finest = "one hundredth of a point"


class SealedTerms(Base):
    """The terms one group is judged by, as sealed: weights, grades with places and cut-offs, caps. Never changed."""

    __tablename__ = "sealed_terms"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    track: Mapped[str] = mapped_column(String(40))
    terms: Mapped[dict] = mapped_column(Document)
    """contests.selection.terms, as plain JSON."""
    minutes: Mapped[Line]
    """The minutes (会议纪要) that settled them."""
    sealed_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    sealed_at: Mapped[When] = mapped_column(default=now)
    ledger_index: Mapped[int] = mapped_column(BigInteger, unique=True)

    season: Mapped[Season] = relationship()
    sealed_by: Mapped[User] = relationship()

    __table_args__ = (UniqueConstraint("season_id", "track"),)


class ProposalState(enum.StrEnum):
    open = "open"
    """Waits for a second person."""
    confirmed = "confirmed"
    dropped = "dropped"


class AwardProposal(Versioned, Base):
    """A list of awards that one person proposes and another one decides, frozen by its digest."""

    __tablename__ = "award_proposal"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    track: Mapped[str] = mapped_column(String(40))
    state: Mapped[ProposalState] = mapped_column(choice(ProposalState), default=ProposalState.open)
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the whole ranking (contests.selection.ballot), in hexadecimal."""
    ballot: Mapped[dict] = mapped_column(Document, default=dict)
    """The committee's order among equals and the entries it shut out, by entry id."""
    minutes: Mapped[Line]
    proposed_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    proposed_at: Mapped[When] = mapped_column(default=now)
    settled_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    settled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ledger_index: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    """The leaf of the decision, once there is one."""

    season: Mapped[Season] = relationship()
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    settled_by: Mapped[User | None] = relationship(foreign_keys=[settled_by_id])

    __table_args__ = (
        Index("uq_award_proposal_open", "season_id", "track", unique=True, sqlite_where=text("state = 'open'"),
              postgresql_where=text("state = 'open'")),
        CheckConstraint("state <> 'confirmed' OR (ledger_index IS NOT NULL AND settled_by_id <> proposed_by_id)",
                        name="two_people"),
    )


class Award(Versioned, Base):
    """One entry's award. Equal ranks are possible: two entries that no criterion tells apart share theirs."""

    __tablename__ = "award"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    track: Mapped[str] = mapped_column(String(40))
    entry_id: Mapped[uuid.UUID] = ref("entry.id")
    """Of an entry one award stands at most: one that moved up (递补) has the award it held before beside it, revoked."""
    grade: Mapped[str] = mapped_column(String(40))
    """Code of the grade in the season's definition."""
    rank: Mapped[int] = mapped_column(Integer)
    """1 for the best of the group."""
    points: Mapped[Decimal] = mapped_column(Points)
    minutes: Mapped[Line]
    """The minutes (会议纪要) that decided it."""
    decided_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    decided_at: Mapped[When] = mapped_column(default=now)
    ledger_index: Mapped[int] = mapped_column(BigInteger, unique=True)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """Set when it was taken back, on an upheld objection for instance; the row stays."""
    revoked_for: Mapped[Line] = mapped_column(default="")

    season: Mapped[Season] = relationship()
    entry: Mapped[Entry] = relationship()
    decided_by: Mapped[User] = relationship()

    __table_args__ = (
        Index("uq_award_standing", "entry_id", unique=True, sqlite_where=text("revoked_at IS NULL"),
              postgresql_where=text("revoked_at IS NULL")),
        CheckConstraint("rank >= 1", name="rank_range"),
        CheckConstraint("points >= 0", name="points_range"),
        CheckConstraint("revoked_at IS NULL OR revoked_for <> ''", name="revoked_for_a_reason"),
    )
