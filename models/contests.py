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

from models.accounts import Organisation, User
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


class EntrantKind(enum.StrEnum):
    """Who enters: a person, a team, an organisation, a collective (班组, 工作室), a province."""

    person = "person"
    team = "team"
    organisation = "organisation"
    collective = "collective"
    province = "province"


class MemberKind(enum.StrEnum):
    university = "university"
    enterprise = "enterprise"
    institute = "institute"
    other = "other"


class Side(enum.StrEnum):
    """Whose person a member is, seen from the unit: of the lead, of a partner, or from outside (专家委员会)."""

    lead = "lead"
    partner = "partner"
    outside = "outside"


class Entry(Versioned, Base):
    """A registration (报名) in one track: of a person, or of what a person enters and answers for."""

    __tablename__ = "entry"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    track: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[uuid.UUID] = ref("user_account.id")
    """Who filed it: the person who enters, or who answers for the team, the organisation, the nomination."""
    kind: Mapped[EntrantKind] = mapped_column(choice(EntrantKind), default=EntrantKind.person)
    organisation_id: Mapped[uuid.UUID | None] = ref("organisation.id")
    """The organisation that enters or nominates, where one does."""
    district_code: Mapped[str] = mapped_column(String(6), default="")
    status: Mapped[EntryStatus] = mapped_column(choice(EntryStatus), default=EntryStatus.draft)
    name: Mapped[Short]
    """The entrant's: a person's own, a team's, an organisation's."""
    phone: Mapped[Short] = mapped_column(default="")
    employer: Mapped[Short] = mapped_column(default="")
    summary: Mapped[Body] = mapped_column(default="")
    """工作情况简介, or the 工作情况报告 of a broker."""
    declared_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When the entrant declared the filing truthful."""
    submitted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    snapshot: Mapped[dict | None] = mapped_column(Document)
    """The form as submitted, frozen."""
    facts: Mapped[dict] = mapped_column(Document, default=dict)
    """What the track's rules and forms ask beyond the columns: ticks, the industry's class, the plan's sections."""
    returned_for: Mapped[Body] = mapped_column(default="")
    """Why staff last sent it back."""
    paper_received_on: Mapped[dt.date | None] = mapped_column(Date)
    paper_received_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    ledger_index: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    created_at: Mapped[When] = mapped_column(default=now)

    season: Mapped[Season] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    organisation: Mapped[Organisation | None] = relationship()
    members: Mapped[list["EntryMember"]] = relationship(cascade="all, delete-orphan", order_by="EntryMember.position")
    evidence: Mapped[list[Evidence]] = relationship(secondary="entry_evidence", order_by="Evidence.created_at")
    materials: Mapped[list["EntryMaterial"]] = relationship(cascade="all, delete-orphan")

    __table_args__ = (
        UniqueConstraint("season_id", "track", "user_id", "name"),
        CheckConstraint("status <> 'submitted' OR (declared_at IS NOT NULL AND ledger_index IS NOT NULL)",
                        name="submitted_is_whole"),
    )


class EntryEvidence(Base):
    __tablename__ = "entry_evidence"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    evidence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("evidence.id"), primary_key=True)


class EntryMember(Base):
    """One member of a team, an inventor of a work, or a person of a unit, in the entry's order (第一发明人 is 1)."""

    __tablename__ = "entry_member"

    id: Mapped[Id]
    entry_id: Mapped[uuid.UUID] = ref("entry.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[Short]
    kind: Mapped[MemberKind] = mapped_column(choice(MemberKind))
    organisation: Mapped[Short] = mapped_column(default="")
    organisation_id: Mapped[uuid.UUID | None] = ref("organisation.id")
    user_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    """The account, where the member has one here."""
    student: Mapped[bool] = mapped_column(Boolean, default=False)
    defender: Mapped[bool] = mapped_column(Boolean, default=False)
    """答辩人"""
    chair: Mapped[bool] = mapped_column(Boolean, default=False)
    side: Mapped[Side] = mapped_column(choice(Side), default=Side.outside)

    __table_args__ = (
        UniqueConstraint("entry_id", "position"),
        CheckConstraint("position >= 1", name="position_from_one"),
    )


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
