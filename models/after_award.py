"""What follows an award: the money, whether the benefit came, services of the organisers, nominations onward."""

import datetime as dt
import enum
import uuid
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, Date, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import User
from models.base import Base, Body, Document, Id, Line, Short, UtcDateTime, Versioned, When, Yuan, choice, now, ref
from models.contests import Season
from models.publication import Certificate


class Treatment(enum.StrEnum):
    occasional = "occasional"
    """偶然所得, taxed at 20 %: the payer withholds."""
    exempt = "exempt"
    wages = "wages"
    """Paid through the winner's employer, which taxes it with the wages."""


class TaxTreatment(Base):
    """How a season's prize money is taxed, as staff confirmed it. A season's latest row counts; none is changed."""

    __tablename__ = "tax_treatment"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    treatment: Mapped[Treatment] = mapped_column(choice(Treatment))
    rate: Mapped[int] = mapped_column(Integer)
    """Per cent withheld of the gross amount."""
    basis: Mapped[Line]
    """The article of law it rests on."""
    source: Mapped[Line]
    """Who confirmed it: the finance office's opinion, the tax bureau's answer."""
    confirmed_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    confirmed_at: Mapped[When] = mapped_column(default=now)

    season: Mapped[Season] = relationship()
    confirmed_by: Mapped[User] = relationship()

    __table_args__ = (CheckConstraint("rate BETWEEN 0 AND 45", name="rate_range"),)


class Payment(Base):
    """One award's prize money, paid out once."""

    __tablename__ = "payment"

    id: Mapped[Id]
    certificate_id: Mapped[uuid.UUID] = ref("certificate.id", index=False, unique=True)
    gross: Mapped[Decimal] = mapped_column(Yuan)
    tax: Mapped[Decimal] = mapped_column(Yuan)
    net: Mapped[Decimal] = mapped_column(Yuan)
    tax_treatment_id: Mapped[uuid.UUID] = ref("tax_treatment.id")
    paid_on: Mapped[dt.date] = mapped_column(Date)
    voucher: Mapped[Short]
    """The accounting voucher (凭证号)."""
    recorded_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    recorded_at: Mapped[When] = mapped_column(default=now)
    ledger_index: Mapped[int] = mapped_column(BigInteger, unique=True)

    certificate: Mapped[Certificate] = relationship()
    tax_treatment: Mapped[TaxTreatment] = relationship()
    recorded_by: Mapped[User] = relationship()

    __table_args__ = (
        CheckConstraint("gross > 0 AND tax >= 0 AND net >= 0", name="not_negative"),
        CheckConstraint("gross = tax + net", name="adds_up"),
    )


class FollowUp(Versioned, Base):
    """A look at what an award's contracts brought in, months after the result. The figures are frozen on closing."""

    __tablename__ = "follow_up"

    id: Mapped[Id]
    certificate_id: Mapped[uuid.UUID] = ref("certificate.id")
    months: Mapped[int] = mapped_column(Integer)
    due_on: Mapped[dt.date] = mapped_column(Date, index=True)
    reminded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    figures: Mapped[list] = mapped_column(Document, default=list)
    """[{contract, name, expected, realised, until, proof}] in 元; realised empty where nobody reported."""
    note: Mapped[Body] = mapped_column(default="")
    closed_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    certificate: Mapped[Certificate] = relationship()
    closed_by: Mapped[User | None] = relationship()

    __table_args__ = (UniqueConstraint("certificate_id", "months"),
                      CheckConstraint("months > 0", name="months_positive"))


class TicketStatus(enum.StrEnum):
    asked = "asked"
    accepted = "accepted"
    done = "done"
    declined = "declined"


class ServiceTicket(Versioned, Base):
    """One after-award service that a winner asked for, and what became of it."""

    __tablename__ = "service_ticket"

    id: Mapped[Id]
    certificate_id: Mapped[uuid.UUID] = ref("certificate.id")
    service: Mapped[str] = mapped_column(String(40))
    """Code of the service (contests.publication.services)."""
    status: Mapped[TicketStatus] = mapped_column(choice(TicketStatus), default=TicketStatus.asked)
    wish: Mapped[Body]
    reply: Mapped[Body] = mapped_column(default="")
    asked_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    asked_at: Mapped[When] = mapped_column(default=now)
    handled_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    handled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    certificate: Mapped[Certificate] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    handled_by: Mapped[User | None] = relationship(foreign_keys=[handled_by_id])

    __table_args__ = (UniqueConstraint("certificate_id", "service"),)


class NominationOutcome(enum.StrEnum):
    sent = "sent"
    granted = "granted"
    refused = "refused"


class PropertyStatus(enum.StrEnum):
    none = "none"
    applied = "applied"
    granted = "granted"


class Nomination(Versioned, Base):
    """An award carried on to a higher honour (推荐申报), with the state of the result's intellectual property."""

    __tablename__ = "nomination"

    id: Mapped[Id]
    certificate_id: Mapped[uuid.UUID] = ref("certificate.id")
    honour: Mapped[str] = mapped_column(String(40))
    """Code of the honour (contests.publication.nominations)."""
    minutes: Mapped[Line]
    property_status: Mapped[PropertyStatus] = mapped_column(choice(PropertyStatus), default=PropertyStatus.none)
    property_number: Mapped[Short] = mapped_column(default="")
    """The patent's or application's number."""
    outcome: Mapped[NominationOutcome] = mapped_column(choice(NominationOutcome), default=NominationOutcome.sent)
    outcome_on: Mapped[dt.date | None] = mapped_column(Date)
    nominated_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    nominated_at: Mapped[When] = mapped_column(default=now)

    certificate: Mapped[Certificate] = relationship()
    nominated_by: Mapped[User] = relationship()

    __table_args__ = (
        UniqueConstraint("certificate_id", "honour"),
        CheckConstraint("(outcome = 'sent') = (outcome_on IS NULL)", name="outcome_is_dated"),
    )
