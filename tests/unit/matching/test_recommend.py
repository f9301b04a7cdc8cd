import datetime as dt
from decimal import Decimal

import pytest

from ingestion.interests import declare, withdraw
from matching.arranging import Note
from matching.candidates import DemandFilters, ExpertFilters
from matching.reasons.targets import Fit, Verdict
from matching.recommend import recommend_demands, recommend_experts
from matching.vectors import index_postings
from models.accounts import Admission, ExpertKind
from models.base import today
from models.capabilities import Dismissal, DismissalCode
from models.demands import Confidentiality, CooperationType, DemandStatus
from models.index import PostingKind
from tests import factories


@pytest.fixture
def world(session, encoder):
    """Indexes everything that was posted, then asks."""
    def index(*postings):
        for kind, name in ((PostingKind.demand, "demand"), (PostingKind.capability, "capability")):
            ids = [posting.id for posting in postings if posting.__tablename__ == name]
            index_postings(session, encoder, kind, ids)
    return index


@pytest.fixture
def demand(session):
    return factories.demand(session)


@pytest.fixture
def fitting(session):
    return factories.capability(session)


@pytest.fixture
def unrelated(session):
    return factories.capability(session, title="刺参育苗水温调控", summary="苗种成活率提高到 90%。", claims=())


class TestExperts:
    def test_the_one_who_wrote_about_it_is_recommended_with_reasons(self, session, searcher, world, demand, fitting,
                                                                    unrelated):
        world(demand, fitting, unrelated)
        found = recommend_experts(session, searcher, demand)
        match, = found.matches
        assert (match.expert, match.capability, match.fit) == (fitting.expert, fitting, Fit.good)
        assert [reason.verdict for reason in match.reasons] == [Verdict.covered, Verdict.covered]
        assert match.reasons[0].phrases

    def test_behind_the_last_one_it_says_how_many_were_looked_at(self, session, searcher, world, demand, unrelated):
        world(demand, unrelated)
        found = recommend_experts(session, searcher, demand)
        assert found.matches == ()
        assert (found.no_more.considered, found.no_more.written_by) == (1, 0)

    def test_the_target_that_binds_counts_who_wrote_about_it(self, session, searcher, world, demand):
        weak = factories.capability(session, title="碳纤维钓竿跳动量检测", summary="", claims=())
        world(demand, weak)
        no_more = recommend_experts(session, searcher, demand).no_more
        assert (no_more.binding.what, no_more.written_by, no_more.examined) == ("跳动量", 1, 1)

    def test_there_is_no_end_while_good_ones_wait(self, session, searcher, world, demand, fitting):
        world(demand, fitting, other := factories.capability(session))
        assert recommend_experts(session, searcher, demand, limit=1).no_more is None
        found = recommend_experts(session, searcher, demand)
        assert {match.expert for match in found.matches} == {fitting.expert, other.expert}

    def test_an_expert_stands_once_whatever_he_posted(self, session, searcher, world, demand, fitting):
        world(demand, fitting, factories.capability(session, fitting.expert))
        assert len(recommend_experts(session, searcher, demand).matches) == 1

    def test_a_target_may_be_answered_by_another_of_his_capabilities(self, session, searcher, world, demand):
        holder = factories.expert(session)
        near = factories.capability(session, holder, title="碳纤维钓竿插接跳动治理", summary="", claims=("跳动量 0.02 mm",))
        other = factories.capability(session, holder, title="装配线改造", summary="", claims=("节拍缩短到 30 秒",))
        world(demand, near, other)
        assert {r.passage.capability_id for r in recommend_experts(session, searcher, demand).matches[0].reasons} \
            == {near.id.hex, other.id.hex}

    def test_a_capability_without_an_expert_is_recommended_by_itself(self, session, searcher, world, demand):
        world(demand, imported := factories.capability(session, expert=None, expert_id=None, holder=None))
        imported.expert = None
        session.flush()
        match, = recommend_experts(session, searcher, demand).matches
        assert (match.expert, match.capability) == (None, imported)

    def test_colleagues_are_left_out_with_the_reason(self, session, searcher, world, demand):
        colleague = factories.capability(session, factories.expert(session, demand.organisation))
        world(demand, colleague)
        found = recommend_experts(session, searcher, demand)
        assert found.matches == ()
        assert [(e.expert_id, e.reason) for e in found.excluded] == [(colleague.expert_id, "same_organisation")]

    def test_a_declared_conflict_keeps_both_sides_apart_until_it_is_withdrawn(self, session, searcher, world, demand,
                                                                              fitting):
        world(demand, fitting)
        made = declare(session, fitting.expert.user, against=demand.organisation.name, reason="亲属任职")
        found = recommend_experts(session, searcher, demand)
        assert (found.matches, [e.reason for e in found.excluded]) == ((), ["declared_conflict"])
        assert recommend_demands(session, searcher, fitting.expert).matches == ()
        withdraw(session, fitting.expert.user, made)
        assert len(recommend_experts(session, searcher, demand).matches) == 1

    def test_an_enterprise_may_keep_a_whole_organisation_away(self, session, searcher, world, demand, fitting):
        world(demand, fitting)
        declare(session, demand.author, against=fitting.expert.organisation.name, reason="正在诉讼")
        assert recommend_experts(session, searcher, demand).excluded[0].reason == "declared_conflict"
        assert recommend_demands(session, searcher, fitting.expert).matches == ()

    def test_who_has_no_room_is_counted_where_only_the_others_were_asked_for(self, session, searcher, world, demand,
                                                                             fitting):
        world(demand, fitting)
        fitting.expert.capacity = 0
        session.flush()
        assert Note.full in recommend_experts(session, searcher, demand).matches[0].notes
        found = recommend_experts(session, searcher, demand, ExpertFilters(available=True))
        assert (found.matches, found.excluded[0].reason) == ((), "at_capacity")

    def test_a_dismissed_pair_is_left_out(self, session, searcher, world, demand, fitting):
        world(demand, fitting)
        factories.add(session, Dismissal(demand_id=demand.id, expert_id=fitting.expert_id, by_user_id=demand.author_id,
                                         code=DismissalCode.too_far))
        found = recommend_experts(session, searcher, demand)
        assert (found.matches, found.excluded[0].reason) == ((), "dismissed")

    def test_an_expert_who_was_revoked_is_not_recommended(self, session, searcher, world, demand, fitting):
        world(demand, fitting)
        fitting.expert.user.grants[0].status = Admission.revoked
        session.flush()
        assert recommend_experts(session, searcher, demand).no_more.considered == 0

    @pytest.mark.parametrize(("filters", "found"), [
        (ExpertFilters(districts=("371000",)), 1), (ExpertFilters(districts=("371082",)), 0),
        (ExpertFilters(field="机械"), 1), (ExpertFilters(field="100%"), 0),
        (ExpertFilters(kind=ExpertKind.university), 1), (ExpertFilters(kind=ExpertKind.skilled), 0),
        (ExpertFilters(available=True), 1),
    ])
    def test_filters_decide_who_is_considered(self, session, searcher, world, demand, fitting, filters, found):
        world(demand, fitting)
        assert len(recommend_experts(session, searcher, demand, filters).matches) == found

    def test_an_expert_with_full_hands_is_not_available(self, session, searcher, world, demand, fitting):
        world(demand, fitting)
        fitting.expert.capacity = 1
        factories.engagement(session, holder=fitting.expert)
        assert recommend_experts(session, searcher, demand, ExpertFilters(available=True)).matches == ()

    def test_a_demand_without_targets_is_read(self, session, searcher, world, fitting):
        demand = factories.demand(session, targets=(), problem="目标：跳动量不超过 0.03 mm。")
        world(demand, fitting)
        found = recommend_experts(session, searcher, demand)
        assert all(target.derived for target in found.targets)
        assert ("跳动量", "不超过 0.03 mm") in [(t.what, t.figure) for t in found.targets]
        assert found.matches

    def test_a_demand_that_is_not_indexed_yet_is_matched_all_the_same(self, session, searcher, world, demand, fitting):
        world(fitting)
        assert recommend_experts(session, searcher, demand).matches


