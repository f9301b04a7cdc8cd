"""Demands over the API: read the posted ones, write one's own, triage them."""

import datetime as dt
import uuid
from decimal import Decimal

from pydantic import BaseModel, Field

from engagements.disclosure import Disclosure, disclosure_of
from ingestion import demands as operations
from ingestion.demand_forms import DisclosureForm, ProblemForm, TargetRow, TargetsForm
from models.accounts import Role
from models.demands import Confidentiality, CooperationType, Demand, DemandStatus
from models.money import wan
from web import access
from web.api.errors import problems
from web.api.resource import resource
from web.api.types import DEEPEST_PAGE, PAGE, Body, Created, Day, Line, Money, Text, Version, load
from web.demands import listing
from web.demands.filters import Filters
from web.demands.found import demand_ids
from web.identity import me, user
from web.limits import SEARCH, limiter
from web.sessions import db

blueprint = resource("demands", "需求")


class Target(BaseModel):
    what: Line
    figure: Line = ""
    measure: Line = ""
    required: bool = True


class DemandBody(Body):
    """A demand as its enterprise writes it. Amounts in 元; both empty means 面议."""

    title: Line
    problem: Text = ""
    targets: list[Target] = Field([], max_length=8)
    constraints: Text = ""
    tried: Text = ""
    offers: Text = ""
    ownership: Line = ""
    industry_code: Line = ""
    district_code: Line = ""
    cooperation_type: CooperationType | None = None
    budget_min: Money | None = None
    budget_max: Money | None = None
    deadline: Day | None = None
    confidentiality: Confidentiality = Confidentiality.public
    abstract: Text = ""

    def steps(self) -> tuple[ProblemForm, TargetsForm, DisclosureForm]:
        """The three written steps of the page's form, so that both ways in are judged alike."""
        last = self.deadline
        return (
            ProblemForm(self.title, self.problem, self.industry_code, self.district_code),
            TargetsForm(
                targets=tuple(TargetRow(row.what, row.figure, row.measure, row.required) for row in self.targets),
                constraints=self.constraints, tried=self.tried, budget_min=wan(self.budget_min),
                budget_max=wan(self.budget_max), negotiable=self.budget_min is None and self.budget_max is None,
                budget_sure=True, year=str(last.year) if last else "", month=str(last.month) if last else "",
                day=str(last.day) if last else "", cooperation_type=self.cooperation_type or ""),
            DisclosureForm(self.confidentiality, self.abstract, self.offers, self.ownership),
        )


class DemandChange(DemandBody):
    version: Version


class Move(Body):
    version: Version
    reason: Text = Field("", description="退回、撤回的原因；提交、张榜时，说明可疑的字为什么可以公开")


class DemandView(BaseModel):
    """A demand as the caller may see it. `full` false: only the checked abstract and the targets' figures."""

    id: uuid.UUID
    number: str | None
    version: int
    status: DemandStatus
    full: bool
    title: str
    abstract: str
    organisation: str | None
    problem: str | None
    constraints: str | None
    tried: str | None
    offers: str | None
    ownership: str | None
    targets: list[Target]
    industry_code: str
    district_code: str
    cooperation_type: CooperationType | None
    budget_min: Decimal | None
    budget_max: Decimal | None
    deadline: dt.date | None
    confidentiality: Confidentiality


def view(demand: Demand, disclosure: Disclosure) -> DemandView:
    full = disclosure.full
    shown = {name: getattr(demand, name) if full else None for name in
             ("problem", "constraints", "tried", "offers", "ownership")}
    return DemandView(
        id=demand.id, number=demand.number, version=demand.version, status=demand.status, full=full,
        title=demand.title, abstract=demand.abstract,
        organisation=demand.organisation.name if full and demand.organisation else None,
        targets=[Target(what=row.what, figure=row.figure, measure=row.measure if full else "", required=row.required)
                 for row in demand.targets],
        industry_code=demand.industry_code, district_code=demand.district_code,
        cooperation_type=demand.cooperation_type, budget_min=demand.budget_min, budget_max=demand.budget_max,
        deadline=demand.deadline, confidentiality=demand.confidentiality, **shown)


