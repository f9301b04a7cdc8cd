"""The demands on the first page."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.demands import Demand, DemandStatus
from web.demands import listing

DUE, TAKEN = 4, 4


def newest(session: Session) -> Demand | None:
    """The open demand posted last."""
    return session.scalar(_open().order_by(Demand.published_at.desc(), Demand.id).limit(1))


def due(session: Session) -> list[Demand]:
    """The open demands whose last day is nearest."""
    dated = _open().where(Demand.deadline.is_not(None))
    return list(session.scalars(dated.order_by(Demand.deadline, Demand.id).limit(DUE)))


def taken(session: Session) -> list[Demand]:
    """The demands that somebody took last."""
    return list(session.scalars(
        select(Demand).where(listing.listed(), Demand.status.in_((DemandStatus.taken, DemandStatus.closed)))
        .order_by(Demand.updated_at.desc(), Demand.id).limit(TAKEN)))


def _open():
    return (select(Demand).where(listing.listed(), listing.still_open())
            .options(joinedload(Demand.organisation), selectinload(Demand.targets)))
