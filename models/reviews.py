"""评审: committees and their members, what each member is given to judge, sealed sheets, live turns, recusals."""

import datetime as dt
import enum
import uuid
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import User
from models.awards import Points
from models.base import Base, Body, Id, Short, UtcDateTime, Versioned, When, choice, now, ref
from models.contests import Entry, Season
from models.files import StoredFile


class RoundMode(enum.StrEnum):
    written = "written"
    """Each reviewer scores the entries given to them; all sheets are opened at once."""
    live = "live"
    """现场亮分: one entry after the other in drawn order, all judges at once."""


class RoundState(enum.StrEnum):
    forming = "forming"
    """Nobody has been given anything yet."""
    scoring = "scoring"
    opened = "opened"
    """Every score is open and none changes any more."""


class Committee(Versioned, Base):
    """评审委员会 of a season. Who sits on it when stands in its members."""

    __tablename__ = "committee"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    name: Mapped[Short]
    created_at: Mapped[When] = mapped_column(default=now)

    season: Mapped[Season] = relationship()
    members: Mapped[list["CommitteeMember"]] = relationship(back_populates="committee",
                                                            order_by="CommitteeMember.seat")
    minutes: Mapped[list["CommitteeMinutes"]] = relationship(order_by="CommitteeMinutes.held_on")

    __table_args__ = (UniqueConstraint("season_id", "name"),)


class CommitteeMember(Base):
    """One person's term. Somebody who leaves keeps the row; who follows has one of their own that names it."""

    __tablename__ = "committee_member"

    id: Mapped[Id]
    committee_id: Mapped[uuid.UUID] = ref("committee.id")
    user_id: Mapped[uuid.UUID] = ref("user_account.id")
    seat: Mapped[int] = mapped_column(Integer)
    """Counts from 1 in the order of joining: the fixed order of everything computed over members."""
    kind: Mapped[Short]
    """Member class: 市总党组成员, 相关部室负责人, 外请专家 … as the document or staff name it."""
    organisation: Mapped[Short]
    """Where the person works, as staff wrote it: beside the organisations of the account, for recusal."""
    chair: Mapped[bool] = mapped_column(Boolean, default=False)
    since: Mapped[dt.date] = mapped_column(Date)
    until: Mapped[dt.date | None] = mapped_column(Date)
    """The last day; null while the term runs."""
    left_for: Mapped[Body] = mapped_column(default="")
    replaces_id: Mapped[uuid.UUID | None] = ref("committee_member.id")

    committee: Mapped[Committee] = relationship(back_populates="members")
    user: Mapped[User] = relationship()
    replaces: Mapped["CommitteeMember | None"] = relationship(remote_side="CommitteeMember.id")

    __table_args__ = (
        UniqueConstraint("committee_id", "seat"),
        CheckConstraint("until IS NULL OR until >= since", name="term_in_order"),
    )


class CommitteeMinutes(Base):
    """会议纪要: what a meeting of the committee decided."""

    __tablename__ = "committee_minutes"

    id: Mapped[Id]
    committee_id: Mapped[uuid.UUID] = ref("committee.id")
    held_on: Mapped[dt.date] = mapped_column(Date)
    title: Mapped[Short]
    text: Mapped[Body]
    file_id: Mapped[uuid.UUID | None] = ref("stored_file.id")
    recorded_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    at: Mapped[When] = mapped_column(default=now)

    file: Mapped[StoredFile | None] = relationship()
    recorded_by: Mapped[User] = relationship()


