"""The worker arranges what was asked for: beside its duties, again after a kill, and says so where it cannot."""

import pytest

from engagements.meetings import participants, plans
from jobs import meetings
from matching.searcher import Searcher
from models.errors import Invalid
from models.meetings import MeetingPlan, PlanState
from tests import factories
from tests.support.matching_days import encoder, scene


@pytest.fixture
def searcher(tmp_path):
    return Searcher(tmp_path, encoder)


@pytest.fixture
def queued(private_database):
    """The id of a plan that waits for the worker, committed."""
    with private_database.write() as session:
        made = scene(session)
        return plans.request_plan(session, made.clerk, made.day).id


def state_of(database, plan_id) -> tuple:
    with database.read() as session:
        plan = session.get(MeetingPlan, plan_id)
        return plan.state, len(plan.meetings), plan.fault


def test_a_request_is_arranged_in_a_thread_of_its_own(private_database, searcher, queued):
    meetings.start(private_database, lambda: searcher).join(60)
    state, number, _fault = state_of(private_database, queued)
    assert state is PlanState.draft
    assert number > 0
    assert meetings.start(private_database, lambda: searcher) is None


def test_a_worker_killed_on_the_way_starts_the_request_anew(private_database, searcher, queued):
    meetings.arrange_plan(private_database.read, searcher, queued)  # and the process is gone before it writes
    assert meetings.arrange_queued(private_database, searcher) == 1
    assert state_of(private_database, queued)[0] is PlanState.draft


def test_a_day_that_cannot_be_arranged_says_so_and_holds_up_nobody(private_database, searcher, queued, monkeypatch):
    def broken(*_args):
        raise RuntimeError("as the test wants")

    monkeypatch.setattr(meetings, "arrange", broken)
    assert meetings.arrange_queued(private_database, searcher) == 1
    assert state_of(private_database, queued) == (PlanState.failed, 0, meetings.FAULT)
    monkeypatch.undo()
    assert meetings.arrange_queued(private_database, searcher) == 0


def test_a_demand_withdrawn_while_the_day_was_set_up_takes_no_part(private_database, searcher, queued):
    with private_database.write() as session:
        day = session.get(MeetingPlan, queued).day
        gone = participants.demands(session, day)[0].demand
        gone.status = "withdrawn"
        with pytest.raises(Invalid):
            participants.put_in(session, factories.staff(session), day, gone)
    meetings.arrange_queued(private_database, searcher)
    with private_database.read() as session:
        assert gone.id not in {one.demand_id for one in session.get(MeetingPlan, queued).meetings}
