"""Declared conflicts of interest (利益回避): who is not to be brought together with whom, beside the same organisation."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ColumnElement, and_, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Expert, Organisation, User
from models.base import Base, Id, Line, UtcDateTime, When, now, ref


class ConflictOfInterest(Base):
    """An expert, or all of an organisation, is kept apart from another organisation while this is not withdrawn.

    Never deleted: who was kept apart from whom, and until when, explains a list of that day.
    """

    __tablename__ = "conflict_of_interest"

    id: Mapped[Id]
    expert_id: Mapped[uuid.UUID | None] = ref("expert.id")
    organisation_id: Mapped[uuid.UUID | None] = ref("organisation.id")
    against_id: Mapped[uuid.UUID] = ref("organisation.id")
    reason: Mapped[Line]
    """Seen by who declared it and by staff only."""
    declared_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    declared_at: Mapped[When] = mapped_column(default=now)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    expert: Mapped[Expert | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id])
    against: Mapped[Organisation] = relationship(foreign_keys=[against_id])
    declared_by: Mapped[User] = relationship()

    __table_args__ = (CheckConstraint("(expert_id IS NULL) <> (organisation_id IS NULL)", name="one_side"),)


def standing_between(expert, employer, organisation) -> ColumnElement[bool]:
    """Whether a declaration in force keeps an expert, or the organisation the expert belongs to (`employer`), apart
    from another organisation, whoever declared it. Each an id or a column.
    """
    table = ConflictOfInterest
    return and_(table.withdrawn_at.is_(None), or_(
        and_(table.expert_id == expert, table.against_id == organisation),
        and_(table.organisation_id == organisation, table.against_id == employer),
        and_(table.organisation_id == employer, table.against_id == organisation)))
