"""对接会, 成果发布会 and other events of the platform, and who came."""

import datetime as dt
import enum
import uuid

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Organisation, User
from models.base import Base, Body, Id, Line, UtcDateTime, When, choice, now, ref


class ActivityKind(enum.StrEnum):
    matching = "matching"
    """校企对接活动."""
    results = "results"
    """高校成果发布活动."""
    training = "training"


class Activity(Base):
    __tablename__ = "activity"

    id: Mapped[Id]
    kind: Mapped[ActivityKind] = mapped_column(choice(ActivityKind))
    title: Mapped[Line]
    held_on: Mapped[dt.date] = mapped_column(Date, index=True)
    starts_at: Mapped[str] = mapped_column(String(5), default="09:00")
    place: Mapped[Line] = mapped_column(default="")
    district_code: Mapped[str] = mapped_column(String(6), default="")
    organiser_id: Mapped[uuid.UUID | None] = ref("organisation.id")
    description: Mapped[Body] = mapped_column(default="")
    seats: Mapped[int | None] = mapped_column(Integer)
    created_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    created_at: Mapped[When] = mapped_column(default=now)

    organiser: Mapped[Organisation | None] = relationship()
    attendances: Mapped[list["Attendance"]] = relationship(back_populates="activity")

    __table_args__ = (CheckConstraint("seats IS NULL OR seats > 0", name="seats_positive"),)


class Attendance(Base):
    """One person signed up for an event; staff confirm that they came."""

    __tablename__ = "attendance"

    id: Mapped[Id]
    activity_id: Mapped[uuid.UUID] = ref("activity.id")
    user_id: Mapped[uuid.UUID] = ref("user_account.id")
    signed_up_at: Mapped[When] = mapped_column(default=now)
    attended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")

    activity: Mapped[Activity] = relationship(back_populates="attendances")
    user: Mapped[User] = relationship(foreign_keys=[user_id])

    __table_args__ = (UniqueConstraint("activity_id", "user_id"),)


class ActivityDemand(Base):
    """A demand put on the programme of an event."""

    __tablename__ = "activity_demand"

    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True)
    demand_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("demand.id"), primary_key=True)
