"""牵线: a broker brings a demand and an expert together; both consent, and the talk begins. Credit follows from it."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagements.openings import check_interests, check_pair, no_contacts, open_engagement
from engagements.parties import acts_for, members, require_owner
from engagements.texts import clean_text
from models.accounts import Broker, Expert, Role, User
from models.audit import notify, record
from models.base import city_day, now
from models.demands import Confidentiality, Demand
from models.engagements import EndCode, Engagement, Introduction, Opening, Side
from models.errors import Conflict, Forbidden, NotFound, Refused
from models.locking import lock

NOTE_LIMIT = 1000


def request_broker(session: Session, actor: User, demand: Demand, expert: Expert, note: str = "") -> Introduction:
    """The enterprise asks for a broker (请促成人牵线); the first broker who takes it up keeps it."""
    require_owner(actor, demand)
    note = no_contacts(clean_text(note, "note", "说明", most=NOTE_LIMIT, required=False), "note")
    lock(session, demand)
    if demand.confidentiality is Confidentiality.internal:
        raise Refused("这条需求不公开，促成人看不到。改成“摘要公开”，再请人牵线")
    check_pair(session, demand, expert)
    if any(intro.refused_at is None for intro in introductions_of(session, demand, expert)):
        raise Conflict("这位专家已经请人牵线了，等回音就行")
    _no_engagement(session, demand, expert)
    intro = Introduction(demand=demand, expert=expert, requested_by_id=actor.id, note=note, created_at=now(),
                         enterprise_consented_at=now())
    session.add(intro)
    session.flush()
    record(session, actor, "introduction.request", intro, demand=str(demand.id), expert=str(expert.id))
    return intro


def take_up(session: Session, actor: User, intro: Introduction) -> None:
    """A broker takes a request that waits for one, and the expert is asked."""
    broker = broker_of(session, actor)
    lock(session, intro)
    if intro.broker_id is not None:
        raise Conflict("已经有促成人接了这次牵线")
    if intro.refused_at is not None:
        raise Conflict("这次牵线已经结束")
    _no_conflict(broker, intro.demand, intro.expert)
    check_pair(session, intro.demand, intro.expert)
    _one_each(session, broker, intro.demand, intro.expert)
    intro.broker = broker
    session.flush()
    record(session, actor, "introduction.take_up", intro, broker=str(broker.id))
    notify(session, intro.expert.user_id, f"{broker.name}为您牵线：{intro.demand.title}", intro)


def introduce(session: Session, actor: User, demand: Demand, expert: Expert, note: str = "") -> Introduction:
    """A broker brings two sides together of their own accord; both are asked."""
    broker = broker_of(session, actor)
    note = no_contacts(clean_text(note, "note", "为什么合适", most=NOTE_LIMIT), "note")
    lock(session, demand)
    if demand.confidentiality is Confidentiality.internal:
        raise NotFound("没有找到这条需求")
    check_pair(session, demand, expert)
    _no_conflict(broker, demand, expert)
    _one_each(session, broker, demand, expert)
    _no_engagement(session, demand, expert)
    intro = Introduction(demand=demand, expert=expert, broker=broker, note=note, created_at=now())
    session.add(intro)
    session.flush()
    record(session, actor, "introduction.introduce", intro, demand=str(demand.id), expert=str(expert.id))
    notify(session, expert.user_id, f"{broker.name}为您牵线：{demand.title}", intro)
    for member in members(session, demand.organisation):
        notify(session, member.id, f"{broker.name}为“{demand.title}”推荐了{expert.name}", intro)
    return intro


def consent(session: Session, actor: User, intro: Introduction) -> Engagement | None:
    """One side agrees. When both have, the engagement opens and is returned."""
    lock(session, intro)
    side = side_in(actor, intro)
    _still_open(intro)
    mine = "enterprise_consented_at" if side is Side.enterprise else "expert_consented_at"
    if getattr(intro, mine) is not None:
        raise Conflict("您已经同意过了，等对方回音")
    check_interests(session, intro.demand, intro.expert)
    setattr(intro, mine, now())
    session.flush()
    record(session, actor, "introduction.consent", intro, side=side.value)
    if not (intro.enterprise_consented_at and intro.expert_consented_at):
        return None
    engagement = session.scalar(select(Engagement).where(Engagement.demand_id == intro.demand_id,
                                                         Engagement.expert_id == intro.expert_id))
    if engagement is None:
        engagement = open_engagement(session, actor, intro.demand, intro.expert, Opening.introduction,
                                     note=f"{intro.broker.name}牵线，双方同意")
    intro.engagement = engagement
    session.flush()
    for user_id in [intro.broker.user_id, intro.expert.user_id,
                    *(member.id for member in members(session, intro.demand.organisation))]:
        notify(session, user_id, f"牵线成了，双方同意见面：{intro.demand.title}", engagement)
    return engagement


def refuse(session: Session, actor: User, intro: Introduction, code: EndCode) -> None:
    """One side says no, with a code."""
    lock(session, intro)
    side = side_in(actor, intro)
    _still_open(intro)
    intro.refused_by, intro.refused_at, intro.refusal_code = side, now(), code
    session.flush()
    record(session, actor, "introduction.refuse", intro, side=side.value, code=code.value)
    if intro.broker is not None:
        notify(session, intro.broker.user_id, f"这次牵线没成：{intro.demand.title}", intro)


def credited_brokers(session: Session, engagement: Engagement, signed_on: dt.date) -> list[Broker]:
    """The brokers whose introduction both sides agreed to no later than the signing day, in order of that agreement."""
    found = session.scalars(select(Introduction).where(
        Introduction.demand_id == engagement.demand_id, Introduction.expert_id == engagement.expert_id,
        Introduction.broker_id.is_not(None), Introduction.enterprise_consented_at.is_not(None),
        Introduction.expert_consented_at.is_not(None), Introduction.refused_at.is_(None)))
    agreed = [(max(intro.enterprise_consented_at, intro.expert_consented_at), intro.broker) for intro in found]
    return [broker for at, broker in sorted(agreed, key=lambda pair: (pair[0], pair[1].id.hex))
            if city_day(at) <= signed_on]


def introductions_of(session: Session, demand: Demand, expert: Expert) -> list[Introduction]:
    return list(session.scalars(select(Introduction).where(
        Introduction.demand_id == demand.id, Introduction.expert_id == expert.id)))


def broker_of(session: Session, user: User) -> Broker:
    """The profile of an approved broker. Forbidden for anybody else."""
    broker = session.scalar(select(Broker).where(Broker.user_id == user.id))
    if broker is None or Role.broker not in user.roles:
        raise Forbidden("只有入驻的促成人可以牵线")
    return broker


def side_in(user: User, intro: Introduction) -> Side:
    """The side of an introduction the person answers for. NotFound for anybody else, the broker included."""
    if intro.expert.user_id == user.id and intro.broker_id is not None:
        return Side.expert
    if acts_for(user, intro.demand.organisation_id):
        return Side.enterprise
    raise NotFound("没有找到这次牵线，或者您不是其中一方")


def find_introduction(session: Session, user: User, intro_id: uuid.UUID) -> Introduction:
    """The introduction, for its broker and its two sides, and for any broker while it waits for one."""
    intro = session.get(Introduction, intro_id)
    if intro is not None:
        waiting = intro.broker_id is None and Role.broker in user.roles
        mine = intro.broker is not None and intro.broker.user_id == user.id
        asked = intro.broker_id is not None and intro.expert.user_id == user.id
        if waiting or mine or asked or acts_for(user, intro.demand.organisation_id):
            return intro
    raise NotFound("没有找到这次牵线，或者您不是其中一方")


def _still_open(intro: Introduction) -> None:
    if intro.refused_at is not None:
        raise Conflict("这次牵线已经结束")
    if intro.engagement_id is not None:
        raise Conflict("双方都同意过了，对接已经开始")


def _no_conflict(broker: Broker, demand: Demand, expert: Expert) -> None:
    if broker.user_id == expert.user_id or acts_for(broker.user, demand.organisation_id):
        raise Forbidden("您是这次合作的一方，不能给自己牵线")


def _one_each(session: Session, broker: Broker, demand: Demand, expert: Expert) -> None:
    if any(intro.broker_id == broker.id for intro in introductions_of(session, demand, expert)):
        raise Conflict("您已经为他们牵过线")


def _no_engagement(session: Session, demand: Demand, expert: Expert) -> None:
    if session.scalar(select(Engagement.id).where(Engagement.demand_id == demand.id,
                                                  Engagement.expert_id == expert.id)) is not None:
        raise Conflict("他们之间已经在对接，不用再牵线")
