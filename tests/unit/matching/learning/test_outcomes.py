"""What becomes of a pair, read from the database: what says that it fits, that it does not, and what says nothing."""

import datetime as dt

import pytest

from matching.learning.impressions import Opened, Shown, record_opened, record_shown
from matching.learning.labels import read_labels
from matching.learning.outcomes import DISMISSED, ENDED, Kind
from models.base import now
from models.capabilities import Dismissal, DismissalCode
from models.contracts import CollaborationStatus, ContractStatus
from models.demands import Follow
from models.engagements import EndCode, EngagementEvent, Introduction, Side, Stage
from tests import factories

ABOUT_THE_MATCH = {"other_field", "target_out_of_reach"}


def outcomes(session) -> list[tuple[str, float]]:
    session.flush()
    return [(one.kind.value, one.gain) for one in read_labels(session).outcomes]


def ended(session, code: EndCode, *reached: Stage):
    row = factories.engagement(session, stage=Stage.ended, end_code=code, ended_by=Side.enterprise)
    row.events = [EngagementEvent(stage=stage, at=now() - dt.timedelta(days=5)) for stage in (Stage.interest, *reached)]
    return row


def dismissal(session, code: DismissalCode, **columns) -> Dismissal:
    demand = factories.demand(session)
    defaults = dict(demand_id=demand.id, expert_id=factories.expert(session).id, by_user_id=demand.author_id, code=code)
    return factories.add(session, Dismissal(**defaults | columns))


def test_every_code_has_its_worth_and_only_two_are_about_the_match():
    assert set(ENDED) == set(EndCode)
    assert set(DISMISSED) == set(DismissalCode)
    for table in (ENDED, DISMISSED):
        assert {code.value for code, worth in table.items() if worth} == ABOUT_THE_MATCH


@pytest.mark.parametrize("code", [code for code in DismissalCode if code.value not in ABOUT_THE_MATCH])
def test_a_dismissal_for_another_reason_teaches_nothing(session, code):
    dismissal(session, code)
    assert outcomes(session) == []


@pytest.mark.parametrize(("code", "gain"), [("other_field", 0.0), ("target_out_of_reach", 0.15)])
def test_a_dismissal_about_the_match_does(session, code, gain):
    dismissal(session, DismissalCode(code))
    assert outcomes(session) == [("refused", gain)]


def test_a_capability_without_an_expert_may_be_dismissed_too(session):
    work = factories.capability(session)
    dismissal(session, DismissalCode.other_field, expert_id=None, capability_id=work.id)
    assert [one.pair[1] for one in read_labels(session).outcomes] == [work.id]


@pytest.mark.parametrize("code", [code for code in EndCode if code.value not in ABOUT_THE_MATCH])
def test_an_end_for_another_reason_leaves_how_far_they_came(session, code):
    ended(session, code)
    assert outcomes(session) == []
    ended(session, code, Stage.visit)
    assert outcomes(session) == [("visit", 0.6)]


def test_an_end_about_the_match_counts_however_far_they_came(session):
    ended(session, EndCode.other_field, Stage.visit, Stage.trial)
    assert outcomes(session) == [("refused", 0.0)]


@pytest.mark.parametrize(("stage", "accepted", "kind"), [
    (Stage.interest, None, "interest"), (Stage.interest, now(), "talk"), (Stage.visit, now(), "visit"),
    (Stage.trial, now(), "trial")])
def test_a_stage_counts_by_how_far_it_is(session, stage, accepted, kind):
    factories.engagement(session, stage=stage, accepted_at=accepted)
    assert [one[0] for one in outcomes(session)] == [kind]


def test_a_collaboration_counts_until_it_is_withdrawn(session):
    done = factories.collaboration(session)
    assert outcomes(session) == [("collaboration", 1.0)]
    assert list(read_labels(session).collaborated()) == [done.contract.engagement.demand_id]
    done.status = CollaborationStatus.withdrawn
    assert outcomes(session) == [("contract", 0.9)]
    done.contract.status = ContractStatus.cancelled
    assert outcomes(session)[0][0] == "talk"