class HallQuery(Body):
    q: Line = ""
    industry: Line = Field("", description="GB/T 4754 大类，如 C34")
    district: Line = Field("", description="GB/T 2260 六位代码")
    cooperation_type: CooperationType | None = None
    taken: bool = Field(False, description="也列出已揭榜、已截止的")
    page: int = Field(1, ge=1, le=DEEPEST_PAGE)

    def filters(self) -> Filters:
        return Filters(q=" ".join(self.q.split()), field=(self.industry,) if self.industry else (),
                       district=(self.district,) if self.district else (),
                       type=(self.cooperation_type,) if self.cooperation_type else (), taken=self.taken)


class DemandList(BaseModel):
    items: list[DemandView]
    total: int
    page: int


def seen(demand_id: uuid.UUID) -> DemandView:
    demand = load(Demand, demand_id, "这条需求")
    return view(demand, disclosure_of(db(), user(), demand))


@blueprint.get("/demands")
@blueprint.input(HallQuery, location="query", arg_name="query")
@blueprint.output(DemandList)
@blueprint.doc(summary="需求大厅", responses=problems(422), security=[{}, {"BearerAuth": []}])
@access.public
@limiter.limit(SEARCH)
def hall(query: HallQuery):
    filters = query.filters()
    found = demand_ids(filters.q, filters.taken) if filters.q else None
    rows = listing.rows(db(), filters, found, PAGE * (query.page - 1), PAGE)
    return DemandList(items=[view(row, disclosure_of(db(), user(), row)) for row in rows], page=query.page,
                      total=listing.count(db(), filters, found))


@blueprint.get("/demands/<uuid:demand_id>")
@blueprint.output(DemandView)
@blueprint.doc(summary="看一条需求", responses=problems(404), security=[{}, {"BearerAuth": []}])
@access.public
def show(demand_id):
    return seen(demand_id)


@blueprint.post("/demands")
@blueprint.input(DemandBody, arg_name="body")
@blueprint.output(Created, status_code=201)
@blueprint.doc(summary="写一条需求的草稿", responses=problems(400, 403, 415, 422), security="BearerAuth")
@access.roles(Role.enterprise)
def create(body: DemandBody):
    first, *rest = body.steps()
    demand = operations.create_draft(db(), me(), first, whole=False)
    for step in rest:
        operations.save(db(), me(), demand, step, demand.version, whole=False)
    return Created(id=demand.id, version=demand.version)


@blueprint.put("/demands/<uuid:demand_id>")
@blueprint.input(DemandChange, arg_name="body")
@blueprint.output(DemandView)
@blueprint.doc(summary="改自己的需求", responses=problems(400, 403, 404, 409, 415, 422), security="BearerAuth")
@access.roles(Role.enterprise)
def change(demand_id, body: DemandChange):
    demand = load(Demand, demand_id, "这条需求")
    version = body.version
    for step in body.steps():
        operations.save(db(), me(), demand, step, version, whole=False)
        version = demand.version
    return seen(demand_id)


def _move(name: str, summary: str, *roles: Role):
    """Wire a state change: its URL, body and answer, and who may ask for it."""
    def wire(call):
        call = blueprint.doc(summary=summary, responses=problems(400, 403, 404, 409, 415, 422),
                             security="BearerAuth")(access.roles(*roles)(call))
        call = blueprint.input(Move, arg_name="body")(blueprint.output(DemandView)(call))
        return blueprint.post(f"/demands/<uuid:demand_id>/{name}")(call)

    return wire


@_move("submit", "提交诊断", Role.enterprise)
def submit(demand_id, body: Move):
    operations.submit(db(), me(), load(Demand, demand_id, "这条需求"), body.version, body.reason)
    return seen(demand_id)


@_move("withdraw", "撤回", Role.enterprise)
def withdraw(demand_id, body: Move):
    operations.withdraw(db(), me(), load(Demand, demand_id, "这条需求"), body.version, body.reason)
    return seen(demand_id)


@_move("publish", "张榜", Role.staff, Role.admin)
def publish(demand_id, body: Move):
    operations.publish(db(), me(), load(Demand, demand_id, "这条需求"), body.version, body.reason)
    return seen(demand_id)


@_move("return", "退回", Role.staff, Role.admin)
def send_back(demand_id, body: Move):
    operations.return_with_reason(db(), me(), load(Demand, demand_id, "这条需求"), body.version, body.reason)
    return seen(demand_id)
