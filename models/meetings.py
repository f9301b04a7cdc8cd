"""A matching day (对接会): its clock and limits, who takes part on what terms, the plans made for it, their meetings."""

import datetime as dt
import enum
import uuid

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Expert, User
from models.activities import Activity
from models.base import Base, Document, Id, Line, UtcDateTime, Versioned, When, choice, now, ref
from models.demands import Demand
from models.engagements import Side


class MatchingDay(Versioned, Base):
    """How the day of one activity runs. The start of each slot is derived (engagements/meetings/clock.py)."""

    __tablename__ = "matching_day"

    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    slots: Mapped[int] = mapped_column(Integer)
    minutes: Mapped[int] = mapped_column(Integer)
    """Length of a meeting."""
    pause: Mapped[int] = mapped_column(Integer)
    """Minutes between two meetings."""
    break_after: Mapped[int] = mapped_column(Integer, default=0)
    """The slot after which there is a longer break; 0 for none."""
    break_minutes: Mapped[int] = mapped_column(Integer, default=0)
    tables: Mapped[int] = mapped_column(Integer)
    demand_least: Mapped[int] = mapped_column(Integer, default=1)
    demand_most: Mapped[int] = mapped_column(Integer, default=2)
    expert_least: Mapped[int] = mapped_column(Integer, default=1)
    expert_most: Mapped[int] = mapped_column(Integer, default=6)
    partial: Mapped[bool] = mapped_column(Boolean, default=True)
    """Whether pairs that fit in part may meet, or only those that fit well."""

    activity: Mapped[Activity] = relationship()

    __table_args__ = (
        CheckConstraint("slots BETWEEN 1 AND 48", name="slots_range"),
        CheckConstraint("tables BETWEEN 1 AND 200", name="tables_range"),
        CheckConstraint("minutes BETWEEN 5 AND 240 AND pause BETWEEN 0 AND 120", name="minutes_range"),
        CheckConstraint("break_after BETWEEN 0 AND slots AND break_minutes BETWEEN 0 AND 240", name="break_range"),
        CheckConstraint("demand_least >= 0 AND demand_most >= demand_least", name="demand_limits"),
        CheckConstraint("expert_least >= 0 AND expert_most >= expert_least", name="expert_limits"),
    )


class Terms:
    """On what terms somebody takes part; null and "" mean those of the day."""

    least: Mapped[int | None] = mapped_column(Integer)
    most: Mapped[int | None] = mapped_column(Integer)
    arrives_at: Mapped[str] = mapped_column(String(5), default="")
    """09:40: there from then on, in Asia/Shanghai."""
    leaves_at: Mapped[str] = mapped_column(String(5), default="")


class DayExpert(Terms, Base):
    """An expert who takes part: invited by staff, or signed up for the event."""

    __tablename__ = "day_expert"

    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("matching_day.activity_id"), primary_key=True)
    expert_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("expert.id"), primary_key=True, index=True)
    added_at: Mapped[When] = mapped_column(default=now)

    expert: Mapped[Expert] = relationship()

    __table_args__ = (CheckConstraint("least >= 0 AND most >= 0", name="not_negative"),)


class DayDemand(Terms, Base):
    """A demand that takes part. Confidential ones too: the event's public page lists only public ones."""

    __tablename__ = "day_demand"

    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("matching_day.activity_id"), primary_key=True)
    demand_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("demand.id"), primary_key=True, index=True)
    added_at: Mapped[When] = mapped_column(default=now)

    demand: Mapped[Demand] = relationship()

    __table_args__ = (CheckConstraint("least >= 0 AND most >= 0", name="not_negative"),)


class DayCandidate(Base):
    """A pair that fits, as the latest run found it: what replacements are chosen from."""

    __tablename__ = "day_candidate"

    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("matching_day.activity_id"), primary_key=True)
    demand_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("demand.id"), primary_key=True)
    expert_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("expert.id"), primary_key=True)
    good: Mapped[bool] = mapped_column(Boolean)
    """很对口; else 部分对口."""
    value: Mapped[float] = mapped_column(Float)
    """What the meeting is worth to the solver. For ordering only, never shown."""


class PlanState(enum.StrEnum):
    queued = "queued"
    """Waits for the worker."""
    failed = "failed"
    draft = "draft"
    published = "published"
    replaced = "replaced"
    """A later plan was published, or a draft was thrown away for a new one."""


