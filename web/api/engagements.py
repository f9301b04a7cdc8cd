"""Engagements over the API: take a challenge, invite, talk, move on, end."""

import datetime as dt
import uuid

from pydantic import BaseModel, Field
from sqlalchemy import or_, select

from engagements import conversations, openings
from engagements.disclosure import disclosure_of
from engagements.parties import find_engagement
from models.accounts import Admission, Expert, Role, RoleGrant
from models.demands import Demand
from models.engagements import EndCode, Engagement, Opening, Stage
from web import access
from web.api.errors import problems
from web.api.resource import resource
from web.api.types import PAGE, Body, PageQuery, Text, load
from web.identity import me
from web.sessions import db

blueprint = resource("engagements", "对接")
REFUSALS = problems(400, 403, 404, 409, 415, 422)


class Approach(Body):
    """How the expert means to solve it. Not a contract."""

    approach: Text
    days: int | None = Field(None, ge=1, le=3650)
    questions: Text = ""


class Invitation(Body):
    expert_id: uuid.UUID
    note: Text = ""


class Say(Body):
    text: Text


class Advance(Body):
    stage: Stage
    note: Text = ""


class End(Body):
    code: EndCode
    note: Text = ""


class MessageView(BaseModel):
    at: dt.datetime
    author: str
    text: str


class EngagementView(BaseModel):
    """Phone numbers stay on the pages: a token need not carry them."""

    id: uuid.UUID
    demand_id: uuid.UUID
    expert_id: uuid.UUID
    opening: Opening
    stage: Stage
    accepted: bool
    end_code: EndCode | None
    approach: str
    messages: list[MessageView]


class EngagementList(BaseModel):
    items: list[EngagementView]
    page: int


def view(engagement: Engagement) -> EngagementView:
    return EngagementView(
        id=engagement.id, demand_id=engagement.demand_id, expert_id=engagement.expert_id,
        opening=engagement.opening, stage=engagement.stage, accepted=engagement.accepted_at is not None,
        end_code=engagement.end_code, approach=engagement.approach,
        messages=[MessageView(at=said.at, author=said.author.name, text=said.text) for said in engagement.messages])


@blueprint.get("/engagements")
@blueprint.input(PageQuery, location="query", arg_name="query")
@blueprint.output(EngagementList)
@blueprint.doc(summary="我的对接", responses=problems(422), security="BearerAuth")
@access.member
def list_mine(query: PageQuery):
    firms = select(RoleGrant.organisation_id).where(
        RoleGrant.user_id == me().id, RoleGrant.role == Role.enterprise, RoleGrant.status == Admission.approved)
    found = db().scalars(
        select(Engagement).join(Engagement.demand).join(Engagement.expert)
        .where(or_(Expert.user_id == me().id, Demand.organisation_id.in_(firms)))
        .order_by(Engagement.updated_at.desc(), Engagement.id).offset(PAGE * (query.page - 1)).limit(PAGE))
    return EngagementList(items=[view(engagement) for engagement in found], page=query.page)


@blueprint.get("/engagements/<uuid:engagement_id>")
@blueprint.output(EngagementView)
@blueprint.doc(summary="看一次对接", responses=problems(404), security="BearerAuth")
@access.member
def show(engagement_id):
    return view(find_engagement(db(), me(), engagement_id))


@blueprint.post("/demands/<uuid:demand_id>/engagements")
@blueprint.input(Approach, arg_name="body")
@blueprint.output(EngagementView, status_code=201)
@blueprint.doc(summary="揭榜", responses=REFUSALS, security="BearerAuth")
@access.roles(Role.expert)
def take(demand_id, body: Approach):
    demand = load(Demand, demand_id, "这条需求")
    disclosure_of(db(), me(), demand)
    return view(openings.take_challenge(db(), me(), demand, approach=body.approach, days=body.days,
                                        questions=body.questions))


@blueprint.post("/demands/<uuid:demand_id>/invitations")
@blueprint.input(Invitation, arg_name="body")
@blueprint.output(EngagementView, status_code=201)
@blueprint.doc(summary="请一位专家来看", responses=REFUSALS, security="BearerAuth")
@access.roles(Role.enterprise)
def invite(demand_id, body: Invitation):
    demand = load(Demand, demand_id, "这条需求")
    disclosure_of(db(), me(), demand)
    return view(openings.invite(db(), me(), demand, openings.find_expert(db(), body.expert_id), body.note))


@blueprint.post("/engagements/<uuid:engagement_id>/acceptance")
@blueprint.output(EngagementView)
@blueprint.doc(summary="同意对接", responses=problems(404, 409), security="BearerAuth")
@access.member
def accept(engagement_id):
    engagement = find_engagement(db(), me(), engagement_id)
    openings.accept(db(), me(), engagement)
    return view(engagement)


@blueprint.post("/engagements/<uuid:engagement_id>/messages")
@blueprint.input(Say, arg_name="body")
@blueprint.output(EngagementView, status_code=201)
@blueprint.doc(summary="留言", responses=REFUSALS, security="BearerAuth")
@access.member
def say(engagement_id, body: Say):
    engagement = find_engagement(db(), me(), engagement_id)
    conversations.say(db(), me(), engagement, body.text)
    return view(engagement)


@blueprint.put("/engagements/<uuid:engagement_id>/stage")
@blueprint.input(Advance, arg_name="body")
@blueprint.output(EngagementView)
@blueprint.doc(summary="往下走一步", responses=REFUSALS, security="BearerAuth")
@access.member
def advance(engagement_id, body: Advance):
    engagement = find_engagement(db(), me(), engagement_id)
    conversations.advance(db(), me(), engagement, body.stage, body.note)
    return view(engagement)


@blueprint.post("/engagements/<uuid:engagement_id>/end")
@blueprint.input(End, arg_name="body")
@blueprint.output(EngagementView)
@blueprint.doc(summary="婉拒或退出", responses=REFUSALS, security="BearerAuth")
@access.member
def end(engagement_id, body: End):
    engagement = find_engagement(db(), me(), engagement_id)
    conversations.end(db(), me(), engagement, body.code, body.note)
    return view(engagement)
