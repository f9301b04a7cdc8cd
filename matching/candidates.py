"""Who may be recommended, asked of the database: published, admitted, let through by the filters."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from matching.postings import BATCH
from models.accounts import Admission, Expert, ExpertKind, Role, RoleGrant, User
from models.base import today
from models.capabilities import Capability, CapabilityStatus, Dismissal
from models.demands import Confidentiality, CooperationType, Demand, DemandStatus
from models.engagements import Engagement, Stage


@dataclass(frozen=True)
class ExpertFilters:
    """`districts`: GB/T 2260 codes, a city's (371000) takes in its districts. `field`: words of the field of either."""

    districts: tuple[str, ...] = ()
    field: str = ""
    kind: ExpertKind | None = None
    available: bool = False
    """Only experts who hold fewer engagements than their capacity."""
    among: tuple[uuid.UUID, ...] | None = None
    """Only these experts: those who come to a matching day."""


@dataclass(frozen=True)
class DemandFilters:
    """`industries`: GB/T 4754 codes or their beginnings. `budget_min`: 元, reached or 面议."""

    districts: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    cooperation_type: CooperationType | None = None
    budget_min: Decimal | None = None


ANY_EXPERT = ExpertFilters()
ANY_DEMAND = DemandFilters()


@dataclass(frozen=True)
class Excluded:
    """An expert who was left out, and why: `same_organisation` or `dismissed`. Nobody is dropped silently."""

    expert_id: uuid.UUID
    reason: str


def within(column, codes: Iterable[str]) -> ColumnElement[bool]:
    """Whether a GB/T 2260 code lies in one of `codes`: 371000 holds 371002, 370000 the whole province."""
    prefixes = [code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code for code in codes]
    return or_(*(column.startswith(prefix, autoescape=True) for prefix in prefixes))


def hexed(column) -> ColumnElement[str]:
    """An id as 32 hex digits, whatever the database keeps it as: thousands of UUID objects cost more than a search."""
    return func.replace(cast(column, String(36)), "-", "")


def _admitted() -> ColumnElement[bool]:
    """A capability without an expert, or one whose expert is on the platform now."""
    return or_(Capability.expert_id.is_(None), and_(User.active, exists().where(
        RoleGrant.user_id == User.id, RoleGrant.role == Role.expert, RoleGrant.status == Admission.approved)))


def _capabilities() -> Select:
    return (select(hexed(Capability.id), hexed(Capability.expert_id), hexed(Expert.organisation_id))
            .outerjoin(Expert, Expert.id == Capability.expert_id).outerjoin(User, User.id == Expert.user_id)
            .where(Capability.status == CapabilityStatus.published, _admitted()))


def _filtered(query: Select, filters: ExpertFilters) -> Select:
    if filters.districts:
        query = query.where(within(Expert.district_code, filters.districts))
    if filters.field:
        query = query.where(or_(Capability.field.contains(filters.field, autoescape=True),
                                Expert.field.contains(filters.field, autoescape=True)))
    if filters.kind:
        query = query.where(Expert.kind == filters.kind)
    if filters.among is not None:
        query = query.where(Expert.id.in_(filters.among))
    if filters.available:
        held = select(func.count()).where(Engagement.expert_id == Expert.id, Engagement.stage != Stage.ended)
        query = query.where(Expert.capacity > held.correlate(Expert).scalar_subquery())
    return query


def expert_candidates(session: Session, filters: ExpertFilters, demand: Demand | None = None) \
        -> tuple[dict[str, str], list[Excluded]]:
    """Capability id → its expert's, or its own if it has none, in hex; for a demand, without those in conflict."""
    owner_of: dict[str, str] = {}
    excluded: dict[str, str] = {}
    dismissed = _dismissed_by_demand(session, demand)
    own = demand.organisation_id.hex if demand is not None and demand.organisation_id else None
    for capability_id, expert_id, organisation_id in session.execute(_filtered(_capabilities(), filters)):
        key = expert_id or capability_id
        if own and organisation_id == own:
            excluded[expert_id] = "same_organisation"
        elif key in dismissed:
            if expert_id:
                excluded[expert_id] = "dismissed"
        else:
            owner_of[capability_id] = key
    return owner_of, [Excluded(uuid.UUID(key), excluded[key]) for key in sorted(excluded)]


def _dismissed_by_demand(session: Session, demand: Demand | None) -> set[str]:
    if demand is None:
        return set()
    rows = session.execute(select(Dismissal.expert_id, Dismissal.capability_id).where(Dismissal.demand_id == demand.id))
    return {key.hex for row in rows for key in row if key}


def count_owners(session: Session, postings: Sequence[str]) -> int:
    """How many experts (or capabilities without one) stand behind these capabilities, filters and conflicts aside."""
    found: set[str] = set()
    for at in range(0, len(postings), BATCH):
        ids = [uuid.UUID(key) for key in postings[at:at + BATCH]]
        found.update(expert or capability for capability, expert, _ in session.execute(
            _capabilities().where(Capability.id.in_(ids))))
    return len(found)


def demand_candidates(session: Session, filters: DemandFilters, expert: Expert | None = None) -> dict[str, str]:
    """Open demands, id → id in hex; for an expert, without those of his organisation and what was dismissed."""
    query = select(hexed(Demand.id)).where(
        Demand.status == DemandStatus.published, Demand.confidentiality != Confidentiality.internal,
        or_(Demand.deadline.is_(None), Demand.deadline >= today()))
    if filters.districts:
        query = query.where(within(Demand.district_code, filters.districts))
    if filters.industries:
        begins = [Demand.industry_code.startswith(code, autoescape=True) for code in filters.industries]
        query = query.where(or_(*begins))
    if filters.cooperation_type:
        query = query.where(Demand.cooperation_type == filters.cooperation_type)
    if filters.budget_min is not None:
        offered = func.coalesce(Demand.budget_max, Demand.budget_min)
        query = query.where(or_(offered.is_(None), offered >= filters.budget_min))
    if expert is not None:
        query = query.where(
            or_(Demand.organisation_id.is_(None), Demand.organisation_id != expert.organisation_id),
            ~exists().where(Dismissal.demand_id == Demand.id, Dismissal.expert_id == expert.id))
    return {key: key for key in session.scalars(query)}
