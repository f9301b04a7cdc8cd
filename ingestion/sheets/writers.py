"""How each kind of row is written in a sheet: every value as an import reads it again."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from ingestion.organisations import KIND_NAMES as ORGANISATION_KINDS
from ingestion.sheets.escaping import WITHHELD
from ingestion.sheets.kinds import conflicts, contracts, engagements, members
from ingestion.sheets.kinds.capabilities import write_claims
from ingestion.sheets.kinds.demands import COOPERATION, LEVELS, number_of, write_targets
from ingestion.sheets.kinds.experts import KINDS as EXPERT_KINDS
from ingestion.sheets.values import written_wan
from ingestion.sheets.words import (
    ACTIVITIES,
    ADMISSIONS,
    CONTRACT_STATES,
    DAY_KINDS,
    DEMAND_STATES,
    ENDS,
    OPENINGS,
    ROLES,
    STAGES,
    STANDINGS,
    word_of,
)
from models.accounts import Admission, Expert, Organisation, Role, RoleGrant, User
from models.activities import Activity
from models.capabilities import Capability
from models.claims import ClaimedContract, ClaimedEngagement
from models.contracts import Contract
from models.demands import Confidentiality, Demand
from models.engagements import Engagement
from models.interests import ConflictOfInterest
from models.publication import CalendarDay
from models.sheets import SheetKind

Written = dict[str, Any]
Source = tuple[Select, Callable[[Any], Written]]
"""A query in the order of the sheet, and how one of its rows is written: field → text."""
LEVEL_WORDS = {level: words for words, level in LEVELS.items()}
EXPERT_WORDS = {kind.value: words for words, kind in EXPERT_KINDS.items()}
HERE, CLAIMED, CONFIRMED_CLAIM, DENIED = "双方在平台上办的", "旧表所写，还没有人确认", "旧表所写，一方已确认", "旧表所写，一方说没有这回事"
SEALED = ("text", "targets", "constraints", "tried", "offers", "ownership", "firm")
"""What the public does not read of a confidential demand."""


def demand_row(demand: Demand) -> Written:
    return {
        "_id": number_of(demand), "title": demand.title,
        "text": demand.problem, "targets": write_targets(demand.targets), "constraints": demand.constraints,
        "tried": demand.tried, "industry_code": demand.industry_code, "district_code": demand.district_code,
        "cooperation_type": word_of(COOPERATION, demand.cooperation_type),
        "budget_min": written_wan(demand.budget_min), "budget_max": written_wan(demand.budget_max),
        "deadline": demand.deadline.isoformat() if demand.deadline else "",
        "confidentiality": LEVEL_WORDS[demand.confidentiality], "abstract": demand.abstract, "offers": demand.offers,
        "ownership": demand.ownership, "state": word_of(DEMAND_STATES, demand.status),
        "firm": demand.organisation.name if demand.organisation else ""}


def listed_demand_row(demand: Demand) -> Written:
    """As the hall shows it: of a confidential demand neither who asks nor what stands in the full text."""
    written = demand_row(demand) | {"_id": demand.number or str(demand.id)}
    sealed = SEALED if demand.confidentiality is not Confidentiality.public else ()
    return written | dict.fromkeys(sealed, WITHHELD)


def _capability(capability: Capability) -> Written:
    by_sheet = capability.source == "file" and capability.external_id
    return {"_id": by_sheet or str(capability.id), "title": capability.title, "text": capability.summary,
            "field": capability.field, "claims": write_claims(capability.claims),
            "expert": str(capability.expert_id or "")}


def _organisation(body: Organisation) -> Written:
    return {"_id": str(body.id), "name": body.name, "short_name": body.short_name,
            "kind": ORGANISATION_KINDS[body.kind], "uscc": body.uscc or "", "district_code": body.district_code,
            "industry_code": body.industry_code, "address": body.address}


def _expert(expert: Expert) -> Written:
    return {"_id": str(expert.id), "name": expert.name, "phone": expert.user.phone, "email": expert.user.email,
            "kind": EXPERT_WORDS[expert.kind], "organisation": expert.organisation.name, "title": expert.title,
            "field": expert.field, "bio": expert.bio, "district_code": expert.district_code,
            "capacity": str(expert.capacity), "status": word_of(ADMISSIONS, _standing(expert))}


def _standing(expert: Expert) -> Admission | None:
    """How far the person's admission as an expert is; approved where one of several is."""
    found = [grant.status for grant in expert.user.grants if grant.role is Role.expert]
    return Admission.approved if Admission.approved in found else next(iter(found), None)


def _activity(one: Activity) -> Written:
    return {"_id": str(one.id), "kind": word_of(ACTIVITIES, one.kind), "title": one.title,
            "held_on": one.held_on.isoformat(), "starts_at": one.starts_at, "place": one.place,
            "district_code": one.district_code, "organiser": one.organiser.name if one.organiser else "",
            "description": one.description, "seats": str(one.seats or "")}


def _member(grant: RoleGrant) -> Written:
    says = members.facts(grant)
    detail = says.pop("detail")
    return says | {"role": word_of(ROLES, grant.role), "kind": EXPERT_WORDS.get(detail.get("kind"), ""),
                   "title": detail.get("title") or "", "field": detail.get("field") or "",
                   "status": word_of(ADMISSIONS, grant.status)}


