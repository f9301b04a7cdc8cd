"""Sheets that are brought in: how far each one is, what is wrong in it, and which column meant what the last time."""

import datetime as dt
import enum
import uuid

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import User
from models.base import Base, Body, Document, Id, Line, UtcDateTime, When, choice, now, ref
from models.index import ROW_ID


class SheetKind(enum.StrEnum):
    demand = "demand"
    capability = "capability"
    organisation = "organisation"
    expert = "expert"
    engagement = "engagement"
    contract = "contract"
    activity = "activity"
    member = "member"
    conflict = "conflict"
    calendar = "calendar"


class BatchState(enum.StrEnum):
    checking = "checking"
    """The worker reads it row by row; nothing is written."""
    checked = "checked"
    """A person looks at what it would do."""
    running = "running"
    done = "done"
    dropped = "dropped"
    """A person decided against it before anything was written."""
    failed = "failed"
    """The file as a whole cannot be read."""


class SheetBatch(Base):
    """One file on its way in. `done` counts the rows that the present state is through with, in file order.

    It moves in the transaction that wrote those rows, so that whoever goes on after a crash begins at the next one.
    """

    __tablename__ = "sheet_batch"

    id: Mapped[Id]
    kind: Mapped[SheetKind] = mapped_column(choice(SheetKind))
    name: Mapped[Line]
    """The name of the file, cleaned; shown, never used as a path."""
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    user_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    """Who brought it. Null for the operator at the command line."""
    organisation_id: Mapped[uuid.UUID | None] = ref("organisation.id")
    expert_id: Mapped[uuid.UUID | None] = ref("expert.id")
    """Whose drafts its rows become, and who alone sees it with the person. Both null: postings that staff bring in."""
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    columns: Mapped[list] = mapped_column(Document, default=list)
    """[{"name", "letter", "samples"}] in the order of the sheet."""
    mapping: Mapped[dict] = mapped_column(Document, default=dict)
    """Column name → field."""
    state: Mapped[BatchState] = mapped_column(choice(BatchState), default=BatchState.checking, index=True)
    paused: Mapped[bool] = mapped_column(Boolean, default=False)
    partial: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether the right rows come in although others are wrong; else all or none."""
    rows: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    found: Mapped[dict] = mapped_column(Document, default=dict)
    """Verdict → rows, as the check found them."""
    written: Mapped[dict] = mapped_column(Document, default=dict)
    """Verdict → rows, as they were when it was their turn to be written."""
    remarks: Mapped[list] = mapped_column(Document, default=list)
    """What the reader passed over: [{"row": number, "text": words}]."""
    fault: Mapped[Body] = mapped_column(default="")
    created_at: Mapped[When] = mapped_column(default=now, index=True)
    checked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User | None] = relationship()

    __table_args__ = (CheckConstraint("done >= 0 AND rows >= 0", name="not_negative"),)

    @property
    def owner_id(self) -> uuid.UUID | None:
        return self.organisation_id or self.expert_id


class SheetProblem(Base):
    """What is wrong in one cell of a batch; without a column it is the row."""

    __tablename__ = "sheet_problem"

    id: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=True)
    batch_id: Mapped[uuid.UUID] = ref("sheet_batch.id", ondelete="CASCADE", index=False)
    row: Mapped[int] = mapped_column(Integer)
    column: Mapped[Body]
    message: Mapped[Body]

    __table_args__ = (Index("ix_sheet_problem_place", "batch_id", "row"),)


class SheetMapping(Base):
    """How a person read the columns of such a sheet the last time."""

    __tablename__ = "sheet_mapping"

    id: Mapped[Id]
    owner: Mapped[str] = mapped_column(String(60))
    """Whose sheets: organisation:<id>, user:<id>, operator."""
    kind: Mapped[SheetKind] = mapped_column(choice(SheetKind))
    fingerprint: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[dict] = mapped_column(Document)
    used_at: Mapped[When] = mapped_column(default=now)

    __table_args__ = (UniqueConstraint("owner", "kind", "fingerprint"),)
