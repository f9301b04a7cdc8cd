import datetime as dt

import pytest

from engagements.contact_data import contact_kinds
from engagements.openings import accept, invite, take_challenge
from engagements.parties import find_engagement
from models.audit import Notice
from models.base import today
from models.demands import DemandStatus
from models.engagements import Opening, Stage
from models.errors import Conflict, Forbidden, Invalid, NotFound
from tests import factories


def test_taking_a_challenge_opens_an_engagement_and_tells_the_enterprise(session):
    demand, expert = factories.demand(session), factories.expert(session)
    engagement = take_challenge(session, expert.user, demand, approach="先测跳动来源，再改插口磨削", days=45)
    assert (engagement.opening, engagement.stage, engagement.accepted_at) == (Opening.interest, Stage.interest, None)
    assert session.query(Notice).filter_by(user_id=demand.author_id).one().subject_id == engagement.id


def test_the_same_challenge_is_not_taken_twice(session):
    demand, expert = factories.demand(session), factories.expert(session)
    take_challenge(session, expert.user, demand, approach="先测跳动来源")
    with pytest.raises(Conflict):
        take_challenge(session, expert.user, demand, approach="先测跳动来源")


def test_only_an_approved_expert_takes_a_challenge(session):
    with pytest.raises(Forbidden):
        take_challenge(session, factories.user(session), factories.demand(session), approach="我来")


def test_an_expert_of_the_same_firm_is_refused(session):
    demand = factories.demand(session)
    expert = factories.expert(session, demand.organisation)
    with pytest.raises(Forbidden, match="同一个单位"):
        take_challenge(session, expert.user, demand, approach="我来")


@pytest.mark.parametrize("status", [status for status in DemandStatus if status is not DemandStatus.published])
def test_only_a_published_demand_can_be_taken(session, status):
    demand, expert = factories.demand(session, status=status), factories.expert(session)
    with pytest.raises(Conflict):
        take_challenge(session, expert.user, demand, approach="我来")


def test_the_last_day_counts_and_the_next_does_not(session):
    expert = factories.expert(session)
    take_challenge(session, expert.user, factories.demand(session, deadline=today()), approach="我来")
    with pytest.raises(Conflict, match="已截止"):
        take_challenge(session, expert.user, factories.demand(session, deadline=today() - dt.timedelta(days=1)),
                       approach="我来")


@pytest.mark.parametrize(("text", "kinds"), [
    ("打我电话 19900001234", ["手机号"]), ("０６３１－５１２３４５６", ["电话"]), ("a.b@jiebang.example", ["邮箱"]),
    ("加微信 weihai_001", ["微信或 QQ 号"]), ("壁厚 0.8 mm，转速 12000 r/min", []), ("标准 GB38031-2020", []),
])
def test_contact_data_is_seen_in_text(text, kinds):
    assert contact_kinds(text) == kinds


def test_contact_data_in_an_approach_is_refused_beside_its_field(session):
    with pytest.raises(Invalid) as refusal:
        take_challenge(session, factories.expert(session).user, factories.demand(session), approach="电话 19900001234")
    assert refusal.value.field == "approach"


def test_an_invitation_is_accepted_by_the_expert_only(session):
    demand, expert = factories.demand(session), factories.expert(session)
    engagement = invite(session, demand.author, demand, expert)
    with pytest.raises(Conflict):
        accept(session, demand.author, engagement)
    accept(session, expert.user, engagement)
    assert engagement.accepted_at is not None


def test_accepting_twice_is_a_conflict(session):
    demand, expert = factories.demand(session), factories.expert(session)
    engagement = invite(session, demand.author, demand, expert)
    accept(session, expert.user, engagement)
    with pytest.raises(Conflict):
        accept(session, expert.user, engagement)


def test_only_the_owner_invites(session):
    with pytest.raises(Forbidden):
        invite(session, factories.contact(session), factories.demand(session), factories.expert(session))


def test_strangers_do_not_find_an_engagement(session):
    engagement = factories.engagement(session)
    with pytest.raises(NotFound):
        find_engagement(session, factories.contact(session), engagement.id)


def test_the_broker_who_introduced_them_may_read(session):
    engagement = factories.engagement(session)
    broker = factories.broker(session)
    factories.introduction(session, engagement, broker)
    session.expire(engagement)
    assert find_engagement(session, broker.user, engagement.id) is engagement
