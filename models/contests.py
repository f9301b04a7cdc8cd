"""Contest seasons, the evidence people hold in them, and their registrations."""

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
from models.contracts import Collaboration, Contract
from models.files import StoredFile


class Season(Versioned, Base):
    """One year's run (届次) of a contest definition, with what its document leaves for staff to set."""

    __tablename__ = "season"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40))
    """Names the definition: contests/definitions/<code>.toml."""
    year: Mapped[int] = mapped_column(Integer)
    settings: Mapped[dict] = mapped_column(Document, default=dict)
    created_at: Mapped[When] = mapped_column(default=now)

    __table_args__ = (UniqueConstraint("code", "year"),)


class SeasonDecision(Base):
    """One value that staff set for a season where its document is silent: by whom, when, and on what ground."""

    __tablename__ = "season_decision"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    key: Mapped[Short]
    value: Mapped[Short]
    """As text; empty where the value was opened again."""
    source: Mapped[Line]
    """The minutes (会议纪要) or other paper that decided it."""
    decided_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    at: Mapped[When] = mapped_column(default=now)

    decided_by: Mapped[User] = relationship()


class EvidenceStatus(enum.StrEnum):
    pending = "pending"
    """Confirmed by both sides; staff have not verified it yet."""
    verified = "verified"
    returned = "returned"
    withdrawn = "withdrawn"


class Evidence(Base):
    """佐证: who may claim what, in which group, from which contract. Each row names its ledger entry."""

    __tablename__ = "evidence"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    track: Mapped[str] = mapped_column(String(40))
    collaboration_id: Mapped[uuid.UUID] = ref("collaboration.id")
    contract_id: Mapped[uuid.UUID] = ref("contract.id")
    claimant_id: Mapped[uuid.UUID] = ref("user_account.id")
    share: Mapped[int] = mapped_column(Integer, default=100)
    """Per cent of the contract credited to this claimant."""
    amount: Mapped[Decimal] = mapped_column(Yuan)
    expected_benefit: Mapped[Decimal] = mapped_column(Yuan)
    status: Mapped[EvidenceStatus] = mapped_column(choice(EvidenceStatus), default=EvidenceStatus.pending)
    ledger_index: Mapped[int] = mapped_column(BigInteger, unique=True)
    created_at: Mapped[When] = mapped_column(default=now)

    season: Mapped[Season] = relationship()
    collaboration: Mapped[Collaboration] = relationship()
    contract: Mapped[Contract] = relationship()
    claimant: Mapped[User] = relationship()

    __table_args__ = (
        UniqueConstraint("season_id", "track", "contract_id", "claimant_id"),
        CheckConstraint("share BETWEEN 1 AND 100", name="share_range"),
    )


class EntryStatus(enum.StrEnum):
    draft = "draft"
    submitted = "submitted"
    returned = "returned"
    withdrawn = "withdrawn"


class Entry(Versioned, Base):
    """A registration (报名) of one person in one track."""

    __tablename__ = "entry"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    track: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[uuid.UUID] = ref("user_account.id")
    status: Mapped[EntryStatus] = mapped_column(choice(EntryStatus), default=EntryStatus.draft)
    name: Mapped[Short]
    phone: Mapped[Short] = mapped_column(default="")
    employer: Mapped[Short] = mapped_column(default="")
    summary: Mapped[Body] = mapped_column(default="")
    """工作情况简介, or the 工作情况报告 of a broker."""
    declared_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When the entrant declared the filing truthful."""
    submitted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    snapshot: Mapped[dict | None] = mapped_column(Document)
    """The form as submitted, frozen."""
    returned_for: Mapped[Body] = mapped_column(default="")
    """Why staff last sent it back."""
    paper_received_on: Mapped[dt.date | None] = mapped_column(Date)
    paper_received_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    ledger_index: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    created_at: Mapped[When] = mapped_column(default=now)

    season: Mapped[Season] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    evidence: Mapped[list[Evidence]] = relationship(secondary="entry_evidence", order_by="Evidence.created_at")
    materials: Mapped[list["EntryMaterial"]] = relationship(cascade="all, delete-orphan")

    __table_args__ = (
        UniqueConstraint("season_id", "track", "user_id"),
        CheckConstraint("status <> 'submitted' OR (declared_at IS NOT NULL AND ledger_index IS NOT NULL)",
                        name="submitted_is_whole"),
    )


class EntryEvidence(Base):
    __tablename__ = "entry_evidence"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    evidence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("evidence.id"), primary_key=True)


class EntryMaterial(Base):
    """One thing the entry must carry, as it came in: an upload, a text, or paper seen at the window."""

    __tablename__ = "entry_material"

    id: Mapped[Id]
    entry_id: Mapped[uuid.UUID] = ref("entry.id", ondelete="CASCADE")
    code: Mapped[str] = mapped_column(String(40))
    file_id: Mapped[uuid.UUID | None] = ref("stored_file.id")
    original_seen: Mapped[bool] = mapped_column(Boolean, default=False)
    seen_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    seen_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    file: Mapped[StoredFile | None] = relationship()

    __table_args__ = (UniqueConstraint("entry_id", "code"),)


class Sanction(Base):
    """What followed a false filing: who decided it, on which entry, and why."""

    __tablename__ = "sanction"

    id: Mapped[Id]
    entry_id: Mapped[uuid.UUID] = ref("entry.id")
    reason: Mapped[Body]
    decided_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    decided_at: Mapped[When] = mapped_column(default=now)

    entry: Mapped[Entry] = relationship()
    decided_by: Mapped[User] = relationship()
