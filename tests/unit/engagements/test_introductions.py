import datetime as dt

import pytest

from engagements.introductions import (
    consent,
    credited_brokers,
    find_introduction,
    introduce,
    refuse,
    request_broker,
    take_up,
)
from models.base import today
from models.demands import Confidentiality
from models.engagements import EndCode, Opening, Side
from models.errors import Conflict, Forbidden, NotFound, Refused
from tests import factories
from tests.support.stories import introduced, talks


@pytest.fixture
def pair(session):
    return factories.demand(session), factories.expert(session)


def test_both_consents_open_the_engagement(session, pair):
    demand, expert = pair
    intro = introduce(session, factories.broker(session).user, demand, expert, "两边都做碳纤维薄壁管")
    assert consent(session, expert.user, intro) is None
    engagement = consent(session, demand.author, intro)
    assert engagement.opening is Opening.introduction
    assert engagement.accepted_at is not None
    assert intro.engagement is engagement


def test_a_request_waits_for_a_broker_and_the_first_keeps_it(session, pair):
    demand, expert = pair
    intro = request_broker(session, demand.author, demand, expert)
    first, second = factories.broker(session), factories.broker(session)
    take_up(session, first.user, intro)
    with pytest.raises(Conflict):
        take_up(session, second.user, intro)
    assert consent(session, expert.user, intro).opening is Opening.introduction


def test_a_second_request_for_the_same_pair_is_refused(session, pair):
    demand, expert = pair
    request_broker(session, demand.author, demand, expert)
    with pytest.raises(Conflict):
        request_broker(session, demand.author, demand, expert)


def test_the_expert_is_not_asked_before_a_broker_takes_it_up(session, pair):
    demand, expert = pair
    intro = request_broker(session, demand.author, demand, expert)
    with pytest.raises(NotFound):
        find_introduction(session, expert.user, intro.id)


def test_nobody_brokers_for_themselves(session):
    expert = factories.expert(session)
    broker = factories.broker(session, expert.organisation, user=expert.user)
    with pytest.raises(Forbidden):
        introduce(session, broker.user, factories.demand(session), expert, "我自己就合适")


def test_an_internal_demand_is_not_found_by_brokers(session):
    demand = factories.demand(session, confidentiality=Confidentiality.internal)
    with pytest.raises(NotFound):
        introduce(session, factories.broker(session).user, demand, factories.expert(session), "合适")


def test_no_broker_is_asked_for_an_internal_demand(session):
    demand = factories.demand(session, confidentiality=Confidentiality.internal)
    with pytest.raises(Refused):
        request_broker(session, demand.author, demand, factories.expert(session))


def test_consent_is_given_once(session, pair):
    demand, expert = pair
    intro = introduce(session, factories.broker(session).user, demand, expert, "合适")
    consent(session, expert.user, intro)
    with pytest.raises(Conflict):
        consent(session, expert.user, intro)


def test_a_refusal_carries_a_code_and_ends_it(session, pair):
    demand, expert = pair
    intro = introduce(session, factories.broker(session).user, demand, expert, "合适")
    refuse(session, expert.user, intro, EndCode.schedule)
    assert (intro.refused_by, intro.refusal_code) == (Side.expert, EndCode.schedule)
    with pytest.raises(Conflict):
        consent(session, demand.author, intro)


def test_a_stranger_cannot_consent(session, pair):
    intro = introduce(session, factories.broker(session).user, *pair, "合适")
    with pytest.raises(NotFound):
        consent(session, factories.contact(session), intro)


def test_only_introductions_agreed_by_the_signing_day_count(session):
    story = talks(session)
    early, late = introduced(session, story, days_ago=10), introduced(session, story, days_ago=2)
    assert credited_brokers(session, story.engagement, today() - dt.timedelta(days=5)) == [early]
    assert credited_brokers(session, story.engagement, today() - dt.timedelta(days=2)) == [early, late]


def test_a_second_brokers_consent_joins_the_same_engagement(session, pair):
    demand, expert = pair
    intros = [introduce(session, factories.broker(session).user, demand, expert, "合适") for _ in range(2)]
    engagements = set()
    for intro in intros:
        consent(session, expert.user, intro)
        engagements.add(consent(session, demand.author, intro))
    assert len(engagements) == 1


def test_an_internal_demand_is_not_put_before_brokers(session, pair):
    demand = factories.demand(session, confidentiality=Confidentiality.internal)
    with pytest.raises(Refused):
        request_broker(session, demand.author, demand, pair[1])
