"""Contracts, their confirmation by both sides, the collaborations they become, and what staff found."""

import datetime as dt
import enum
import hashlib
import re
import unicodedata
import uuid
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Broker, User
from models.base import (
    Base,
    Body,
    Document,
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
from models.demands import CooperationType
from models.engagements import Engagement, Side
from models.files import StoredFile


class ContractStatus(enum.StrEnum):
    recorded = "recorded"
    """One side entered or corrected it; the other has yet to confirm."""
    agreed = "agreed"
    """Both sides confirmed the same revision; brokers have yet to agree their shares."""
    confirmed = "confirmed"
    """A collaboration."""
    cancelled = "cancelled"


class Contract(Versioned, Base):
    """A contract of one engagement. What it says stands in its revisions; `revision` is the one in force."""

    __tablename__ = "contract"

    id: Mapped[Id]
    engagement_id: Mapped[uuid.UUID] = ref("engagement.id", unique=True)
    status: Mapped[ContractStatus] = mapped_column(choice(ContractStatus), default=ContractStatus.recorded)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the enterprise and the normalised contract number: the same paper cannot be recorded twice."""
    created_at: Mapped[When] = mapped_column(default=now)

    engagement: Mapped[Engagement] = relationship()
    revisions: Mapped[list["ContractRevision"]] = relationship(back_populates="contract",
                                                               order_by="ContractRevision.number")
    shares: Mapped[list["BrokerShare"]] = relationship(back_populates="contract", cascade="all, delete-orphan")
    collaboration: Mapped["Collaboration | None"] = relationship(back_populates="contract")

    @property
    def revision(self) -> "ContractRevision":
        return self.revisions[-1]


class ContractTerms:
    """What a contract says, whoever wrote it down."""

    contract_number: Mapped[Short]
    name: Mapped[Line]
    type: Mapped[CooperationType] = mapped_column(choice(CooperationType))
    signed_on: Mapped[dt.date] = mapped_column(Date)
    amount: Mapped[Decimal] = mapped_column(Yuan)
    expected_benefit: Mapped[Decimal] = mapped_column(Yuan)
    party_a: Mapped[Short]
    party_b: Mapped[Short]
    starts_on: Mapped[dt.date | None] = mapped_column(Date)
    ends_on: Mapped[dt.date | None] = mapped_column(Date)
    """The first and the last day of the contract's term, where it names them."""


class ContractRevision(ContractTerms, Base):
    """What one side wrote down of the contract; a correction is a further revision, never an edit."""

    __tablename__ = "contract_revision"

    id: Mapped[Id]
    contract_id: Mapped[uuid.UUID] = ref("contract.id")
    number: Mapped[int] = mapped_column(Integer)
    scan_id: Mapped[uuid.UUID] = ref("stored_file.id")
    side: Mapped[Side] = mapped_column(choice(Side))
    author_id: Mapped[uuid.UUID] = ref("user_account.id")
    at: Mapped[When] = mapped_column(default=now)
    note: Mapped[Body] = mapped_column(default="")

    contract: Mapped[Contract] = relationship(back_populates="revisions")
    scan: Mapped[StoredFile] = relationship()
    author: Mapped[User] = relationship()
    confirmations: Mapped[list["ContractConfirmation"]] = relationship(back_populates="revision")

    __table_args__ = (
        UniqueConstraint("contract_id", "number"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("expected_benefit >= 0", name="benefit_not_negative"),
    )


class ContractConfirmation(Base):
    """One side stands behind one revision. The side that wrote it confirms it by writing it."""

    __tablename__ = "contract_confirmation"

    id: Mapped[Id]
    revision_id: Mapped[uuid.UUID] = ref("contract_revision.id")
    side: Mapped[Side] = mapped_column(choice(Side))
    user_id: Mapped[uuid.UUID] = ref("user_account.id")
    at: Mapped[When] = mapped_column(default=now)

    revision: Mapped[ContractRevision] = relationship(back_populates="confirmations")
    user: Mapped[User] = relationship()

    __table_args__ = (UniqueConstraint("revision_id", "side"),)


class BrokerShare(Base):
    """What part of a contract's credit one broker claims. With several, each must agree to the same set."""

    __tablename__ = "broker_share"

    id: Mapped[Id]
    contract_id: Mapped[uuid.UUID] = ref("contract.id")
    broker_id: Mapped[uuid.UUID] = ref("broker.id")
    percent: Mapped[int] = mapped_column(Integer)
    agreed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    contract: Mapped[Contract] = relationship(back_populates="shares")
    broker: Mapped[Broker] = relationship()

    __table_args__ = (
        UniqueConstraint("contract_id", "broker_id"),
        CheckConstraint("percent BETWEEN 1 AND 100", name="percent_range"),
    )


class CollaborationStatus(enum.StrEnum):
    confirmed = "confirmed"
    """Waits in the staff queue."""
    verified = "verified"
    returned = "returned"
    withdrawn = "withdrawn"


class Collaboration(Versioned, Base):
    """A signed contract both sides confirmed (合作). `ledger_index` is the leaf written with it."""

    __tablename__ = "collaboration"

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(String(20), unique=True)
    """HT-2026-0093."""
    contract_id: Mapped[uuid.UUID] = ref("contract.id", unique=True)
    status: Mapped[CollaborationStatus] = mapped_column(choice(CollaborationStatus),
                                                        default=CollaborationStatus.confirmed, index=True)
    confirmed_at: Mapped[When] = mapped_column(default=now, index=True)
    queued_at: Mapped[When] = mapped_column(default=now, index=True)
    """When it last entered the staff queue: on confirmation, and again after a return was mended."""
    ledger_index: Mapped[int] = mapped_column(BigInteger, unique=True)

    contract: Mapped[Contract] = relationship(back_populates="collaboration")
    verifications: Mapped[list["Verification"]] = relationship(back_populates="collaboration",
                                                               order_by="Verification.at")


class Finding(enum.StrEnum):
    approved = "approved"
    returned = "returned"
    second_opinion = "second_opinion"
    """Another person is asked to look."""
    recused = "recused"
    undone = "undone"
    """An approval taken back within 30 minutes."""


class Verification(Base):
    """A staff member's signed finding on a collaboration (原件核验), each its own ledger entry."""

    __tablename__ = "verification"

    id: Mapped[Id]
    collaboration_id: Mapped[uuid.UUID] = ref("collaboration.id")
    verifier_id: Mapped[uuid.UUID] = ref("user_account.id")
    finding: Mapped[Finding] = mapped_column(choice(Finding))
    original_seen: Mapped[bool] = mapped_column(Boolean, default=False)
    receipt: Mapped[Short] = mapped_column(default="")
    """Number of the window slip under which the paper original came in (窗口收件号)."""
    opinions: Mapped[list] = mapped_column(Document, default=list)
    """[{"item": field name, "opinion": text}] for each doubtful fact."""
    reason: Mapped[Body] = mapped_column(default="")
    at: Mapped[When] = mapped_column(default=now)
    ledger_index: Mapped[int] = mapped_column(BigInteger, unique=True)

    collaboration: Mapped[Collaboration] = relationship(back_populates="verifications")
    verifier: Mapped[User] = relationship()

    __table_args__ = (CheckConstraint("finding <> 'approved' OR original_seen", name="approved_saw_original"),)


class BenefitReport(Base):
    """Realised benefit of a contract, reported with proof: never mixed with the expected one."""

    __tablename__ = "benefit_report"

    id: Mapped[Id]
    contract_id: Mapped[uuid.UUID] = ref("contract.id")
    realised: Mapped[Decimal] = mapped_column(Yuan)
    until: Mapped[dt.date] = mapped_column(Date)
    """Benefit realised up to and including this day."""
    proof_id: Mapped[uuid.UUID] = ref("stored_file.id")
    reported_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    at: Mapped[When] = mapped_column(default=now)
    ledger_index: Mapped[int | None] = mapped_column(BigInteger, unique=True)

    contract: Mapped[Contract] = relationship()
    proof: Mapped[StoredFile] = relationship()

    __table_args__ = (CheckConstraint("realised >= 0", name="realised_not_negative"),)


def normal_number(number: str) -> str:
    """A contract number without what two people write differently: width, case, spaces, dashes and brackets."""
    return re.sub(r"[^0-9A-Z\u4e00-\u9fff]", "", unicodedata.normalize("NFKC", number).upper())


def fingerprint(organisation_id: uuid.UUID, number: str) -> str:
    """SHA-256, hexadecimal, of the enterprise and the normalised contract number."""
    return hashlib.sha256(f"{organisation_id}\n{normal_number(number)}".encode()).hexdigest()