class MeetingPlan(Versioned, Base):
    """One version of the day's plan."""

    __tablename__ = "meeting_plan"

    id: Mapped[Id]
    activity_id: Mapped[uuid.UUID] = ref("matching_day.activity_id")
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[PlanState] = mapped_column(choice(PlanState), default=PlanState.queued, index=True)
    requested_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    requested_at: Mapped[When] = mapped_column(default=now)
    arranged_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    figures: Mapped[dict] = mapped_column(Document, default=dict)
    """meetings, demands, experts, total, alone, evenness, worst, proven: see matching.days.matching_day.Figures."""
    fault: Mapped[Line] = mapped_column(default="")
    """Why a failed run failed, for the reader."""

    day: Mapped[MatchingDay] = relationship()
    requested_by: Mapped[User | None] = relationship()
    meetings: Mapped[list["Meeting"]] = relationship(back_populates="plan", order_by="(Meeting.slot, Meeting.table)")
    leftovers: Mapped[list["MeetingLeftover"]] = relationship(order_by="MeetingLeftover.position")

    __table_args__ = (
        UniqueConstraint("activity_id", "number"),
        Index("uq_meeting_plan_published", "activity_id", unique=True, sqlite_where=text("state = 'published'"),
              postgresql_where=text("state = 'published'")),
    )


class MeetingState(enum.StrEnum):
    planned = "planned"
    declined = "declined"
    """One side will not come to it."""
    cancelled = "cancelled"
    """By staff, or because somebody signed off."""
    held = "held"
    missed = "missed"
    """Somebody did not show up."""


LIVE = (MeetingState.planned, MeetingState.held, MeetingState.missed)
"""States of a meeting that takes its slot and table."""
_LIVE = text("state IN ('planned', 'held', 'missed')")


def _one_place(*columns: str) -> Index:
    """Nobody and no table has two live meetings in one slot of a plan."""
    name = f"uq_meeting_{columns[-1]}_slot"
    return Index(name, "plan_id", "slot", *columns, unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE)


class Meeting(Versioned, Base):
    """A demand's people and an expert at one table in one slot."""

    __tablename__ = "meeting"

    id: Mapped[Id]
    plan_id: Mapped[uuid.UUID] = ref("meeting_plan.id")
    demand_id: Mapped[uuid.UUID] = ref("demand.id")
    expert_id: Mapped[uuid.UUID] = ref("expert.id")
    organisation_id: Mapped[uuid.UUID] = ref("organisation.id")
    """The demand's enterprise, so that the schema keeps it from two tables at once."""
    slot: Mapped[int] = mapped_column(Integer)
    """From 0."""
    table: Mapped[int] = mapped_column(Integer)
    """From 0."""
    state: Mapped[MeetingState] = mapped_column(choice(MeetingState), default=MeetingState.planned)
    pinned: Mapped[bool] = mapped_column(Boolean, default=False)
    note: Mapped[Line] = mapped_column(default="")
    enterprise_confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    expert_confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    declined_by: Mapped[Side | None] = mapped_column(choice(Side))
    settled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When it was declined, cancelled, held or missed."""

    plan: Mapped[MeetingPlan] = relationship(back_populates="meetings")
    demand: Mapped[Demand] = relationship()
    expert: Mapped[Expert] = relationship()

    @property
    def live(self) -> bool:
        return self.state in LIVE

    __table_args__ = (
        CheckConstraint('slot >= 0 AND "table" >= 0', name="places_from_nought"),
        CheckConstraint("(state = 'declined') = (declined_by IS NOT NULL)", name="declined_by_whom"),
        _one_place("expert_id"), _one_place("organisation_id"), _one_place("table"),
        Index("uq_meeting_pair", "plan_id", "demand_id", "expert_id", unique=True, sqlite_where=_LIVE,
              postgresql_where=_LIVE),
    )


class MeetingLeftover(Base):
    """A demand or an expert that the plan gives less than it was promised, and why (matching/days/leftovers.py)."""

    __tablename__ = "meeting_leftover"

    id: Mapped[Id]
    plan_id: Mapped[uuid.UUID] = ref("meeting_plan.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer)
    demand_id: Mapped[uuid.UUID | None] = ref("demand.id")
    expert_id: Mapped[uuid.UUID | None] = ref("expert.id")
    short: Mapped[int] = mapped_column(Integer)
    bound: Mapped[str] = mapped_column(String(32))
    cut: Mapped[list] = mapped_column(Document, default=list)
    """Ids of those on the other side whose limits bind."""
    relaxations: Mapped[list] = mapped_column(Document, default=list)
    """Remedies that were tried: {remedy, subject (an id, or ""), gain}."""

    demand: Mapped[Demand | None] = relationship()
    expert: Mapped[Expert | None] = relationship()

    __table_args__ = (CheckConstraint("(demand_id IS NULL) <> (expert_id IS NULL)", name="one_party"),)
