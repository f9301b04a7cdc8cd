"""Brokers, and the answers of the two sides."""

import pytest

from engagements.introductions import introduce, request_broker
from models.demands import Confidentiality
from models.engagements import Engagement, Introduction
from tests import factories
from tests.support.stories import confirmed, introduced, talks


@pytest.fixture
def pair(session):
    return factories.demand(session), factories.expert(session)


def test_a_broker_introduces_and_both_consent(client, session, pair):
    demand, expert = pair
    broker = factories.broker(session)
    client.login(broker.user)
    form = {"demand_id": demand.id, "expert_id": expert.id, "note": "两边都做碳纤维薄壁管"}
    assert client.post("/introductions/new", data=form).status_code == 302
    intro = session.query(Introduction).one()
    for person in (expert.user, demand.author):
        assert demand.title in client.login(person).get("/introductions/waiting").text
        assert client.post(f"/introductions/{intro.id}/consent").status_code == 302
    assert session.query(Engagement).one().demand_id == demand.id
    assert demand.title in client.login(broker.user).get("/introductions").text


def test_what_is_missing_is_said_and_what_was_typed_is_kept(client, session, pair):
    answer = client.login(factories.broker(session).user).post(
        "/introductions/new", data={"demand_id": pair[0].id, "expert_id": "", "note": "合适"})
    assert answer.status_code == 422
    assert 'id="expert_id-error"' in answer.text
    assert f'value="{pair[0].id}" selected' in answer.text


def test_the_firm_behind_a_confidential_demand_is_not_shown_to_brokers(client, session):
    demand = factories.demand(session, confidentiality=Confidentiality.nda)
    firm = demand.organisation
    page = client.login(factories.broker(session).user).get("/introductions/new").text
    assert demand.title in page
    assert firm.name not in page
    assert firm.short_name not in page
    assert demand.title not in client.get("/introductions/new", query_string={"demand_words": firm.name}).text


def test_a_request_is_taken_up_by_a_broker(client, session, pair):
    demand, expert = pair
    client.login(demand.author)
    form = {"demand_id": demand.id, "expert_id": expert.id}
    assert client.post("/introductions/request", data=form).status_code == 302
    intro = session.query(Introduction).one()
    assert client.login(expert.user).get(f"/introductions/{intro.id}").status_code == 404
    client.login(factories.broker(session).user)
    assert "我来牵线" in client.get("/introductions").text
    assert [client.post(f"/introductions/{intro.id}/take").status_code for _ in range(2)] == [302, 409]


def test_a_refusal_needs_a_code(client, session, pair):
    intro = introduce(session, factories.broker(session).user, *pair, "合适")
    client.login(pair[1].user)
    assert client.post(f"/introductions/{intro.id}/refuse", data={}).status_code == 422
    assert client.post(f"/introductions/{intro.id}/refuse", data={"code": "price"}).status_code == 302
    assert intro.refused_at is not None


def test_strangers_find_no_introduction(client, session, pair):
    intro = introduce(session, factories.broker(session).user, *pair, "合适")
    for stranger in (factories.contact(session), factories.expert(session).user, factories.broker(session).user):
        client.login(stranger)
        assert client.get(f"/introductions/{intro.id}").status_code == 404
        assert client.post(f"/introductions/{intro.id}/consent").status_code == 404


def test_only_brokers_have_a_board(client, session, pair):
    assert client.login(pair[1].user).get("/introductions").status_code == 403


def test_the_trail_counts_what_the_broker_did(client, session):
    story = talks(session)
    broker = introduced(session, story)
    contract = confirmed(session, story)
    page = client.login(broker.user).get("/trail").text
    assert contract.revision.name in page
    assert "100%" in page


def test_a_request_is_listed_for_brokers_without_the_confidential_firm(client, session, pair):
    demand = factories.demand(session, confidentiality=Confidentiality.summary)
    request_broker(session, demand.author, demand, pair[1])
    page = client.login(factories.broker(session).user).get("/introductions").text
    assert demand.title in page
    assert demand.organisation.short_name not in page
