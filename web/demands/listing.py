"""The hall's queries: which demands are listed, how many each filter would leave, and one page of them in order."""

import uuid
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from engagements.disclosure import LISTED
from models.base import today
from models.demands import Confidentiality, Demand, DemandStatus
from web.demands.filters import Filters

WAN = Decimal(10000)
CEILING = func.coalesce(Demand.budget_max, Demand.budget_min)
BUDGET_RANGES = {
    "under20": CEILING <= 20 * WAN,
    "20to50": and_(CEILING > 20 * WAN, CEILING <= 50 * WAN),
    "50to100": and_(CEILING > 50 * WAN, CEILING <= 100 * WAN),
    "over100": CEILING > 100 * WAN,
    "open": CEILING.is_(None),
}
DIVISION = func.substr(Demand.industry_code, 1, 3)
FACETS = {"field": DIVISION, "type": Demand.cooperation_type, "district": Demand.district_code}


def listed() -> ColumnElement[bool]:
    """Posted once and not withdrawn; internal demands are never listed."""
    return and_(Demand.status.in_(LISTED), Demand.confidentiality != Confidentiality.internal)


def still_open() -> ColumnElement[bool]:
    """Open to take: posted, and the last day is not over."""
    return and_(Demand.status == DemandStatus.published, or_(Demand.deadline.is_(None), Demand.deadline >= today()))


def where(filters: Filters, found: Sequence[uuid.UUID] | None = None, skip: str = "") -> list[ColumnElement[bool]]:
    """The conditions of the filters but one kind; `found` are the ids that the search words gave."""
    conditions = [listed()]
    if not filters.taken and skip != "taken":
        conditions.append(still_open())
    for name, column in FACETS.items():
        if getattr(filters, name) and skip != name:
            conditions.append(column.in_(getattr(filters, name)))
    if filters.budget and skip != "budget":
        conditions.append(BUDGET_RANGES[filters.budget])
    if found is not None:
        conditions.append(Demand.id.in_(found))
    return conditions


def count(session: Session, filters: Filters, found: Sequence[uuid.UUID] | None = None, skip: str = "") -> int:
    return session.scalar(select(func.count()).select_from(Demand).where(*where(filters, found, skip)))


def facet(session: Session, name: str, filters: Filters, found: Sequence[uuid.UUID] | None = None) -> dict[str, int]:
    """How many demands each value of one kind would give, the other filters kept; most first."""
    column = FACETS[name]
    rows = session.execute(select(column, func.count()).where(*where(filters, found, name)).group_by(column)
                           .order_by(func.count().desc(), column))
    return {value: number for value, number in rows if value}


def budget_facet(session: Session, filters: Filters, found: Sequence[uuid.UUID] | None = None) -> dict[str, int]:
    columns = [func.count().filter(condition).label(f"n{index}")
               for index, condition in enumerate(BUDGET_RANGES.values())]
    row = session.execute(select(*columns).select_from(Demand).where(*where(filters, found, "budget"))).one()
    return dict(zip(BUDGET_RANGES, row, strict=True))


def rows(session: Session, filters: Filters, found: Sequence[uuid.UUID] | None, offset: int, size: int) -> list[Demand]:
    """One page. With `found` and the order of fit, they come in the order of `found`; ties otherwise go by id."""
    if found is not None and filters.sort in ("", "fit"):
        kept = set(session.scalars(select(Demand.id).where(*where(filters, found))))
        wanted = [key for key in found if key in kept][offset:offset + size]
        place = {key: index for index, key in enumerate(wanted)}
        return sorted(session.scalars(_with_parts().where(Demand.id.in_(wanted))), key=lambda row: place[row.id])
    order = {
        "deadline": (Demand.deadline.is_(None), Demand.deadline),
        "budget": (CEILING.is_(None), CEILING.desc()),
    }.get(filters.sort, (Demand.published_at.desc(),))
    query = _with_parts().where(*where(filters, found)).order_by(*order, Demand.id).offset(offset).limit(size)
    return list(session.scalars(query))


def _with_parts():
    return select(Demand).options(joinedload(Demand.organisation), selectinload(Demand.targets))
