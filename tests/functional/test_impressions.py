"""The pages and the API note what they recommend, beside the request; nothing of visitors, staff and who said no."""

import pytest
from sqlalchemy.exc import OperationalError

from matching.encoders.embedding import load_encoder
from matching.vectors import index_postings
from models.engagements import Side
from models.impressions import Impression
from models.index import PostingKind
from tests import factories
from web.impressions import MOST, Buffer


@pytest.fixture
def city(session):
    """A demand and the capability that answers it, both indexed."""
    demand, skill = factories.demand(session), factories.capability(session)
    encoder = load_encoder(light=True)
    index_postings(session, encoder, PostingKind.demand, [demand.id])
    index_postings(session, encoder, PostingKind.capability, [skill.id])
    return demand, skill.expert


@pytest.fixture
def written(app, session):
    """What the site has noted so far, written and read back."""
    app.extensions["impressions"] = Buffer()

    def write():
        app.extensions["impressions"].write(app.extensions["database"])
        session.expire_all()
        return [(row.viewer_id, row.side, row.candidate_id, row.position, row.opened_at is not None)
                for row in session.query(Impression).order_by(Impression.id)]
    return write


def test_the_owners_list_is_noted_and_what_he_opens_from_it(client, written, city):
    demand, expert = city
    client.login(demand.author)
    client.get(f"/demands/{demand.id}")
    assert written() == [(demand.author_id, Side.enterprise, expert.id, 1, False)]
    client.get(f"/experts/{expert.id}", headers={"Referer": f"http://localhost/demands/{demand.id}"})
    assert written() == [(demand.author_id, Side.enterprise, expert.id, 1, True)]


def test_the_experts_list_is_noted_and_what_he_opens_from_it(client, written, city):
    demand, expert = city
    client.login(expert.user)
    client.get("/my/matches")
    client.get(f"/demands/{demand.id}", headers={"Referer": "http://localhost/my/matches"})
    assert written() == [(expert.user_id, Side.expert, expert.id, 1, True)]


def test_a_page_reached_by_search_or_from_elsewhere_opens_nothing(client, written, city):
    demand, expert = city
    client.login(expert.user)
    client.get("/my/matches")
    for referrer in ("http://localhost/demands/nothing", "http://elsewhere.example/my/matches", "http://[", ""):
        client.get(f"/demands/{demand.id}", headers={"Referer": referrer})
    assert [opened for *_, opened in written()] == [False]


@pytest.mark.parametrize("side", list(Side))
def test_the_api_is_noted_too(client, written, city, session, side):
    demand, expert = city
    viewer = demand.author if side is Side.enterprise else expert.user
    path = f"/api/v1/demands/{demand.id}/recommendations" if side is Side.enterprise else "/api/v1/recommendations"
    client.get(path, headers=factories.bearer(session, viewer))
    assert written() == [(viewer.id, side, expert.id, 1, False)]


def test_staff_visitors_and_prefetching_browsers_leave_nothing(client, written, city, session):
    demand, _expert = city
    client.get(f"/demands/{demand.id}")
    client.login(demand.author).get(f"/demands/{demand.id}", headers={"Sec-Purpose": "prefetch"})
    client.logout().login(factories.staff(session)).get(f"/demands/{demand.id}")
    assert written() == []


def test_nothing_is_noted_of_who_turned_it_off(client, written, city):
    demand, _expert = city
    demand.author.personalised = False
    client.login(demand.author).get(f"/demands/{demand.id}")
    assert written() == []


def test_with_the_database_away_the_events_go_and_the_site_stays(client, written, city, monkeypatch):
    demand, _expert = city
    client.login(demand.author).get(f"/demands/{demand.id}")

    def away(*_):
        raise OperationalError("insert", {}, Exception("disk full"))
    monkeypatch.setattr("web.impressions.record_shown", away)
    assert written() == []
    monkeypatch.undo()
    assert client.get(f"/demands/{demand.id}").status_code == 200
    assert len(written()) == 1


def test_what_waits_is_bounded():
    buffer = Buffer()
    for number in range(MOST + 5):
        buffer.add(number)
    assert len(buffer._waiting) == MOST
