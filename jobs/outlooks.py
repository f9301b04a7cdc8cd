"""Whether the city holds anybody for each open demand: looked at once a day, for the list of the skills it lacks."""

import datetime as dt
import uuid
from collections.abc import Callable

import structlog
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from jobs.runtime import Runtime
from matching.pairing import POOL, covered
from matching.reasons.targets import Fit
from matching.recommend import Recommendations, recommend_experts
from matching.searcher import Searcher
from models.base import now, today
from models.database import Database
from models.demands import Demand, DemandStatus
from models.outlooks import Best, DemandOutlook

FRESH = dt.timedelta(hours=24)
AT_ONCE = 200
"""Demands a round: some 0.1 s each, beside other slow work."""

log = structlog.get_logger()


def look_for_gaps(runtime: Runtime) -> None:
    """The worker's duty: look at those demands again whose last look is a day old, or older than the demand's text."""
    looked = look(runtime.database, lambda: runtime.searcher)
    if looked:
        log.info("demands looked at", count=looked)


def look(database: Database, searcher: Callable[[], Searcher]) -> int:
    """Look at what is due, longest ago first; how many. Each demand is read and written in transactions of its own."""
    with database.read() as session:
        waiting = list(session.scalars(due(session)))
        gone = session.scalar(_gone().limit(1))
    if gone is not None:
        with database.write() as session:
            session.execute(delete(DemandOutlook).where(DemandOutlook.demand_id.in_(_gone())))
    found = searcher() if waiting else None
    for demand_id in waiting:
        with database.read() as session:
            demand = session.get(Demand, demand_id)
            outlook = outlook_of(recommend_experts(session, found, demand, limit=POOL)) if demand else None
        if outlook is not None:
            with database.write() as session:
                keep(session, demand_id, outlook)
    return len(waiting)


def due(session: Session):
    """Ids of the open demands to look at now."""
    table = DemandOutlook
    return (select(Demand.id).outerjoin(table, table.demand_id == Demand.id)
            .where(*_open(), or_(table.looked_at.is_(None), table.looked_at < now() - FRESH,
                                 table.looked_at < Demand.updated_at))
            .order_by(table.looked_at.is_not(None), table.looked_at, Demand.id).limit(AT_ONCE))


def outlook_of(found: Recommendations) -> dict:
    """Column values of the outlook that a demand's whole list of candidates gives."""
    end = found.no_more
    best = max((match.fit for match in found.matches), key=(Fit.none, Fit.partial, Fit.good).index, default=Fit.none)
    most = max([covered(match.reasons) for match in found.matches] + [end.most_covered if end else 0])
    binding = end.binding if end else None
    return {"best": Best(best.value), "examined": end.examined if end else len(found.matches), "covered": most,
            "required": sum(target.required for target in found.targets),
            "binding": binding.what[:300] if binding else "", "figure": binding.figure[:300] if binding else "",
            "written_by": end.written_by if end else 0,
            "nearest": end.nearest[0].said if end and end.nearest else ""}


def keep(session: Session, demand_id: uuid.UUID, values: dict) -> None:
    """Replace what the last look found. Flushes."""
    held = session.get(DemandOutlook, demand_id)
    if held is None:
        held = DemandOutlook(demand_id=demand_id)
        session.add(held)
    for column, value in values.items():
        setattr(held, column, value)
    held.looked_at = now()
    held.short_since = (held.short_since or now()) if held.best is Best.none else None
    session.flush()


def _open() -> tuple:
    return (Demand.status == DemandStatus.published, or_(Demand.deadline.is_(None), Demand.deadline >= today()))


def _gone():
    """Ids looked at once whose demand is not open any more."""
    return (select(DemandOutlook.demand_id).join(Demand, Demand.id == DemandOutlook.demand_id)
            .where(~Demand.id.in_(select(Demand.id).where(*_open()))))
