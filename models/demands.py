"""Technical demands (技术需求): the text, its measurable targets, its history and who follows it."""

import datetime as dt
import enum
import uuid
from decimal import Decimal

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Organisation, User
from models.base import (
    Base,
    Body,
    Id,
    Line,
    Short,
    UtcDateTime,
    Versioned,
    When,
    Yuan,
    choice,
    now,
    ref,
)
from models.files import StoredFile


class DemandStatus(enum.StrEnum):
    draft = "draft"
    submitted = "submitted"
    returned = "returned"
    published = "published"
    taken = "taken"
    """已揭榜: a contract is recorded; closed to new interest."""
    withdrawn = "withdrawn"
    expired = "expired"
    closed = "closed"
    """A verified collaboration came of it."""


class CooperationType(enum.StrEnum):
    """The five technology contracts of the Civil Code, arts. 843–887."""

    development = "development"
    transfer = "transfer"
    licence = "licence"
    consulting = "consulting"
    service = "service"


class Confidentiality(enum.StrEnum):
    public = "public"
    summary = "summary"
    """Only the checked abstract is public; members who take it see the full text."""
    nda = "nda"
    """The full text opens to one expert at a time, after the enterprise agrees; each opening is logged."""
    internal = "internal"
    """Only the enterprise, its brokers and staff; matched, never listed."""


class Demand(Versioned, Base):
    __tablename__ = "demand"

    id: Mapped[Id]
    number: Mapped[str | None] = mapped_column(String(20), unique=True)
    """WH-2026-0417, given when first submitted."""
    organisation_id: Mapped[uuid.UUID | None] = ref("organisation.id")
    """The enterprise. Null for rows imported without one."""
    author_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    source: Mapped[str | None] = mapped_column(String(60))
    external_id: Mapped[str | None] = mapped_column(String(120))
    """`_id` of the import it came from: unique per source."""
    title: Mapped[Line]
    problem: Mapped[Body] = mapped_column(default="")
    constraints: Mapped[Body] = mapped_column(default="")
    tried: Mapped[Body] = mapped_column(default="")
    offers: Mapped[Body] = mapped_column(default="")
    ownership: Mapped[Line] = mapped_column(default="")
    industry_code: Mapped[str] = mapped_column(String(5), default="", index=True)
    district_code: Mapped[str] = mapped_column(String(6), default="", index=True)
    cooperation_type: Mapped[CooperationType | None] = mapped_column(choice(CooperationType), index=True)
    budget_min: Mapped[Decimal | None] = mapped_column(Yuan)
    budget_max: Mapped[Decimal | None] = mapped_column(Yuan)
    """元. Both null: 面议."""
    deadline: Mapped[dt.date | None] = mapped_column(Date, index=True)
    """The last day, inclusive, in Asia/Shanghai."""
    confidentiality: Mapped[Confidentiality] = mapped_column(choice(Confidentiality), default=Confidentiality.public)
    abstract: Mapped[Body] = mapped_column(default="")
    """The checked text shown instead of the full one when it is confidential."""
    status: Mapped[DemandStatus] = mapped_column(choice(DemandStatus), default=DemandStatus.draft, index=True)
    created_at: Mapped[When] = mapped_column(default=now)
    submitted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime, index=True)
    updated_at: Mapped[When] = mapped_column(default=now)

    organisation: Mapped[Organisation | None] = relationship()
    author: Mapped[User | None] = relationship()
    targets: Mapped[list["DemandTarget"]] = relationship(back_populates="demand", order_by="DemandTarget.position",
                                                         cascade="all, delete-orphan")
    events: Mapped[list["DemandEvent"]] = relationship(back_populates="demand", order_by="DemandEvent.at")
    attachments: Mapped[list["DemandAttachment"]] = relationship(cascade="all, delete-orphan")

    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        CheckConstraint("budget_min IS NULL OR budget_min >= 0", name="budget_not_negative"),
        CheckConstraint("budget_min IS NULL OR budget_max IS NULL OR budget_max >= budget_min", name="budget_order"),
        Index("ix_demand_hall", "status", "published_at"),
    )


class DemandTarget(Base):
    """One line of what must be reached: what, the figure, how it is measured, must or nice to have."""

    __tablename__ = "demand_target"

    id: Mapped[Id]
    demand_id: Mapped[uuid.UUID] = ref("demand.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer)
    what: Mapped[Short]
    figure: Mapped[Short] = mapped_column(default="")
    measure: Mapped[Line] = mapped_column(default="")
    required: Mapped[bool] = mapped_column(Boolean, default=True)
    derived: Mapped[bool] = mapped_column(Boolean, default=False)
    """Read out of free text by the platform, not yet confirmed by the enterprise."""

    demand: Mapped[Demand] = relationship(back_populates="targets")

    __table_args__ = (UniqueConstraint("demand_id", "position"),)


class DemandEvent(Base):
    """One move of a demand from state to state, with its author and reason."""

    __tablename__ = "demand_event"

    id: Mapped[Id]
    demand_id: Mapped[uuid.UUID] = ref("demand.id")
    at: Mapped[When] = mapped_column(default=now)
    status: Mapped[DemandStatus] = mapped_column(choice(DemandStatus))
    actor_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    reason: Mapped[Body] = mapped_column(default="")

    demand: Mapped[Demand] = relationship(back_populates="events")
    actor: Mapped[User | None] = relationship()


class DemandAttachment(Base):
    __tablename__ = "demand_attachment"

    demand_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("demand.id", ondelete="CASCADE"), primary_key=True)
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)

    file: Mapped[StoredFile] = relationship()


class DisclosureLog(Base):
    """Somebody opened the full text of a confidential demand (有人打开过您的全文)."""

    __tablename__ = "disclosure_log"

    id: Mapped[Id]
    demand_id: Mapped[uuid.UUID] = ref("demand.id")
    user_id: Mapped[uuid.UUID] = ref("user_account.id")
    at: Mapped[When] = mapped_column(default=now)

    user: Mapped[User] = relationship()


class LeakConfirmation(Base):
    """Why words that may give a confidential demand away stay public: who said so, when, for which words."""

    __tablename__ = "leak_confirmation"

    id: Mapped[Id]
    demand_id: Mapped[uuid.UUID] = ref("demand.id", ondelete="CASCADE")
    user_id: Mapped[uuid.UUID] = ref("user_account.id")
    at: Mapped[When] = mapped_column(default=now)
    field: Mapped[str] = mapped_column(String(40))
    """The field of the form whose text holds the words: title, abstract, target-0-what."""
    kind: Mapped[str] = mapped_column(String(20))
    words: Mapped[Body]
    reason: Mapped[Body]

    user: Mapped[User] = relationship()


class Follow(Base):
    __tablename__ = "follow"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    demand_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("demand.id"), primary_key=True)
    created_at: Mapped[When] = mapped_column(default=now)