def _conflict(one: ConflictOfInterest) -> Written:
    says = conflicts.facts(one)
    return {"_id": str(one.id), "expert": str(one.expert_id or ""), "party": says["party"], "against": says["against"],
            "reason": says["reason"], "declared_on": says["declared_on"].isoformat(),
            "withdrawn_on": _day(says["withdrawn_on"])}


def engagement_row(one: Engagement | ClaimedEngagement) -> Written:
    says = engagements.EngagementRows.facts(one)
    return _pair(one) | {
        "employer": one.expert.organisation.name, "opening": word_of(OPENINGS, one.opening),
        "stage": word_of(STAGES, one.stage), "end_code": word_of(ENDS, one.end_code),
        "began_on": _day(says["began_on"]), "changed_on": _day(says["changed_on"]), "attested": _attested(one)}


def _contract(one: Contract | ClaimedContract) -> Written:
    says = contracts.ContractRows.facts(one)
    texts = {name: says[name] for name in ("contract_number", "name", "party_a", "party_b", "collaboration_number")}
    days = {name: _day(says[name]) for name in ("signed_on", "starts_on", "ends_on")}
    return _pair(one if isinstance(one, ClaimedContract) else one.engagement) | texts | days | {
        "type": word_of(COOPERATION, says["type"]), "amount": written_wan(says["amount"]),
        "expected_benefit": written_wan(says["expected_benefit"]),
        "status": word_of(CONTRACT_STATES, says["status"]), "standing": word_of(STANDINGS, says["standing"]),
        "attested": CLAIMED if isinstance(one, ClaimedContract) else HERE}


def _calendar(one: CalendarDay) -> Written:
    return {"day": one.day.isoformat(), "kind": word_of(DAY_KINDS, one.kind), "name": one.name, "source": one.source}


def _pair(one: Any) -> Written:
    """Whom a row is about: the numbers by which both are known again, and their names to be checked against."""
    firm = one.demand.organisation
    return {"demand": number_of(one.demand), "title": one.demand.title, "firm": firm.name if firm else "",
            "expert": str(one.expert_id), "expert_name": one.expert.name}


def _attested(one: Engagement | ClaimedEngagement) -> str:
    if isinstance(one, Engagement):
        return HERE
    if one.denied_at is not None:
        return DENIED
    return CONFIRMED_CLAIM if one.answered else CLAIMED


def _day(day) -> str:
    return day.isoformat() if day else ""


def _between(table: Any, since: Any, base: Select | None = None) -> Select:
    """Rows of a table that stands between a demand and an expert, joined to both so that a list can be narrowed."""
    query = select(table) if base is None else base
    between = table if base is None else Engagement
    query = query.join(Demand, between.demand_id == Demand.id).join(Expert, between.expert_id == Expert.id)
    return query.order_by(since, table.id)


def _claims(table: Any) -> Select:
    """Claims that nothing real has come of yet."""
    real = select(Engagement.id).where(Engagement.demand_id == table.demand_id, Engagement.expert_id == table.expert_id)
    if table is ClaimedContract:
        real = real.join(Contract, Contract.engagement_id == Engagement.id)
    return _between(table, table.created_at).where(~real.exists()).options(
        joinedload(table.demand).joinedload(Demand.organisation),
        joinedload(table.expert).joinedload(Expert.organisation))


OPTIONS = (joinedload(Engagement.demand).joinedload(Demand.organisation),
           joinedload(Engagement.expert).joinedload(Expert.organisation))
WRITERS: dict[SheetKind, tuple[Source, ...]] = {
    SheetKind.demand: ((select(Demand).order_by(Demand.created_at, Demand.id).options(
        selectinload(Demand.targets), joinedload(Demand.organisation)), demand_row),),
    SheetKind.capability: ((select(Capability).order_by(
        Capability.created_at, Capability.id).options(selectinload(Capability.claims)), _capability),),
    SheetKind.organisation: ((select(Organisation).order_by(Organisation.created_at, Organisation.id),
                              _organisation),),
    SheetKind.expert: ((select(Expert).order_by(Expert.created_at, Expert.id).options(
        joinedload(Expert.user).selectinload(User.grants), joinedload(Expert.organisation)), _expert),),
    SheetKind.activity: ((select(Activity).order_by(Activity.held_on, Activity.starts_at, Activity.id).options(
        joinedload(Activity.organiser)), _activity),),
    SheetKind.member: ((select(RoleGrant).join(RoleGrant.user).where(
        RoleGrant.role.in_(ROLES.values()), RoleGrant.organisation_id.is_not(None)).order_by(
        RoleGrant.applied_at, RoleGrant.id).options(joinedload(RoleGrant.user), joinedload(RoleGrant.organisation)),
        _member),),
    SheetKind.conflict: ((select(ConflictOfInterest).order_by(
        ConflictOfInterest.declared_at, ConflictOfInterest.id).options(*conflicts.PARTIES), _conflict),),
    SheetKind.engagement: (
        (_between(Engagement, Engagement.created_at).options(*OPTIONS), engagement_row),
        (_claims(ClaimedEngagement), engagement_row)),
    SheetKind.contract: (
        (_between(Contract, Contract.created_at, select(Contract).join(Contract.engagement)).options(
            selectinload(Contract.revisions), joinedload(Contract.collaboration),
            *(joinedload(Contract.engagement).options(one) for one in OPTIONS)), _contract),
        (_claims(ClaimedContract), _contract)),
    SheetKind.calendar: ((select(CalendarDay).order_by(CalendarDay.day), _calendar),),
}
