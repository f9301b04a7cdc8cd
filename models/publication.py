"""公示 and what ends it: the working-day calendar, published lists, objections to them, the result, certificates."""

import datetime as dt
import enum
import uuid

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    Index,
    Integer,
    Select,
    String,
    UniqueConstraint,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import User
from models.awards import Award
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
    choice,
    now,
    ref,
)
from models.contests import Season
from models.files import FileFacts, StoredFile


class DayKind(enum.StrEnum):
    off = "off"
    """A weekday on which nobody works (放假)."""
    work = "work"
    """A Saturday or Sunday on which people work (调休上班)."""


class CalendarDay(Base):
    """One day that is not what its weekday says, as the State Council's office published it. Staff enter them."""

    __tablename__ = "calendar_day"

    id: Mapped[Id]
    day: Mapped[dt.date] = mapped_column(Date, unique=True)
    kind: Mapped[DayKind] = mapped_column(choice(DayKind))
    name: Mapped[Short] = mapped_column(default="")
    """国庆节, 春节调休."""
    source: Mapped[Line]
    """The notice that says so."""
    set_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    set_at: Mapped[When] = mapped_column(default=now)


class NoticeStatus(enum.StrEnum):
    open = "open"
    """Shown and open to objections; whether its days are over is judged by the clock."""
    withdrawn = "withdrawn"
    settled = "settled"
    """The result is published."""


class PublicNotice(Versioned, Base):
    """A list of awards shown to the public (公示), frozen as it was shown, with the approval it rests on."""

    __tablename__ = "public_notice"

    id: Mapped[Id]
    season_id: Mapped[uuid.UUID] = ref("season.id")
    number: Mapped[int] = mapped_column(Integer)
    """From 1 within the season: a corrected list is a further notice."""
    track: Mapped[str] = mapped_column(String(40), default="")
    """The group whose awards it shows; empty for all groups."""
    status: Mapped[NoticeStatus] = mapped_column(choice(NoticeStatus), default=NoticeStatus.open)
    approved_by: Mapped[Short]
    """The body that approved the list: 市总工会党组会议."""
    approved_on: Mapped[dt.date] = mapped_column(Date)
    minutes: Mapped[Line]
    """The minutes (会议纪要) that record the approval."""
    minutes_file_id: Mapped[uuid.UUID | None] = ref("stored_file.id")
    days: Mapped[int] = mapped_column(Integer)
    """Working days, as the season set them; 0 where the document knows no 公示 and the result follows at once."""
    opened_on: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date] = mapped_column(Date)
    """Inclusive in Asia/Shanghai. It is printed, so it stays as it was counted."""
    opened_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    opened_at: Mapped[When] = mapped_column(default=now)
    withdrawn_for: Mapped[Body] = mapped_column(default="")
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ledger_index: Mapped[int] = mapped_column(BigInteger, unique=True)

    season: Mapped[Season] = relationship()
    opened_by: Mapped[User] = relationship()
    minutes_file: Mapped[StoredFile | None] = relationship()
    lines: Mapped[list["NoticeLine"]] = relationship(back_populates="notice", order_by="NoticeLine.position")
    objections: Mapped[list["Objection"]] = relationship(back_populates="notice", order_by="Objection.filed_at")

    __table_args__ = (
        UniqueConstraint("season_id", "number"),
        CheckConstraint("days >= 0", name="days_not_negative"),
        CheckConstraint("last_day >= opened_on", name="days_in_order"),
        CheckConstraint("approved_on <= opened_on", name="approved_before"),
        Index("uq_public_notice_one_open", "season_id", "track", unique=True, sqlite_where=text("status = 'open'"),
              postgresql_where=text("status = 'open'")),
    )

    def covers(self, day: dt.date) -> bool:
        """Whether its days were counted over this one. `counted_over` asks the database the same."""
        return self.opened_on < day <= self.last_day


def counted_over(first: dt.date, last: dt.date) -> Select[PublicNotice]:
    """公示 whose last day was counted over a day from `first` to `last` while they run: it is printed, and the day stays
    what it was."""
    return select(PublicNotice).where(PublicNotice.status == NoticeStatus.open, PublicNotice.opened_on < last,
                                      PublicNotice.last_day >= first)


