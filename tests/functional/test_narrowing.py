"""Lists of recommendations, narrowed by district, trade, budget, cooperation type and field; and who sees them."""

from decimal import Decimal

import pytest

from matching.encoders.embedding import load_encoder
from matching.vectors import index_posting
from models.accounts import ExpertKind
from models.demands import Confidentiality, CooperationType
from models.index import PostingKind
from tests import factories

TITLE = "碳纤维钓竿插接处跳动超差"


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(light=True)


@pytest.fixture
def posted(session, encoder, app):
    """A demand in 荣成市 and an expert in 环翠区 who meets it, both searchable."""
    demand = factories.demand(session, title=TITLE, district_code="371082", industry_code="C2449",
                              cooperation_type=CooperationType.service, budget_max=Decimal(150000),
                              budget_min=Decimal(100000))
    capability = factories.capability(session, title="碳纤维钓竿插接跳动控制")
    session.flush()
    for kind, row in ((PostingKind.demand, demand), (PostingKind.capability, capability)):
        index_posting(session, encoder, kind, row.id)
    session.flush()
    return demand, capability.expert


@pytest.mark.parametrize(("query", "shown"), [
    ("", True), ("district=371082", True), ("district=371002", False), ("type=service", True),
    ("type=transfer", False), ("budget=10", True), ("budget=50", False), ("field=C24", True),
    ("district=nowhere&type=gift&budget=x", True)])
def test_an_expert_narrows_their_matches(client, posted, query, shown):
    demand, expert = posted
    page = client.login(expert.user).get(f"/my/matches?{query}").text
    assert (f"/demands/{demand.id}" in page) is shown


@pytest.mark.parametrize(("query", "shown"), [
    ("", True), ("district=371002", True), ("district=371082", False), ("kind=university", True),
    ("kind=skilled", False), ("free=1", True), ("field=机械", True), ("field=陶瓷", False)])
def test_an_enterprise_narrows_its_candidates(client, posted, query, shown):
    demand, expert = posted
    assert expert.kind is ExpertKind.university
    page = client.login(demand.author).get(f"/demands/{demand.id}?{query}").text
    assert (f'aria-label="{expert.name}"' in page) is shown


class TestWhoSeesCandidates:
    def test_staff_do_also_for_an_imported_demand(self, client, session, posted):
        demand, expert = posted
        demand.organisation = demand.author = None
        assert expert.name in client.login(factories.staff(session)).get(f"/demands/{demand.id}").text

    def test_a_broker_may_introduce_from_there(self, client, session, posted):
        demand, expert = posted
        page = client.login(factories.broker(session).user).get(f"/demands/{demand.id}").text
        assert f"/introductions/new?demand_id={demand.id}&amp;expert_id={expert.id}" in page

    def test_visitors_and_other_enterprises_do_not(self, client, session, posted):
        demand, expert = posted
        assert expert.name not in client.get(f"/demands/{demand.id}").text
        assert expert.name not in client.login(factories.contact(session)).get(f"/demands/{demand.id}").text

    def test_a_secret_text_gives_a_broker_no_targets(self, client, session, posted):
        demand, _expert = posted
        demand.targets.clear()
        demand.problem = "要求：插接跳动 ≤0.0123 mm。"
        demand.confidentiality, demand.abstract = Confidentiality.nda, "一种薄壁管件的精度问题，求在线控制办法。"
        session.flush()
        assert "0.0123" not in client.login(factories.broker(session).user).get(f"/demands/{demand.id}").text
