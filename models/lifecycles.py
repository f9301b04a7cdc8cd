"""Cases that go through a lifecycle, every move made on them, and who holds which office of a contest."""

import datetime as dt
import uuid

from sqlalchemy import BigInteger, CheckConstraint, Date, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Organisation, User
from models.base import Base, Body, Document, Id, Line, Short, UtcDateTime, Versioned, When, now, ref
from models.contests import Season


class Case(Versioned, Base):
    """One nomination, centre or return. `state` is where its moves have led: derived, and kept for lists and quotas."""

    __tablename__ = "lifecycle_case"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    lifecycle: Mapped[str] = mapped_column(String(40))
    """Its code in the season's definition."""
    parent_id: Mapped[uuid.UUID | None] = ref("lifecycle_case.id")
    period: Mapped[dt.date | None] = mapped_column(Date)
    """The last day of the parent's recurring duty that this return meets."""
    name: Mapped[Short]
    """A person's, or what is the case's own in its official name."""
    organisation_id: Mapped[uuid.UUID | None] = ref("organisation.id")
    district_code: Mapped[str] = mapped_column(String(6), default="")
    industry_code: Mapped[str] = mapped_column(String(5), default="")
    """GB/T 4754, three digits for a 中类, four for a 小类."""
    track: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[str] = mapped_column(String(40))
    closed: Mapped[bool] = mapped_column(default=False)
    """Whether the state is a final one."""
    created_at: Mapped[When] = mapped_column(default=now)
    moves_made: Mapped[int] = mapped_column(Integer, default=0)
    """Kept so that every move makes a new version of the row, those too that leave the state."""

    season: Mapped[Season] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    parent: Mapped["Case | None"] = relationship(remote_side="Case.id", back_populates="children")
    children: Mapped[list["Case"]] = relationship(back_populates="parent", order_by="Case.created_at")
    moves: Mapped[list["CaseMove"]] = relationship(back_populates="case", order_by="CaseMove.number")

    __table_args__ = (
        UniqueConstraint("parent_id", "lifecycle", "period"),
        Index("ix_lifecycle_case_list", "season_id", "lifecycle", "state"),
    )


class CaseMove(Base):
    """One move as it was made: who, in what office, on what day, why, and which ledger entry says so. Never changed."""

    __tablename__ = "case_move"

    id: Mapped[Id]
    case_id: Mapped[uuid.UUID] = ref("lifecycle_case.id")
    number: Mapped[int] = mapped_column(Integer)
    """From 1 for the move that opened the case."""
    code: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(40))
    """Where the case stands after it."""
    role: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[uuid.UUID] = ref("user_account.id")
    on: Mapped[dt.date] = mapped_column("made_on", Date)
    """The day it counts from; `at` is when it was written down."""
    at: Mapped[When] = mapped_column(default=now)
    reason: Mapped[Body] = mapped_column(default="")
    period: Mapped[dt.date | None] = mapped_column(Date)
    filled: Mapped[dict] = mapped_column(Document, default=dict)
    """The move's fields by code, as JSON scalars."""
    ledger_index: Mapped[int] = mapped_column(BigInteger, unique=True)

    case: Mapped[Case] = relationship(back_populates="moves")
    actor: Mapped[User] = relationship()

    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
    )


class CaseOffice(Base):
    """A person holds an office of the contest (地区科协, 主管部门), of a district, organisation or track where it has one."""

    __tablename__ = "case_office"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    role: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[uuid.UUID] = ref("user_account.id")
    organisation_id: Mapped[uuid.UUID | None] = ref("organisation.id")
    district_code: Mapped[str] = mapped_column(String(6), default="")
    track: Mapped[str] = mapped_column(String(40), default="")
    given_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    given_at: Mapped[When] = mapped_column(default=now)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    organisation: Mapped[Organisation | None] = relationship()


class DistrictQuota(Base):
    """One line of a season's 名额分配表: how many places a rule gives a district, and the paper that says so."""

    __tablename__ = "district_quota"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    rule: Mapped[str] = mapped_column(String(40))
    district_code: Mapped[str] = mapped_column(String(6))
    most: Mapped[int] = mapped_column(Integer)
    source: Mapped[Line]
    set_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    set_at: Mapped[When] = mapped_column(default=now)

    __table_args__ = (
        UniqueConstraint("season_id", "rule", "district_code"),
        CheckConstraint("most >= 0", name="most_not_negative"),
    )


class KpiFigure(Base):
    """A figure of the project as somebody reported it, with its evidence; a later one replaces it, none is deleted."""

    __tablename__ = "kpi_figure"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    measure: Mapped[str] = mapped_column(String(40))
    value: Mapped[int] = mapped_column(Integer)
    source: Mapped[Line]
    """What proves it: the report's title, the list's number."""
    file_id: Mapped[uuid.UUID | None] = ref("stored_file.id")
    reported_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    reported_at: Mapped[When] = mapped_column(default=now)

    reported_by: Mapped[User] = relationship()

    __table_args__ = (CheckConstraint("value >= 0", name="value_not_negative"),)
