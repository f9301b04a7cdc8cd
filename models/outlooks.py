"""What the matcher found for each open demand when the worker last looked: whether the city holds anybody for it."""

import datetime as dt
import enum
import uuid

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Body, Line, UtcDateTime, When, choice, now
from models.demands import Demand


class Best(enum.StrEnum):
    """The verdict word of the demand's best candidate."""

    good = "good"
    partial = "partial"
    none = "none"
    """Nobody above the line: no good match."""


class DemandOutlook(Base):
    """One look at one demand, replaced by the next. Derived: deleted, it is made again."""

    __tablename__ = "demand_outlook"

    demand_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("demand.id"), primary_key=True)
    best: Mapped[Best] = mapped_column(choice(Best), index=True)
    examined: Mapped[int] = mapped_column(Integer)
    """How many candidates were read target by target."""
    required: Mapped[int] = mapped_column(Integer)
    covered: Mapped[int] = mapped_column(Integer)
    """The most required targets that one candidate covers."""
    binding: Mapped[Line] = mapped_column(default="")
    """What the required target asks that the fewest cover; empty where none is asked, or nobody was examined."""
    figure: Mapped[Line] = mapped_column(default="")
    written_by: Mapped[int] = mapped_column(Integer, default=0)
    """How many people of the city wrote about the binding target at all."""
    nearest: Mapped[Body] = mapped_column(default="")
    """What the one who comes nearest to it wrote."""
    looked_at: Mapped[When] = mapped_column(default=now)
    short_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """The first of the looks, without one between, that found nobody above the line; None where somebody is."""

    demand: Mapped[Demand] = relationship()
