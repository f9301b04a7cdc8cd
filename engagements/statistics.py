"""The figures of the board: demands, engagements, contracts and amounts, and the very rows each figure counts.

A figure is never stored: it is the number (or the sum) of the facts that its own page lists.
"""

import datetime as dt
import enum
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from models.base import CITY_TIME, city_day, today
from models.contracts import Collaboration, CollaborationStatus, Contract, ContractRevision
from models.demands import Demand
from models.engagements import Engagement


class Measure(enum.StrEnum):
    demands = "demands"
    """Demands by the day they were published."""
    engagements = "engagements"
    """Engagements by the day they were opened. Their facts carry the demand's id: staff do not read engagements."""
    contracts = "contracts"
    """Collaborations by the day their contract was signed; withdrawn ones do not count."""
    verified = "verified"
    """Those of the contracts that staff have verified."""


class Dimension(enum.StrEnum):
    month = "month"
    district = "district"
    field = "field"


@dataclass(frozen=True)
class Fact:
    """One counted thing. `amount` in 元, zero where the measure has none; `field` is a GB/T 4754 division (C24)."""

    id: uuid.UUID
    day: dt.date
    district: str
    field: str
    amount: Decimal
    title: str
    number: str

    def at(self, dimension: Dimension) -> str:
        return {Dimension.month: f"{self.day:%Y-%m}", Dimension.district: self.district,
                Dimension.field: self.field}[dimension]


@dataclass(frozen=True)
class Cell:
    count: int
    amount: Decimal


def facts(session: Session, measure: Measure, year: int) -> list[Fact]:
    """Every fact of one measure in one calendar year of Asia/Shanghai, oldest first."""
    rows = (_fact(*row) for row in session.execute(_query(measure)))
    return sorted((fact for fact in rows if fact.day.year == year), key=lambda fact: (fact.day, fact.number))


def tally(found: Iterable[Fact], dimension: Dimension) -> dict[str, Cell]:
    """Count and sum of amounts for each value of the dimension. No fact counts twice, none is left out."""
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in found:
        groups[fact.at(dimension)].append(fact)
    return {key: Cell(len(group), sum((fact.amount for fact in group), Decimal(0))) for key, group in groups.items()}


def years(session: Session) -> list[int]:
    """The years that have anything to show, newest first."""
    first = session.scalar(select(func.min(Demand.published_at)))
    signed = session.scalar(select(func.min(ContractRevision.signed_on)))
    starts = [first.astimezone(CITY_TIME).year if first else None, signed.year if signed else None]
    last = today().year
    return list(range(last, min([year for year in starts if year] + [last]) - 1, -1))


def _fact(key, when, district, industry, amount, title, number) -> Fact:
    day = city_day(when) if isinstance(when, dt.datetime) else when
    return Fact(key, day, district or "", (industry or "")[:3], amount or Decimal(0), title, number or "")


def _query(measure: Measure) -> Select:
    place = (Demand.district_code, Demand.industry_code)
    if measure is Measure.demands:
        return select(Demand.id, Demand.published_at, *place, None, Demand.title, Demand.number).where(
            Demand.published_at.is_not(None))
    if measure is Measure.engagements:
        return select(Demand.id, Engagement.created_at, *place, None, Demand.title, Demand.number).select_from(
            Engagement).join(Engagement.demand)
    query = _contracts(place)
    if measure is Measure.verified:
        return query.where(Collaboration.status == CollaborationStatus.verified)
    return query.where(Collaboration.status != CollaborationStatus.withdrawn)


def _contracts(place) -> Select:
    """Collaborations with the revision in force: the newest one, which both sides confirmed."""
    later = aliased(ContractRevision)
    newest = select(func.max(later.number)).where(later.contract_id == Contract.id).scalar_subquery()
    return (
        select(Collaboration.id, ContractRevision.signed_on, *place, ContractRevision.amount, ContractRevision.name,
               Collaboration.number)
        .join(Contract, Collaboration.contract_id == Contract.id)
        .join(ContractRevision, (ContractRevision.contract_id == Contract.id) & (ContractRevision.number == newest))
        .join(Engagement, Contract.engagement_id == Engagement.id)
        .join(Demand, Engagement.demand_id == Demand.id)
    )