class NoticeLine(Base):
    """One award as it was shown: what is decided later never changes what people read."""

    __tablename__ = "notice_line"

    id: Mapped[Id]
    notice_id: Mapped[uuid.UUID] = ref("public_notice.id")
    position: Mapped[int] = mapped_column(Integer)
    award_id: Mapped[uuid.UUID] = ref("award.id")
    track: Mapped[str] = mapped_column(String(40))
    grade: Mapped[str] = mapped_column(String(40))
    rank: Mapped[int] = mapped_column(Integer)
    name: Mapped[Short]
    organisation: Mapped[Short]

    notice: Mapped[PublicNotice] = relationship(back_populates="lines")
    award: Mapped[Award] = relationship()

    __table_args__ = (UniqueConstraint("notice_id", "position"), UniqueConstraint("notice_id", "award_id"))


class ObjectionStatus(enum.StrEnum):
    open = "open"
    upheld = "upheld"
    """The award objected to is taken off the list, or, where it named none, the list is to be corrected."""
    rejected = "rejected"


class Objection(Versioned, Base):
    """What somebody holds against a published list. The contact is for the answer only, never for the public."""

    __tablename__ = "objection"

    id: Mapped[Id]
    """Also the address at which who filed it reads the answer: nobody can guess it."""
    number: Mapped[str] = mapped_column(String(20), unique=True)
    """YY-2026-0003."""
    notice_id: Mapped[uuid.UUID] = ref("public_notice.id")
    line_id: Mapped[uuid.UUID | None] = ref("notice_line.id")
    """The award objected to; none for the list as a whole."""
    name: Mapped[Short]
    contact: Mapped[Short]
    text: Mapped[Body]
    filed_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    """Who filed it while logged in; they do not answer it."""
    filed_at: Mapped[When] = mapped_column(default=now)
    status: Mapped[ObjectionStatus] = mapped_column(choice(ObjectionStatus), default=ObjectionStatus.open, index=True)
    answer: Mapped[Body] = mapped_column(default="")
    effect: Mapped[list] = mapped_column(Document, default=list)
    """What the decision does to the ranking: [{position, name, before, after}] (contests.publication.effect)."""
    answered_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ledger_index: Mapped[int] = mapped_column(BigInteger, unique=True)
    decided_index: Mapped[int | None] = mapped_column(BigInteger, unique=True)

    notice: Mapped[PublicNotice] = relationship(back_populates="objections")
    line: Mapped[NoticeLine | None] = relationship()
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id])
    files: Mapped[list["ObjectionFile"]] = relationship(cascade="all, delete-orphan", order_by="ObjectionFile.name")

    __table_args__ = (CheckConstraint("(status = 'open') = (answered_at IS NULL)", name="answered_is_whole"),)


class ObjectionFile(FileFacts, Base):
    """Evidence laid beside an objection, by somebody who may have no account."""

    __tablename__ = "objection_file"

    id: Mapped[Id]
    objection_id: Mapped[uuid.UUID] = ref("objection.id", ondelete="CASCADE")

    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256_length"),)


class ResultDocument(Base):
    """The paper that announces the result (发文公布), as it was issued."""

    __tablename__ = "result_document"

    id: Mapped[Id]
    notice_id: Mapped[uuid.UUID] = ref("public_notice.id", unique=True)
    document_number: Mapped[Short] = mapped_column(unique=True)
    """文号: 威工发〔2026〕31号."""
    title: Mapped[Line]
    addressees: Mapped[Body]
    body: Mapped[Body]
    signed_by: Mapped[Short]
    dated: Mapped[dt.date] = mapped_column(Date)
    issued_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    issued_at: Mapped[When] = mapped_column(default=now)
    ledger_index: Mapped[int] = mapped_column(BigInteger, unique=True)

    notice: Mapped[PublicNotice] = relationship()
    certificates: Mapped[list["Certificate"]] = relationship(back_populates="document", order_by="Certificate.number")


class Certificate(Versioned, Base):
    """证书 of one award on a published result. Its number is checked on a public page."""

    __tablename__ = "certificate"

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(String(24), unique=True)
    """ZS-2026-0007-K3QX: a running number, and four characters that nobody can guess."""
    document_id: Mapped[uuid.UUID] = ref("result_document.id")
    line_id: Mapped[uuid.UUID] = ref("notice_line.id", unique=True)
    issued_at: Mapped[When] = mapped_column(default=now)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    revoked_for: Mapped[Body] = mapped_column(default="")
    revoked_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    ledger_index: Mapped[int] = mapped_column(BigInteger, unique=True)

    document: Mapped[ResultDocument] = relationship(back_populates="certificates")
    line: Mapped[NoticeLine] = relationship()
