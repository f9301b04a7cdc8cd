"""Taking a challenge, talking and leaving, through the browser's door."""

import pytest

from engagements.openings import invite
from models.demands import Confidentiality
from models.engagements import EndCode, Engagement, Stage
from tests import factories
from tests.support.stories import talks

CONTACT = "19900007788"


@pytest.fixture
def story(session):
    return talks(session)


def test_an_expert_takes_a_challenge_and_lands_on_the_engagement(client, session):
    demand, expert = factories.demand(session), factories.expert(session)
    client.login(expert.user)
    assert demand.title in client.get(f"/demands/{demand.id}/take").text
    answer = client.post(f"/demands/{demand.id}/take", data={"approach": "先测跳动来源，再改插口磨削", "days": "45"})
    engagement = session.query(Engagement).one()
    assert answer.location.endswith(f"/engagements/{engagement.id}")
    assert engagement.days == 45


def test_what_was_typed_is_kept_and_the_message_stands_beside_the_field(client, session):
    demand, expert = factories.demand(session), factories.expert(session)
    answer = client.login(expert.user).post(f"/demands/{demand.id}/take",
                                            data={"approach": f"打 {CONTACT}", "days": "四"})
    assert answer.status_code == 422
    assert f"打 {CONTACT}" in answer.text
    assert "<title>出错了：" in answer.text
    assert session.query(Engagement).count() == 0


def test_the_same_form_sent_twice_is_a_conflict(client, session):
    demand, expert = factories.demand(session), factories.expert(session)
    client.login(expert.user)
    first, second = (client.post(f"/demands/{demand.id}/take", data={"approach": "先测跳动来源"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)


def test_an_enterprise_cannot_take_a_challenge(client, session):
    demand = factories.demand(session)
    assert client.login(factories.contact(session)).get(f"/demands/{demand.id}/take").status_code == 403


@pytest.mark.parametrize("path", ["", "/end"])
def test_a_stranger_does_not_find_the_engagement(client, session, story, path):
    for stranger in (factories.contact(session), factories.expert(session).user, factories.broker(session).user):
        assert client.login(stranger).get(f"/engagements/{story.engagement.id}{path}").status_code == 404


def test_phones_show_only_after_both_agreed(client, session):
    demand, expert = factories.demand(session), factories.expert(session)
    engagement = invite(session, demand.author, demand, expert)
    page = client.login(demand.author).get(f"/engagements/{engagement.id}").text
    assert expert.user.phone not in page
    assert client.login(expert.user).post(f"/engagements/{engagement.id}/accept").status_code == 302
    assert demand.author.phone in client.get(f"/engagements/{engagement.id}").text
    assert expert.user.phone in client.login(demand.author).get(f"/engagements/{engagement.id}").text


def test_accepting_ones_own_invitation_is_a_conflict(client, session):
    demand, expert = factories.demand(session), factories.expert(session)
    engagement = invite(session, demand.author, demand, expert)
    assert client.login(demand.author).post(f"/engagements/{engagement.id}/accept").status_code == 409


def test_messages_are_shown_escaped(client, session, story):
    client.login(story.person).post(f"/engagements/{story.engagement.id}/messages",
                                    data={"text": "<script>alert(1)</script>周三见"})
    page = client.login(story.firm).get(f"/engagements/{story.engagement.id}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;周三见" in page


def test_an_empty_message_is_refused_in_place(client, story):
    answer = client.login(story.person).post(f"/engagements/{story.engagement.id}/messages", data={"text": " "})
    assert answer.status_code == 422
    assert 'id="text-error"' in answer.text


def test_leaving_asks_for_a_code_and_then_ends(client, session, story):
    client.login(story.person)
    assert client.post(f"/engagements/{story.engagement.id}/end", data={"note": "再说"}).status_code == 422
    assert client.post(f"/engagements/{story.engagement.id}/end", data={"code": "schedule"}).status_code == 302
    assert (story.engagement.stage, story.engagement.end_code) == (Stage.ended, EndCode.schedule)


def test_a_stage_that_does_not_exist_is_refused(client, story):
    answer = client.login(story.person).post(f"/engagements/{story.engagement.id}/stage", data={"stage": "married"})
    assert answer.status_code == 422


def test_the_list_says_whose_turn_it_is(client, session):
    demand, expert = factories.demand(session), factories.expert(session)
    invite(session, demand.author, demand, expert)
    assert "等您办" in client.login(expert.user).get("/engagements").text
    assert "等您办" not in client.login(demand.author).get("/engagements").text


def test_inviting_needs_the_demands_owner(client, session):
    demand, expert = factories.demand(session), factories.expert(session)
    form = {"demand_id": demand.id, "expert_id": expert.id}
    assert client.login(factories.contact(session)).post("/engagements/invite", data=form).status_code == 403
    assert client.login(demand.author).post("/engagements/invite", data=form).status_code == 302


def test_an_invitation_to_nobody_is_not_found(client, session):
    demand = factories.demand(session)
    answer = client.login(demand.author).post("/engagements/invite", data={"demand_id": demand.id, "expert_id": "x"})
    assert answer.status_code == 404


def test_who_posted_a_confidential_demand_stays_hidden_until_both_agreed(client, session):
    demand = factories.demand(session, confidentiality=Confidentiality.nda)
    expert, firm = factories.expert(session), demand.organisation
    engagement = invite(session, demand.author, demand, expert)
    client.login(expert.user)
    for path in ("/engagements", f"/engagements/{engagement.id}", "/desk"):
        assert firm.short_name not in client.get(path).text
    client.post(f"/engagements/{engagement.id}/accept")
    assert firm.short_name in client.get(f"/engagements/{engagement.id}").text