def test_what_came_later_weighs_more_than_a_dismissal_before(session):
    done = factories.collaboration(session)
    engaged = done.contract.engagement
    factories.add(session, Dismissal(demand_id=engaged.demand_id, expert_id=engaged.expert_id,
                                     by_user_id=engaged.demand.author_id, code=DismissalCode.other_field))
    assert outcomes(session) == [("collaboration", 1.0)]


@pytest.mark.parametrize(("code", "found"), [(EndCode.other_field, [("refused", 0.0)]), (EndCode.schedule, [])])
def test_a_refused_introduction_counts_by_its_code(session, code, found):
    factories.add(session, Introduction(
        demand=factories.demand(session), expert=factories.expert(session), refused_by=Side.expert, refused_at=now(),
        refusal_code=code))
    assert outcomes(session) == found


class TestLists:
    """Looks at lists: what was opened or passed over on the way, by the day and the place."""

    @pytest.fixture
    def listed(self, session):
        demand = factories.demand(session)
        people = [factories.expert(session) for _ in range(3)]
        at = now() - dt.timedelta(days=2)
        pairs = tuple((demand.id, one.id) for one in people)
        record_shown(session, [Shown(demand.author_id, Side.enterprise, pairs, at)])
        return demand, people, at

    def looked(self, session) -> dict:
        return {one.pair[1]: one.gain for one in read_labels(session).outcomes if one.kind is Kind.looked}

    def test_a_list_that_nobody_answered_says_nothing(self, session, listed):
        assert self.looked(session) == {}

    def test_opened_against_passed_over_and_nothing_of_what_stands_below(self, session, listed):
        demand, people, at = listed
        again = [Shown(factories.contact(session).id, Side.enterprise, ((demand.id, people[0].id),), at)]
        record_shown(session, again)
        record_opened(session, Opened(demand.author_id, (demand.id, people[1].id), at))
        record_opened(session, Opened(again[0].viewer_id, (demand.id, people[0].id), at))
        found = self.looked(session)
        assert set(found) == {people[0].id, people[1].id}
        assert found[people[0].id] == pytest.approx(0)  # passed over once and opened once, at the same place
        assert found[people[1].id] == pytest.approx(0)  # the second place was opened whenever it was reached

    def test_an_engagement_is_put_down_to_the_place_it_began_at_and_weighs_more_the_lower(self, session, listed):
        demand, people, at = listed
        factories.engagement(session, demand, people[2], opening="invitation", created_at=at + dt.timedelta(days=1))
        one = next(one for one in read_labels(session).outcomes if one.kind is Kind.talk)
        assert (one.position, one.weight) == (3, pytest.approx(0.4 * 2))  # looked at half as often as the first

    def test_what_came_without_a_list_is_left_as_it_is(self, session, listed):
        demand, people, _at = listed
        factories.engagement(session, demand, factories.expert(session), opening="invitation")
        one = next(one for one in read_labels(session).outcomes if one.kind is Kind.talk)
        assert (one.position, one.weight) == (0, 0.4)

    def test_a_dismissal_shows_that_the_place_was_looked_at_and_passes_nobody_over(self, session, listed):
        demand, people, at = listed
        factories.add(session, Dismissal(demand_id=demand.id, expert_id=people[2].id, by_user_id=demand.author_id,
                                         code=DismissalCode.no_time, at=at + dt.timedelta(hours=1)))
        labels = read_labels(session)
        assert (labels.outcomes, labels.reading.answered) == ([], 1)

    def test_a_follow_counts_as_liked(self, session):
        expert, demand = factories.expert(session), factories.demand(session)
        at = now() - dt.timedelta(days=1)
        record_shown(session, [Shown(expert.user_id, Side.expert, ((demand.id, expert.id),), at)])
        factories.add(session, Follow(user_id=expert.user_id, demand_id=demand.id))
        assert list(self.looked(session)) == [expert.id]
