"""Technical capabilities (技术能力 / 成果): what an expert posts, claim by claim with its proof."""

import enum
import uuid

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Expert
from models.base import Base, Body, Id, Line, Short, Versioned, When, choice, now, ref
from models.demands import Demand


class CapabilityStatus(enum.StrEnum):
    published = "published"
    hidden = "hidden"


class ProofKind(enum.StrEnum):
    none = "none"
    paper = "paper"
    patent = "patent"
    contract = "contract"
    test_report = "test_report"
    shop_record = "shop_record"
    employer = "employer"


class Capability(Versioned, Base):
    __tablename__ = "capability"

    id: Mapped[Id]
    expert_id: Mapped[uuid.UUID | None] = ref("expert.id")
    """Null for a result imported without its author: it is recommended by itself."""
    source: Mapped[str | None] = mapped_column(String(60))
    external_id: Mapped[str | None] = mapped_column(String(120))
    title: Mapped[Line]
    summary: Mapped[Body] = mapped_column(default="")
    field: Mapped[Short] = mapped_column(default="")
    status: Mapped[CapabilityStatus] = mapped_column(choice(CapabilityStatus), default=CapabilityStatus.published)
    """Without an index: nearly all are published, and SQLite would read them all for a handful of ids."""
    created_at: Mapped[When] = mapped_column(default=now)
    updated_at: Mapped[When] = mapped_column(default=now)

    expert: Mapped[Expert | None] = relationship()
    claims: Mapped[list["CapabilityClaim"]] = relationship(back_populates="capability", cascade="all, delete-orphan",
                                                           order_by="CapabilityClaim.position")

    __table_args__ = (UniqueConstraint("source", "external_id"),)


class CapabilityClaim(Base):
    """One thing an expert says to have done: a sentence with figures, its year, its proof."""

    __tablename__ = "capability_claim"

    id: Mapped[Id]
    capability_id: Mapped[uuid.UUID] = ref("capability.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer)
    text: Mapped[Line]
    year: Mapped[int | None] = mapped_column(Integer)
    proof: Mapped[ProofKind] = mapped_column(choice(ProofKind), default=ProofKind.none)
    verified: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether staff saw the proof."""

    capability: Mapped[Capability] = relationship(back_populates="claims")

    __table_args__ = (
        UniqueConstraint("capability_id", "position"),
        CheckConstraint("year IS NULL OR year BETWEEN 1950 AND 2100", name="year_range"),
    )


class DismissalCode(enum.StrEnum):
    """Why a recommendation does not fit. The ranker learns from the code."""

    other_field = "other_field"
    target_out_of_reach = "target_out_of_reach"
    no_time = "no_time"
    too_far = "too_far"
    budget = "budget"
    known_already = "known_already"
    other = "other"


class Dismissal(Base):
    """不合适: one side took a recommended pairing off its list."""

    __tablename__ = "dismissal"

    id: Mapped[Id]
    demand_id: Mapped[uuid.UUID] = ref("demand.id")
    expert_id: Mapped[uuid.UUID | None] = ref("expert.id")
    capability_id: Mapped[uuid.UUID | None] = ref("capability.id")
    """Set for a capability without an expert."""
    by_user_id: Mapped[uuid.UUID] = ref("user_account.id")
    code: Mapped[DismissalCode] = mapped_column(choice(DismissalCode))
    note: Mapped[Line] = mapped_column(default="")
    at: Mapped[When] = mapped_column(default=now)

    demand: Mapped[Demand] = relationship()
    expert: Mapped[Expert | None] = relationship()

    __table_args__ = (
        UniqueConstraint("demand_id", "expert_id", "by_user_id"),
        CheckConstraint("(expert_id IS NULL) <> (capability_id IS NULL)", name="one_subject"),
        Index("ix_dismissal_pair", "demand_id", "expert_id"),
    )
