"""How people are reached is for those who agreed to talk; a sealed text is not found by its words."""

import pytest

from jobs import outbox
from matching.encoders.embedding import load_encoder
from models.demands import Demand
from models.index import PostingKind, enqueue
from tests import factories
from tests.functional.security.crawling import crawl
from tests.support.world import CANARY, WRITTEN

OTHERS = ("visitor", "nobody", "broker", "rival_firm", "rival_expert", "rival_broker")


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_reads_a_phone_or_an_address(client, session, world, name):
    person, expert, firm = world.people[name], world.people["expert"], world.people["firm"]
    if person:
        client.login(person)
    answers = crawl(client, world, factories.bearer(session, person) if person else {})
    shown = [answer.url for answer in answers for secret in (expert.phone, expert.email, firm.phone, firm.email)
             if secret in answer.text]
    assert shown == []


@pytest.mark.parametrize("part", ["phone", "email"])
@pytest.mark.parametrize("url", ["/experts?q={}", "/demands?q={}&taken=1", "/introductions/new?expert_words={}"])
def test_nobody_is_found_by_how_they_are_reached(client, world, url, part):
    client.login(world.people["rival_broker"])
    secret = getattr(world.people["expert"], part)
    name = world.people["expert"].name
    assert name in client.get(url.split("?")[0]).text or "/demands" in url
    assert name not in client.get(url.replace("{}", secret)).text


class TestSearch:
    @pytest.fixture
    def hall(self, client, session, database, world):
        """The hall with every demand in its index."""
        for demand in session.query(Demand):
            enqueue(session, PostingKind.demand, demand.id)
        session.flush()
        outbox.apply_pending(database, load_encoder())
        return lambda url, words, **more: client.get(url, query_string={"q": words, **more}).text

    @pytest.mark.parametrize(("url", "closed"), [("/demands", {"taken": "1"}), ("/api/v1/demands", {"taken": "true"})])
    def test_a_sealed_demand_is_not_found_by_its_sealed_words(self, hall, world, url, closed):
        found = [(kind, name) for kind in world.sealed for name in WRITTEN
                 if str(world.ids[kind]) in hall(url, f"{CANARY}{kind}{name}", **closed)]
        assert found == []

    @pytest.mark.parametrize("kind", ["summary", "nda"])
    def test_it_is_found_by_its_public_words(self, hall, world, kind):
        assert str(world.ids[kind]) in hall("/demands", world.sealed[kind].title)

    def test_an_open_one_is_found_by_all_its_words(self, hall, world, session):
        found = session.get(Demand, world.ids["open"])
        assert str(found.id) in hall("/demands", found.problem)
