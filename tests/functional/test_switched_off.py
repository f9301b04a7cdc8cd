"""算法推荐: whoever turns personal recommendation off is ranked nothing anywhere, and reads that it is off."""

import pytest

from matching import recommend
from matching.vectors import index_posting
from models.audit import Notice
from models.index import PostingKind
from tests import factories
from web.search import searcher

OFF = "您关掉了"
PREFERENCES = {"care_mode": "1"}
"""A form without the box: personal recommendation is off."""


@pytest.fixture
def pair(app, session):
    """An enterprise's demand and the expert who answers it, both indexed."""
    demand = factories.demand(session)
    capability = factories.capability(session, factories.expert(session), title=demand.title)
    with app.test_request_context():
        encoder = searcher().encoder
    index_posting(session, encoder, PostingKind.demand, demand.id)
    index_posting(session, encoder, PostingKind.capability, capability.id)
    return demand, capability.expert


@pytest.fixture
def unranked(monkeypatch):
    """From here on a ranking for anybody is a failure."""
    def refuse(*_arguments):
        raise AssertionError("somebody was ranked")
    for name in ("_pool", "_pool_for_expert"):
        monkeypatch.setattr(recommend, name, refuse)


def off(client, person):
    client.login(person)
    assert client.post("/account/preferences", data=PREFERENCES).status_code == 302
    return client


@pytest.mark.parametrize("path", ["/desk", "/my/matches", "/demands/{demand}"])
def test_an_experts_pages_rank_nothing_and_say_so(client, pair, unranked, path):
    demand, expert = pair
    page = off(client, expert.user).get(path.format(demand=demand.id))
    assert (page.status_code, OFF in page.text) == (200, True)


def test_the_hall_is_the_same_for_all(client, pair, unranked):
    page = off(client, pair[1].user).get("/demands").text
    assert "和您登记的本领" not in page
    assert pair[0].title in page


def test_an_enterprise_is_ranked_nobody_for_its_demand(client, pair, unranked):
    page = off(client, pair[0].author).get(f"/demands/{pair[0].id}").text
    assert OFF in page
    assert "推荐的人选" not in page


def test_the_steps_of_a_demand_count_nobody(client, session, pair, unranked):
    draft = factories.demand(session, pair[0].author, status="draft", published_at=None)
    page = off(client, draft.author).get(f"/my/demands/{draft.id}/2")
    assert page.status_code == 200
    assert "按上次保存的指标" not in page.text


def test_the_api_gives_an_empty_list_and_says_why(client, session, pair, unranked):
    demand, expert = pair
    for person, path in ((expert.user, "/api/v1/recommendations"),
                         (demand.author, f"/api/v1/demands/{demand.id}/recommendations")):
        off(client, person).logout()
        answer = client.get(path, headers=factories.bearer(session, person)).json
        assert (answer["items"], answer["switched_off"]) == ([], True)


def test_switched_on_the_same_pages_rank(client, pair):
    demand, expert = pair
    assert demand.title in client.login(expert.user).get("/my/matches").text
    assert "推荐的人选" in client.login(demand.author).get(f"/demands/{demand.id}").text


def test_no_message_tells_of_a_match(client, session, pair, unranked):
    """What is sent tells of acts of the other side alone: nothing is ranked in order to write to somebody."""
    off(client, pair[1].user)
    assert session.query(Notice).filter_by(user_id=pair[1].user_id).count() == 0


def test_staff_still_look_for_the_enterprise(client, session, pair):
    demand, _expert = pair
    off(client, demand.author).logout()
    assert "推荐的人选" in client.login(factories.staff(session)).get(f"/demands/{demand.id}").text
