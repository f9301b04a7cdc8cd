"""A declared conflict of interest keeps two sides apart in every way by which an engagement begins."""

import pytest
from sqlalchemy import func, select

from engagements.introductions import consent, introduce, request_broker, take_up
from engagements.openings import accept, invite, take_challenge
from ingestion.interests import declare, withdraw
from models.audit import AuditEvent, Notice
from models.engagements import Engagement, EngagementEvent, Introduction
from models.errors import Forbidden
from tests import factories

REASON = "三年内有控股关系"


@pytest.fixture
def pair(session):
    return factories.demand(session), factories.expert(session, factories.organisation(session))


def by_expert(session, demand, expert):
    return declare(session, expert.user, against=demand.organisation.name, reason=REASON)


def by_enterprise(session, demand, expert):
    return declare(session, demand.author, against=expert.organisation.name, reason=REASON)


def by_staff_for_the_experts_organisation(session, demand, expert):
    return declare(session, factories.staff(session), party=expert.organisation.name,
                   against=demand.organisation.name, reason=REASON)


DECLARED = [by_expert, by_enterprise, by_staff_for_the_experts_organisation]


def taken(session, demand, expert):
    take_challenge(session, expert.user, demand, approach="先测跳动来源")


def invited(session, demand, expert):
    invite(session, demand.author, demand, expert)


def broker_asked(session, demand, expert):
    request_broker(session, demand.author, demand, expert)


def introduced(session, demand, expert):
    introduce(session, factories.broker(session).user, demand, expert, "两边都做薄壁管")


def everything(session) -> list[int]:
    return [session.scalar(select(func.count()).select_from(table))
            for table in (Engagement, EngagementEvent, Introduction, Notice, AuditEvent)]


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize("begin", [taken, invited, broker_asked, introduced])
def test_nobody_begins_and_nothing_changes(session, pair, declared, begin):
    factories.broker(session)
    declared(session, *pair)
    before = everything(session)
    with session.no_autoflush, pytest.raises(Forbidden, match="利益回避") as refused:
        begin(session, *pair)
    session.flush()
    assert REASON not in refused.value.message
    assert everything(session)[:4] == before[:4]


@pytest.mark.parametrize("declared", DECLARED)
def test_what_was_begun_before_is_not_agreed_to(session, pair, declared):
    demand, expert = pair
    interest = take_challenge(session, expert.user, demand, approach="先测跳动来源")
    declared(session, *pair)
    with pytest.raises(Forbidden, match="利益回避"):
        accept(session, demand.author, interest)
    assert interest.accepted_at is None


@pytest.mark.parametrize("side", ["enterprise", "expert"])
def test_neither_side_agrees_to_an_introduction(session, pair, side):
    demand, expert = pair
    intro = introduce(session, factories.broker(session).user, demand, expert, "两边都做薄壁管")
    by_expert(session, *pair)
    with pytest.raises(Forbidden, match="利益回避"):
        consent(session, demand.author if side == "enterprise" else expert.user, intro)
    assert (intro.enterprise_consented_at, intro.expert_consented_at) == (None, None)


def test_no_broker_takes_up_what_was_asked_before(session, pair):
    demand, expert = pair
    intro = request_broker(session, demand.author, demand, expert)
    by_enterprise(session, *pair)
    with pytest.raises(Forbidden, match="利益回避"):
        take_up(session, factories.broker(session).user, intro)
    assert intro.broker_id is None


def test_once_withdrawn_they_may_talk(session, pair):
    demand, expert = pair
    withdraw(session, expert.user, by_expert(session, *pair))
    assert take_challenge(session, expert.user, demand, approach="先测跳动来源").demand is demand


def test_what_one_expert_declared_keeps_no_other_apart(session, pair):
    demand, expert = pair
    by_expert(session, *pair)
    other = factories.expert(session)
    assert take_challenge(session, other.user, demand, approach="先测跳动来源").expert is other