class ReviewRound(Versioned, Base):
    """One review (评审) of a track by a committee: the first, the final, the evaluation of a later year."""

    __tablename__ = "review_round"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    committee_id: Mapped[uuid.UUID] = ref("committee.id")
    track: Mapped[str] = mapped_column(String(40))
    stage: Mapped[str] = mapped_column(String(40), default="main")
    """Tells several reviews of one group apart: the first, the evaluation three years on."""
    mode: Mapped[RoundMode] = mapped_column(choice(RoundMode), default=RoundMode.written)
    reviews: Mapped[int] = mapped_column(Integer)
    """How many reviewers each entry is to have; 0: every member (a live round)."""
    state: Mapped[RoundState] = mapped_column(choice(RoundState), default=RoundState.forming)
    draw_seed: Mapped[str] = mapped_column(String(64), default="")
    """Of a live round: the random number that the order of appearance was drawn with."""
    opened_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    """Staff who opened it; null where the last sheet coming in did."""
    opened_for: Mapped[Body] = mapped_column(default="")
    """Why staff opened it although entries had fewer reviews than set."""
    ledger_index: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    """The leaf of the opening."""
    created_at: Mapped[When] = mapped_column(default=now)

    season: Mapped[Season] = relationship()
    committee: Mapped[Committee] = relationship()
    opened_by: Mapped[User | None] = relationship()

    __table_args__ = (
        UniqueConstraint("season_id", "track", "stage"),
        CheckConstraint("reviews BETWEEN 0 AND 50", name="reviews_range"),
        CheckConstraint("(state = 'opened') = (opened_at IS NOT NULL)", name="opened_has_time"),
    )


class ReviewSheet(Base):
    """评分表: one entry given to one member. Sealed once submitted.

    Released: it does not count any more. That can only be while every score of the round is sealed.
    """

    __tablename__ = "review_sheet"

    id: Mapped[Id]
    round_id: Mapped[uuid.UUID] = ref("review_round.id")
    member_id: Mapped[uuid.UUID] = ref("committee_member.id")
    entry_id: Mapped[uuid.UUID] = ref("entry.id")
    assigned_at: Mapped[When] = mapped_column(default=now)
    released_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    released_for: Mapped[Body] = mapped_column(default="")
    submitted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    salt: Mapped[str] = mapped_column(String(64), default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of salt and sheet (contests/review/sealing.py); the ledger's leaf holds it, hidden, from that moment."""
    ledger_index: Mapped[int | None] = mapped_column(BigInteger, unique=True)

    round: Mapped[ReviewRound] = relationship()
    member: Mapped[CommitteeMember] = relationship()
    entry: Mapped[Entry] = relationship()
    scores: Mapped[list["SheetScore"]] = relationship(back_populates="sheet", order_by="SheetScore.indicator")

    __table_args__ = (
        UniqueConstraint("round_id", "member_id", "entry_id"),
        CheckConstraint("(submitted_at IS NULL) = (ledger_index IS NULL)", name="submitted_is_in_ledger"),
    )


class SheetScore(Base):
    """One indicator's score with its reason. Without points or reason while the sheet is a draft."""

    __tablename__ = "sheet_score"

    sheet_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review_sheet.id"), primary_key=True)
    indicator: Mapped[str] = mapped_column(String(40), primary_key=True)
    points: Mapped[Decimal | None] = mapped_column(Points)
    reason: Mapped[Body] = mapped_column(default="")

    sheet: Mapped[ReviewSheet] = relationship(back_populates="scores")


class Recusal(Base):
    """回避: a member does not judge an entry, and why. Never deleted."""

    __tablename__ = "recusal"

    id: Mapped[Id]
    member_id: Mapped[uuid.UUID] = ref("committee_member.id")
    entry_id: Mapped[uuid.UUID] = ref("entry.id")
    reason: Mapped[Body]
    recorded_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    at: Mapped[When] = mapped_column(default=now)

    member: Mapped[CommitteeMember] = relationship()
    entry: Mapped[Entry] = relationship()
    recorded_by: Mapped[User] = relationship()

    __table_args__ = (UniqueConstraint("member_id", "entry_id"),)


class LiveTurn(Base):
    """An entry's turn in a live round, in drawn order. Its scores show from `revealed_at` on, all at once."""

    __tablename__ = "live_turn"

    id: Mapped[Id]
    round_id: Mapped[uuid.UUID] = ref("review_round.id")
    entry_id: Mapped[uuid.UUID] = ref("entry.id")
    position: Mapped[int] = mapped_column(Integer)
    opened_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    revealed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    """Staff who closed it before every judge was in; null where the last judge's score did."""
    closed_for: Mapped[Body] = mapped_column(default="")

    entry: Mapped[Entry] = relationship()

    __table_args__ = (
        UniqueConstraint("round_id", "entry_id"),
        UniqueConstraint("round_id", "position"),
        CheckConstraint("revealed_at IS NULL OR opened_at IS NOT NULL", name="opened_before_revealed"),
    )