class TestDemands:
    def test_an_expert_sees_what_he_could_take(self, session, searcher, world, demand, fitting):
        other = factories.demand(session, title="刺参育苗水温调控", problem="", targets=(("成活率", "≥90%", "", True),))
        world(demand, other, fitting)
        match, = recommend_demands(session, searcher, fitting.expert).matches
        assert (match.demand, match.fit) == (demand, Fit.good)

    def test_an_expert_who_posted_nothing_sees_nothing(self, session, searcher, world, demand):
        world(demand)
        assert recommend_demands(session, searcher, factories.expert(session)).matches == ()

    @pytest.mark.parametrize("columns", [
        {"status": DemandStatus.taken}, {"confidentiality": Confidentiality.internal},
        {"deadline": today() - dt.timedelta(days=1)},
    ])
    def test_what_is_closed_or_internal_is_not_shown(self, session, searcher, world, fitting, columns):
        world(closed := factories.demand(session), fitting)
        for name, value in columns.items():
            setattr(closed, name, value)
        session.flush()
        assert recommend_demands(session, searcher, fitting.expert).matches == ()

    @pytest.mark.parametrize(("filters", "found"), [
        (DemandFilters(districts=("370000",)), 1), (DemandFilters(districts=("371083",)), 0),
        (DemandFilters(industries=("C24",)), 1), (DemandFilters(industries=("C34",)), 0),
        (DemandFilters(cooperation_type=CooperationType.development), 1),
        (DemandFilters(cooperation_type=CooperationType.licence), 0),
        (DemandFilters(budget_min=Decimal(500000)), 1), (DemandFilters(budget_min=Decimal(500001)), 0),
    ])
    def test_filters_decide_what_is_considered(self, session, searcher, world, demand, fitting, filters, found):
        world(demand, fitting)
        assert len(recommend_demands(session, searcher, fitting.expert, filters).matches) == found

    def test_his_own_organisation_and_what_was_dismissed_are_left_out(self, session, searcher, world, demand, fitting):
        own = factories.demand(session, organisation=fitting.expert.organisation)
        world(demand, own, fitting)
        factories.add(session, Dismissal(demand_id=demand.id, expert_id=fitting.expert_id, by_user_id=demand.author_id,
                                         code=DismissalCode.budget))
        assert recommend_demands(session, searcher, fitting.expert).matches == ()
