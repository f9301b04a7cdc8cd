"""What was recommended to whom, at which place in the list: how much of an answer is due to the place alone."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Date, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime, When, choice, now, ref
from models.engagements import Side
from models.index import ROW_ID


class Impression(Base):
    """One recommended pair in one person's list on one day. Ids only, deleted after `RETENTION`.

    What came of it is not written here: engagements, introductions, follows and dismissals are rows of their own.
    Only that somebody opened it leaves no other trace. Nothing is kept of visitors, nor of people who turned personal
    recommendation off.
    """

    __tablename__ = "impression"

    id: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=True)
    viewer_id: Mapped[uuid.UUID] = ref("user_account.id")
    side: Mapped[Side] = mapped_column(choice(Side))
    """Whose list it was: `enterprise` is offered experts for a demand, `expert` is offered demands."""
    demand_id: Mapped[uuid.UUID] = ref("demand.id", index=False)
    candidate_id: Mapped[uuid.UUID]
    """The expert; a capability that was imported without one."""
    position: Mapped[int] = mapped_column(Integer)
    """From 1."""
    shown_on: Mapped[dt.date] = mapped_column(Date)
    """The day in Asia/Shanghai. One place of one pair counts once a day, however often the page is loaded."""
    shown_at: Mapped[When] = mapped_column(default=now, index=True)
    opened_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("viewer_id", "demand_id", "candidate_id", "shown_on", "position", name="uq_impression_once"),
        CheckConstraint("position >= 1", name="position_from_one"),
        Index("ix_impression_pair", "demand_id", "candidate_id"),
        {"sqlite_autoincrement": True},
    )


RETENTION = dt.timedelta(days=180)
"""Longer than most demands stay open, so that a contract still finds the list it began with."""
