"""From first interest to a signed contract: who introduced whom, what was said, which stage it reached."""

import datetime as dt
import enum
import uuid

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Broker, Expert, User
from models.base import Base, Body, Id, UtcDateTime, Versioned, When, choice, now, ref
from models.demands import Demand


class Stage(enum.StrEnum):
    interest = "interest"
    visit = "visit"
    trial = "trial"
    contract = "contract"
    ended = "ended"


class Side(enum.StrEnum):
    enterprise = "enterprise"
    expert = "expert"


class Opening(enum.StrEnum):
    """How an engagement began."""

    interest = "interest"
    """The expert took the challenge (揭榜)."""
    invitation = "invitation"
    """The enterprise invited the expert."""
    introduction = "introduction"
    """A broker introduced them and both agreed."""


class EndCode(enum.StrEnum):
    """Why an engagement ended without a contract. The ranker learns from the code."""

    target_out_of_reach = "target_out_of_reach"
    other_field = "other_field"
    price = "price"
    schedule = "schedule"
    ownership = "ownership"
    chose_another = "chose_another"
    no_reply = "no_reply"
    demand_changed = "demand_changed"
    other = "other"


class Engagement(Versioned, Base):
    __tablename__ = "engagement"

    id: Mapped[Id]
    demand_id: Mapped[uuid.UUID] = ref("demand.id")
    expert_id: Mapped[uuid.UUID] = ref("expert.id")
    opening: Mapped[Opening] = mapped_column(choice(Opening))
    accepted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When the other side agreed to talk. Phone numbers show from here on."""
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.interest, index=True)
    end_code: Mapped[EndCode | None] = mapped_column(choice(EndCode))
    ended_by: Mapped[Side | None] = mapped_column(choice(Side))
    approach: Mapped[Body] = mapped_column(default="")
    """How the expert means to solve it. Not a contract."""
    days: Mapped[int | None] = mapped_column(Integer)
    questions: Mapped[Body] = mapped_column(default="")
    created_at: Mapped[When] = mapped_column(default=now)
    updated_at: Mapped[When] = mapped_column(default=now)

    demand: Mapped[Demand] = relationship()
    expert: Mapped[Expert] = relationship()
    events: Mapped[list["EngagementEvent"]] = relationship(order_by="EngagementEvent.at")
    messages: Mapped[list["Message"]] = relationship(order_by="Message.at")
    introductions: Mapped[list["Introduction"]] = relationship(back_populates="engagement")

    __table_args__ = (
        UniqueConstraint("demand_id", "expert_id"),
        CheckConstraint("(stage = 'ended') = (end_code IS NOT NULL)", name="ended_has_code"),
        CheckConstraint("days IS NULL OR days BETWEEN 1 AND 3650", name="days_range"),
    )


class EngagementEvent(Base):
    __tablename__ = "engagement_event"

    id: Mapped[Id]
    engagement_id: Mapped[uuid.UUID] = ref("engagement.id")
    at: Mapped[When] = mapped_column(default=now)
    stage: Mapped[Stage] = mapped_column(choice(Stage))
    actor_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    note: Mapped[Body] = mapped_column(default="")

    actor: Mapped[User | None] = relationship()


class Message(Base):
    __tablename__ = "message"

    id: Mapped[Id]
    engagement_id: Mapped[uuid.UUID] = ref("engagement.id")
    author_id: Mapped[uuid.UUID] = ref("user_account.id")
    at: Mapped[When] = mapped_column(default=now)
    text: Mapped[Body]

    author: Mapped[User] = relationship()


class Introduction(Base):
    """牵线: a broker brings one demand and one expert together. It opens an engagement once both sides consent.

    Without a broker it is a request that waits for one to take it up.
    """

    __tablename__ = "introduction"

    id: Mapped[Id]
    demand_id: Mapped[uuid.UUID] = ref("demand.id")
    expert_id: Mapped[uuid.UUID] = ref("expert.id")
    broker_id: Mapped[uuid.UUID | None] = ref("broker.id")
    requested_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    note: Mapped[Body] = mapped_column(default="")
    created_at: Mapped[When] = mapped_column(default=now)
    enterprise_consented_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    expert_consented_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    refused_by: Mapped[Side | None] = mapped_column(choice(Side))
    refused_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    refusal_code: Mapped[EndCode | None] = mapped_column(choice(EndCode))
    engagement_id: Mapped[uuid.UUID | None] = ref("engagement.id")

    demand: Mapped[Demand] = relationship()
    expert: Mapped[Expert] = relationship()
    broker: Mapped[Broker | None] = relationship()
    engagement: Mapped[Engagement | None] = relationship(back_populates="introductions")

    __table_args__ = (
        UniqueConstraint("demand_id", "expert_id", "broker_id"),
        CheckConstraint("(refused_at IS NULL) = (refused_by IS NULL)", name="refusal_whole"),
        Index("ix_introduction_pair", "demand_id", "expert_id"),
    )
