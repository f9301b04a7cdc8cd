"""What was learned moves people within a pool, both ways alike, and never touches the words and reasons."""

import numpy as np
import pytest
from structlog.testing import capture_logs

from matching.learning.kernel import KernelRanker
from matching.learning.reranking import InUse, for_demand, for_expert
from matching.pairing import Ranked
from matching.reasons.targets import Fit
from matching.recommend import recommend_demands, recommend_experts
from matching.vectors import index_postings
from models.index import PostingKind
from models.rankers import RankerState
from tests import factories

A, B, C = np.eye(3, dtype=np.float32)


def learned(demand, capability, left_over: float) -> KernelRanker:
    return KernelRanker.fit(demand[None], capability[None], np.array([left_over]))


def test_a_learned_pair_lifts_its_like_and_leaves_the_others():
    pool = [Ranked("x", "x", 2.0), Ranked("y", "y", 1.0)]
    moved = for_demand(learned(A, B, 4.0), pool, A, {"x": C, "y": B}.get)
    assert [(one.key, one.score) for one in moved] == [("y", 3.0), ("x", 2.0)]


def test_both_directions_give_a_pair_the_same():
    ranker = learned(A, B, 4.0)
    forward, = for_demand(ranker, [Ranked("c", "c", 1.0)], A, {"c": B}.get)
    backward, = for_expert(ranker, [Ranked("d", "d", 1.0)], np.array([C, B]), {"d": A + B}.get)
    assert forward.score == 3.0
    assert backward.score == for_demand(ranker, [Ranked("c", "c", 1.0)], A + B, {"c": B}.get)[0].score


def test_a_posting_without_a_vector_stays_where_it_is_and_ties_go_by_key():
    pool = [Ranked("y", "y", 1.0), Ranked("x", "x", 1.0)]
    assert [one.key for one in for_demand(learned(A, B, 4.0), pool, A, lambda _key: None)] == ["x", "y"]


def test_an_empty_pool_stays_empty():
    assert for_demand(learned(A, B, 1.0), [], A, dict().get) == []
    assert for_expert(learned(A, B, 1.0), [], np.array([A]), dict().get) == []


class TestInUse:
    def test_a_switch_is_followed_at_the_next_search(self, session):
        held = InUse()
        assert held.ranker(session, factories.ranker_version(session).encoder) is None
        one = factories.ranker_version(session, state=RankerState.in_use)
        found = held.ranker(session, one.encoder)
        assert found is not None
        assert held.ranker(session, one.encoder) is found  # read once
        one.state = RankerState.retired
        session.flush()
        assert held.ranker(session, one.encoder) is None

    def test_one_made_for_another_encoder_is_not_used(self, session):
        factories.ranker_version(session, state=RankerState.in_use)
        assert InUse().ranker(session, "another@1") is None

    def test_a_damaged_one_is_told_once_and_ranking_goes_on_without(self, session):
        one = factories.ranker_version(session, state=RankerState.in_use, blob=b"PK\x03\x04 cut short")
        held = InUse()
        with capture_logs() as told:
            assert [held.ranker(session, one.encoder) for _ in range(2)] == [None, None]
        assert len(told) == 1


class TestRecommendations:
    @pytest.fixture
    def city(self, session, encoder):
        demand = factories.demand(session)
        good = factories.capability(session)
        again = factories.capability(session, title="插接跳动治理", summary="碳纤维管件跳动量 0.02 mm，节拍 30 秒。")
        partial = factories.capability(session, title="碳纤维钓竿插接跳动量检测", summary="", claims=("跳动量 0.08 mm",))
        index_postings(session, encoder, PostingKind.demand, [demand.id])
        index_postings(session, encoder, PostingKind.capability, [good.id, again.id, partial.id])
        return demand, good, again, partial

    def use(self, session, searcher, demand, capability, left_over):
        vector = [searcher.state(session, kind).vector(row.id.hex) for kind, row in (
            (PostingKind.demand, demand), (PostingKind.capability, capability))]
        ranker = learned(*vector, left_over)
        factories.ranker_version(session, encoder=searcher.encoder.name, blob=ranker.to_bytes(),
                                 state=RankerState.in_use)

    def shown(self, session, searcher, demand):
        matches = recommend_experts(session, searcher, demand).matches
        return [(match.capability.id, match.fit) for match in matches], {m.capability.id: m.reasons for m in matches}

    def test_it_orders_within_a_word_and_leaves_words_and_reasons(self, session, searcher, city):
        demand, *_skills, partial = city
        before, reasons = self.shown(session, searcher, demand)
        good = [key for key, fit in before if fit is Fit.good]
        assert len(good) == 2
        last = next(skill for skill in city[1:] if skill.id == good[-1])
        self.use(session, searcher, demand, last, 500.0)
        after, same = self.shown(session, searcher, demand)
        assert [key for key, fit in after if fit is Fit.good] == good[::-1]
        assert dict(after) == dict(before)
        assert same == reasons

    def test_no_lift_carries_a_partial_fit_above_a_good_one(self, session, searcher, city):
        demand, *_skills, partial = city
        self.use(session, searcher, demand, partial, 10_000.0)
        fits = [fit for _key, fit in self.shown(session, searcher, demand)[0]]
        assert fits == sorted(fits, key=lambda fit: fit is not Fit.good)

    def test_scores_are_finite_and_the_same_each_time(self, session, searcher, city):
        demand, good, *_others = city
        self.use(session, searcher, demand, good, -300.0)
        scores = [[match.score for match in recommend_experts(session, searcher, demand).matches] for _ in range(2)]
        assert scores[0] == scores[1]
        assert np.isfinite(scores[0]).all()
        found = recommend_demands(session, searcher, good.expert).matches
        assert np.isfinite([match.score for match in found]).all()
