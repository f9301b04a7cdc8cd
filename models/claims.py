"""What sheets say of collaborations that people have yet to stand behind: kept apart, so that nothing counts it.

An engagement or a contract is what two sides did here. A sheet can only say that they did, elsewhere or earlier: that
becomes a claim. Both sides confirming it opens a real engagement; its contract is recorded by them as any other.
"""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Date, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Expert
from models.base import Base, Id, UtcDateTime, Versioned, When, choice, now, ref
from models.contracts import CollaborationStatus, ContractStatus, ContractTerms
from models.demands import Demand
from models.engagements import EndCode, Engagement, Opening, Side, Stage


class ClaimedEngagement(Versioned, Base):
    """A sheet says that this demand and this expert were brought together. `stage` is its word, not a fact."""

    __tablename__ = "claimed_engagement"

    id: Mapped[Id]
    demand_id: Mapped[uuid.UUID] = ref("demand.id")
    expert_id: Mapped[uuid.UUID] = ref("expert.id")
    opening: Mapped[Opening] = mapped_column(choice(Opening))
    stage: Mapped[Stage] = mapped_column(choice(Stage))
    end_code: Mapped[EndCode | None] = mapped_column(choice(EndCode))
    began_on: Mapped[dt.date] = mapped_column(Date)
    changed_on: Mapped[dt.date] = mapped_column(Date)
    """Days of the city's calendar, as the sheet has them."""
    batch_id: Mapped[uuid.UUID | None] = ref("sheet_batch.id")
    created_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    """Who brought the sheet in. Null for the operator at the command line."""
    created_at: Mapped[When] = mapped_column(default=now)
    enterprise_confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    enterprise_confirmed_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    expert_confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    expert_confirmed_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    denied_by: Mapped[Side | None] = mapped_column(choice(Side))
    denied_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    engagement_id: Mapped[uuid.UUID | None] = ref("engagement.id")
    """What came of it once both sides had confirmed."""

    demand: Mapped[Demand] = relationship()
    expert: Mapped[Expert] = relationship()
    engagement: Mapped[Engagement | None] = relationship()

    __table_args__ = (
        UniqueConstraint("demand_id", "expert_id"),
        CheckConstraint("(stage = 'ended') = (end_code IS NOT NULL)", name="ended_has_code"),
        CheckConstraint("(denied_by IS NULL) = (denied_at IS NULL)", name="denial_whole"),
        CheckConstraint("engagement_id IS NULL OR (enterprise_confirmed_at IS NOT NULL AND "
                        "expert_confirmed_at IS NOT NULL AND denied_at IS NULL)", name="both_confirmed"),
    )

    def confirmed_at(self, side: Side) -> dt.datetime | None:
        return self.enterprise_confirmed_at if side is Side.enterprise else self.expert_confirmed_at

    @property
    def answered(self) -> bool:
        """Whether a person has said anything to it: from then on no sheet changes it."""
        return any((self.enterprise_confirmed_at, self.expert_confirmed_at, self.denied_at))


class ClaimedContract(ContractTerms, Versioned, Base):
    """A sheet says that these two signed this contract. It fills the form in which a side records it, and no more."""

    __tablename__ = "claimed_contract"

    id: Mapped[Id]
    demand_id: Mapped[uuid.UUID] = ref("demand.id")
    expert_id: Mapped[uuid.UUID] = ref("expert.id")
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    """As of a contract: the same paper is not claimed twice."""
    status: Mapped[ContractStatus] = mapped_column(choice(ContractStatus))
    standing: Mapped[CollaborationStatus | None] = mapped_column(choice(CollaborationStatus))
    collaboration_number: Mapped[str] = mapped_column(String(20), default="")
    """What the sheet says came of it. Nobody here has confirmed or verified any of it."""
    batch_id: Mapped[uuid.UUID | None] = ref("sheet_batch.id")
    created_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    created_at: Mapped[When] = mapped_column(default=now)

    demand: Mapped[Demand] = relationship()
    expert: Mapped[Expert] = relationship()

    __table_args__ = (
        UniqueConstraint("demand_id", "expert_id"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("expected_benefit >= 0", name="benefit_not_negative"),
    )
