import numpy as np
import pytest

from matching.search import _said, search_demands, search_experts
from matching.vectors import index_postings
from models.demands import DemandStatus
from models.index import PostingKind
from tests import factories


@pytest.fixture
def hall(session, encoder):
    demands = [factories.demand(session, title=title, problem="", targets=()) for title in
               ("防爆锂离子电池", "焦化废水深度处理", "碳纤维钓竿插接跳动")]
    index_postings(session, encoder, PostingKind.demand, [demand.id for demand in demands])
    return demands


@pytest.mark.parametrize(("query", "place"), [("锂电池", 0), ("废水", 1), ("钓竿", 2), ("釣竿", 2), ("污水", 1)])
def test_words_find_the_demand_that_is_about_them(session, searcher, hall, query, place):
    assert search_demands(session, searcher, query).ids[:1] == (hall[place].id,)


def test_words_put_another_way_ask_with_a_vector_of_their_own(session, searcher, encoder, hall):
    said = dict(_said(encoder, searcher.public_demands(session), "污水"))
    assert {"污水", "废水"} <= set(said)
    for text, vector in said.items():
        np.testing.assert_allclose(vector, encoder.encode([text])[0], atol=1e-5)


def test_a_number_finds_its_demand_alone(session, searcher, hall):
    assert search_demands(session, searcher, f" {hall[1].number.lower()} ").ids == (hall[1].id,)


@pytest.mark.parametrize("query", ["", "  ", "zzz", "🐟", "婚纱摄影", "7" * 1000])
def test_what_nobody_wrote_finds_nothing(session, searcher, hall, query):
    assert search_demands(session, searcher, query).total == 0


@pytest.mark.parametrize("unstorable", ["\x00", "\ud800"])
def test_what_no_database_takes_is_left_out_of_the_words(session, searcher, hall, unstorable):
    assert search_demands(session, searcher, f"锂{unstorable}电池").ids[:1] == (hall[0].id,)
    assert search_demands(session, searcher, unstorable).total == 0
    assert search_experts(session, searcher, f"锂{unstorable}电池").total == 0


def test_pages_follow_each_other(session, searcher, encoder):
    demands = [factories.demand(session, title=f"锂电池隔膜 {i}") for i in range(5)]
    index_postings(session, encoder, PostingKind.demand, [demand.id for demand in demands])
    pages = [search_demands(session, searcher, "锂电池", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [page.total for page in pages] == [5, 5, 5]
    assert {key for page in pages for key in page.ids} == {demand.id for demand in demands}


def test_a_withdrawn_demand_is_gone_before_the_worker_heard_of_it(session, searcher, hall):
    hall[0].status = DemandStatus.withdrawn
    session.flush()
    assert hall[0].id not in search_demands(session, searcher, "锂电池").ids


def test_experts_are_found_by_what_they_posted(session, searcher, encoder):
    capability = factories.capability(session)
    index_postings(session, encoder, PostingKind.capability, [capability.id])
    assert search_experts(session, searcher, "碳纤维管插接").ids == (capability.expert_id,)
