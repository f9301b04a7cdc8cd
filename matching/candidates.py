"""Who may be recommended, asked of the database: published, admitted, let through by the filters."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, false, func, or_, select
from sqlalchemy.orm import Session

from matching.postings import BATCH
from models.accounts import Admission, Expert, ExpertKind, Role, RoleGrant, User
from models.base import today
from models.capabilities import Capability, CapabilityStatus, Dismissal
from models.demands import Confidentiality, CooperationType, Demand, DemandStatus
from models.engagements import Engagement, Stage
from models.interests import ConflictOfInterest, standing_between


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
    """An expert who was left out, and why: nobody is dropped silently.

    `same_organisation`, `declared_conflict`, `dismissed`, or `at_capacity` where only those with room were asked for.
    """

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
    return or_(Capability.expert_id.is_(None), _on_platform())


def _on_platform() -> ColumnElement[bool]:
    return and_(User.active, exists().where(
        RoleGrant.user_id == User.id, RoleGrant.role == Role.expert, RoleGrant.status == Admission.approved))


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
        query = query.where(~_no_room())
    return query


def _no_room() -> ColumnElement[bool]:
    """Whether an expert holds as many engagements as he or she wants."""
    held = select(func.count()).where(Engagement.expert_id == Expert.id, Engagement.stage != Stage.ended)
    return Expert.capacity <= held.correlate(Expert).scalar_subquery()


def _kept_apart(organisation) -> ColumnElement[bool]:
    """Whether a declared conflict stands between an expert and this organisation (an id or a column)."""
    return exists().select_from(ConflictOfInterest).where(
        standing_between(Expert.id, Expert.organisation_id, organisation))


def _apart_from(organisation: uuid.UUID) -> Iterator[ColumnElement[bool]]:
    """`_kept_apart` of one organisation, as lists of few ids: for looking at the experts it concerns and no others."""
    table = ConflictOfInterest
    yield Expert.id.in_(select(table.expert_id).where(
        table.withdrawn_at.is_(None), table.expert_id.is_not(None), table.against_id == organisation))
    yield Expert.organisation_id.in_(select(table.against_id).where(
        table.withdrawn_at.is_(None), table.organisation_id == organisation))
    yield Expert.organisation_id.in_(select(table.organisation_id).where(
        table.withdrawn_at.is_(None), table.organisation_id.is_not(None), table.against_id == organisation))


@dataclass(frozen=True)
class ExpertCandidates:
    """Experts, and capabilities that have none; for a demand, without those in conflict with it."""

    session: Session
    filters: ExpertFilters = ANY_EXPERT
    demand: Demand | None = None

    def owners(self, postings: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for ids in _batches(postings):
            found |= self._owners(Capability.id.in_(ids))
        return found

    def all(self) -> dict[str, str]:
        return self._owners()

    def count(self) -> int:
        """Counted by expert: to look at each capability for it would take longer than all the rest of a page."""
        experts = select(Expert.id).join(User, User.id == Expert.user_id).where(_on_platform(), self._posted())
        alone = _filtered(_capabilities(), self.filters).where(Capability.expert_id.is_(None))
        if self.demand is not None:
            own = self.demand.organisation_id
            experts = experts.where(Expert.id.not_in(self._dismissed_experts()))
            alone = alone.where(~self._dismissed())
            if own:
                experts = experts.where(Expert.organisation_id != own, ~_kept_apart(own))
        return sum(self.session.scalar(select(func.count()).select_from(query.subquery())) or 0
                   for query in (experts, alone))

    def excluded(self) -> list[Excluded]:
        """The experts whom the demand leaves out among those whom the filters let through, in order of id."""
        if self.demand is None:
            return []
        own = self.demand.organisation_id
        causes = {"same_organisation": Expert.organisation_id == own if own else false(),
                  "declared_conflict": or_(*_apart_from(own)) if own else false(),
                  "dismissed": Expert.id.in_(self._dismissed_experts()),
                  "at_capacity": _no_room() if self.filters.available else false()}
        query = (select(hexed(Expert.id), case(*((where, why) for why, where in causes.items())))
                 .join(User, User.id == Expert.user_id)
                 .where(or_(*causes.values()), _on_platform(), self._posted(available=False)))
        reasons = dict(self.session.execute(query).all())
        return [Excluded(uuid.UUID(key), reasons[key]) for key in sorted(reasons)]

    def _owners(self, *where: ColumnElement[bool]) -> dict[str, str]:
        return {capability: expert or capability
                for capability, expert, _ in self.session.execute(self._allowed().where(*where))}

    def _allowed(self) -> Select:
        query = _filtered(_capabilities(), self.filters)
        if self.demand is None:
            return query
        own = self.demand.organisation_id
        if own:
            query = query.where(or_(Expert.organisation_id.is_(None), Expert.organisation_id != own),
                                or_(Expert.id.is_(None), ~_kept_apart(own)))
        return query.where(~self._dismissed())

    def _posted(self, **changed) -> ColumnElement[bool]:
        """Whether an expert published anything that the filters, some of them changed, let through."""
        posted = select(Capability.id).where(Capability.expert_id == Expert.id,
                                             Capability.status == CapabilityStatus.published).correlate(Expert)
        return _filtered(posted, replace(self.filters, **changed)).exists()

    def _dismissed_experts(self) -> Select:
        return select(Dismissal.expert_id).where(Dismissal.demand_id == self.demand.id,
                                                 Dismissal.expert_id.is_not(None))

    def _dismissed(self) -> ColumnElement[bool]:
        return exists().where(Dismissal.demand_id == self.demand.id, or_(
            Dismissal.expert_id == Capability.expert_id,
            and_(Capability.expert_id.is_(None), Dismissal.capability_id == Capability.id)))


def expert_candidates(session: Session, filters: ExpertFilters, demand: Demand | None = None) \
        -> tuple[dict[str, str], list[Excluded]]:
    """Everybody at once, for what goes through them all: capability id → candidate key, and who is left out."""
    candidates = ExpertCandidates(session, filters, demand)
    return candidates.all(), candidates.excluded()


def count_owners(session: Session, postings: Sequence[str]) -> int:
    """How many experts (or capabilities without one) stand behind these capabilities, filters and conflicts aside."""
    return len(set(ExpertCandidates(session).owners(postings).values()))


@dataclass(frozen=True)
class DemandCandidates:
    """Open demands, each its own candidate; for an expert, without those of his organisation and what was dismissed."""

    session: Session
    filters: DemandFilters = ANY_DEMAND
    expert: Expert | None = None

    def owners(self, postings: Sequence[str]) -> dict[str, str]:
        return {key: key for ids in _batches(postings)
                for key in self.session.scalars(self._allowed().where(Demand.id.in_(ids)))}

    def all(self) -> dict[str, str]:
        return {key: key for key in self.session.scalars(self._allowed())}

    def count(self) -> int:
        return self.session.scalar(self._allowed().with_only_columns(func.count())) or 0

    def _allowed(self) -> Select:
        query = select(hexed(Demand.id)).where(
            Demand.status == DemandStatus.published, Demand.confidentiality != Confidentiality.internal,
            or_(Demand.deadline.is_(None), Demand.deadline >= today()), *_wished(self.filters))
        if self.expert is not None:
            query = query.where(
                or_(Demand.organisation_id.is_(None), Demand.organisation_id != self.expert.organisation_id),
                ~exists().where(Expert.id == self.expert.id, _kept_apart(Demand.organisation_id)),
                ~exists().where(Dismissal.demand_id == Demand.id, Dismissal.expert_id == self.expert.id))
        return query


def _wished(filters: DemandFilters) -> Iterator[ColumnElement[bool]]:
    if filters.districts:
        yield within(Demand.district_code, filters.districts)
    if filters.industries:
        yield or_(*(Demand.industry_code.startswith(code, autoescape=True) for code in filters.industries))
    if filters.cooperation_type:
        yield Demand.cooperation_type == filters.cooperation_type
    if filters.budget_min is not None:
        offered = func.coalesce(Demand.budget_max, Demand.budget_min)
        yield or_(offered.is_(None), offered >= filters.budget_min)


def _batches(postings: Sequence[str]) -> Iterator[list[uuid.UUID]]:
    for at in range(0, len(postings), BATCH):
        yield [uuid.UUID(key) for key in postings[at:at + BATCH]]
