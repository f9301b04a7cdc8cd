"""Recommendations over the API, both ways, with the reasons the pages show: never a percentage."""

import uuid
from collections import Counter

from pydantic import BaseModel, Field

from engagements.disclosure import disclosure_of
from ingestion.capabilities import expert_of
from matching.arranging import Note
from matching.candidates import DemandFilters, ExpertFilters
from matching.pairing import NoMore
from matching.reasons.targets import Fit, TargetReason, Verdict
from matching.recommend import Match, Recommendations, recommend_demands, recommend_experts
from models.accounts import Role
from models.demands import CooperationType, Demand
from models.engagements import Side
from models.errors import NotFound
from web import access, impressions
from web.api.errors import problems
from web.api.resource import resource
from web.api.types import Body, Line, Money, load
from web.identity import me
from web.limits import SEARCH, limiter
from web.search import searcher
from web.sessions import db

blueprint = resource("recommendations", "推荐")
MOST = 50


class Limit(Body):
    limit: int = Field(10, ge=1, le=MOST)


class ExpertQuery(Limit):
    """`district`: a GB/T 2260 code; a city's takes in its districts. `field`: words of the field."""

    district: Line = ""
    field: Line = ""
    available: bool = False

    def filters(self) -> ExpertFilters:
        return ExpertFilters(districts=(self.district,) if self.district else (), field=self.field,
                             available=self.available)


class DemandQuery(Limit):
    """`industry`: a GB/T 4754 code or its beginning. `budget_min`: 元; demands whose budget reaches it."""

    district: Line = ""
    industry: Line = ""
    cooperation_type: CooperationType | None = None
    budget_min: Money | None = None

    def filters(self) -> DemandFilters:
        return DemandFilters(districts=(self.district,) if self.district else (),
                             industries=(self.industry,) if self.industry else (),
                             cooperation_type=self.cooperation_type, budget_min=self.budget_min)


class Phrase(BaseModel):
    """Two stretches that met: [start, end) in the target's text and in the passage, under one number."""

    number: int
    asked: tuple[int, int]
    said: tuple[int, int]


class Reason(BaseModel):
    """One target of the demand, and what the other side wrote about it."""

    target: str
    required: bool
    derived: bool
    verdict: Verdict
    passage: str | None
    phrases: list[Phrase]


class Recommended(BaseModel):
    demand_id: uuid.UUID
    expert_id: uuid.UUID | None
    capability_id: uuid.UUID | None
    fit: Fit
    notes: list[Note]
    reasons: list[Reason]


class End(BaseModel):
    """后面没有合适的了: how many were considered, the required target that binds, how many wrote about it, and what those
    wrote who fall short of it."""

    considered: int
    binding_target: str | None
    written_by: int
    fall_short: list[str]


class RecommendationList(BaseModel):
    items: list[Recommended]
    no_more: End | None
    left_out: dict[str, int] = {}
    """How many were left out, by reason: same_organisation, dismissed, declared_conflict, at_capacity."""
    switched_off: bool = False
    """Whoever asks turned personal recommendation off: the list is empty for that reason."""


SWITCHED_OFF = RecommendationList(items=[], no_more=None, switched_off=True)


def reason(found: TargetReason) -> Reason:
    return Reason(target=found.target.text, required=found.target.required, derived=found.target.derived,
                  verdict=found.verdict, passage=found.passage.text if found.passage else None,
                  phrases=[Phrase(number=phrase.number, asked=phrase.demand_span, said=phrase.passage_span)
                           for phrase in found.phrases])


def item(match: Match) -> Recommended:
    return Recommended(demand_id=match.demand.id, expert_id=match.expert.id if match.expert else None,
                       capability_id=match.capability.id if match.capability else None, fit=match.fit,
                       notes=list(match.notes),
                       reasons=[reason(found) for found in match.reasons])


def end(found: NoMore | None) -> End | None:
    if found is None:
        return None
    return End(considered=found.considered, written_by=found.written_by, fall_short=[one.said for one in found.nearest],
               binding_target=found.binding.text if found.binding else None)


def answer(found: Recommendations) -> RecommendationList:
    return RecommendationList(items=[item(match) for match in found.matches], no_more=end(found.no_more),
                              left_out=Counter(one.reason for one in found.excluded))


@blueprint.get("/demands/<uuid:demand_id>/recommendations")
@blueprint.input(ExpertQuery, location="query", arg_name="query")
@blueprint.output(RecommendationList)
@blueprint.doc(summary="适合这条需求的专家", responses=problems(403, 404, 422), security="BearerAuth")
@access.roles(Role.enterprise, Role.staff, Role.admin)
@limiter.limit(SEARCH)
def for_demand(demand_id, query: ExpertQuery):
    demand = load(Demand, demand_id, "这条需求")
    seen = disclosure_of(db(), me(), demand)
    if not seen.owner and not me().roles & {Role.staff, Role.admin}:
        raise NotFound("只有发布这条需求的企业能看它的推荐")
    if seen.owner and not me().personalised:
        return SWITCHED_OFF
    found = recommend_experts(db(), searcher(), demand, query.filters(), query.limit)
    if seen.owner:
        impressions.shown(me(), Side.enterprise, found.matches)
    return answer(found)


@blueprint.get("/recommendations")
@blueprint.input(DemandQuery, location="query", arg_name="query")
@blueprint.output(RecommendationList)
@blueprint.doc(summary="和我对得上的需求", responses=problems(403, 422), security="BearerAuth")
@access.roles(Role.expert)
@limiter.limit(SEARCH)
def for_me(query: DemandQuery):
    if not me().personalised:
        return SWITCHED_OFF
    found = recommend_demands(db(), searcher(), expert_of(db(), me()), query.filters(), query.limit)
    impressions.shown(me(), Side.expert, found.matches)
    return answer(found)
