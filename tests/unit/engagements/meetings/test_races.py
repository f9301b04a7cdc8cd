"""Two people at the same plan at once, each with a connection of their own, on both databases."""

import pytest
from sqlalchemy import func, select

from engagements.meetings import answers, changes, plans
from engagements.meetings.publication import publish
from models.accounts import User
from models.meetings import LIVE, Meeting, MeetingPlan, MeetingState, PlanState
from tests.support.matching_days import arranged, scene
from tests.unit.engagements.test_races import race

pytestmark = pytest.mark.slow


@pytest.fixture
def draft(private_database):
    """(clerk's id, plan's id) of a draft for two demands and three experts, committed."""
    with private_database.write() as session:
        made = scene(session)
        return made.clerk.id, arranged(session, made).id


def test_of_two_who_publish_at_once_exactly_one_does(private_database, draft):
    clerk, plan = draft

    def act(session):
        publish(session, session.get(User, clerk), session.get(MeetingPlan, plan))

    assert race(private_database, act, act)[0] == "won"
    assert race(private_database, act)[0] != "won"
    with private_database.read() as session:
        assert session.scalar(select(func.count()).where(MeetingPlan.state == PlanState.published)) == 1


def test_of_two_who_ask_for_a_plan_at_once_exactly_one_does(private_database, draft):
    clerk, plan = draft

    def act(session):
        plans.request_plan(session, session.get(User, clerk), session.get(MeetingPlan, plan).day)

    assert race(private_database, act, act) == ["won", "Conflict"]


def test_one_place_is_given_to_one_meeting(private_database, draft):
    clerk, plan = draft
    with private_database.read() as session:
        first, second = [(one.id, one.version) for one in session.get(MeetingPlan, plan).meetings[:2]]

    def act(which):
        return lambda session: changes.move(session, session.get(User, clerk), session.get(Meeting, which[0]),
                                            which[1], 2, 3)

    outcomes = race(private_database, act(first), act(second))
    assert outcomes[0] == "won"
    assert len(outcomes) == 2
    assert outcomes[1] != "won"
    with private_database.read() as session:
        places = session.execute(select(Meeting.slot, Meeting.table).where(
            Meeting.plan_id == plan, Meeting.state.in_(LIVE))).all()
    assert len(set(places)) == len(places)


def test_a_meeting_declined_and_cancelled_at_once_ends_in_one_way(private_database, draft):
    clerk, plan = draft
    with private_database.write() as session:
        publish(session, session.get(User, clerk), session.get(MeetingPlan, plan))
        one = session.get(MeetingPlan, plan).meetings[0]
        meeting, version, expert = one.id, one.version, one.expert.user_id

    def decline(session):
        answers.decline(session, session.get(User, expert), session.get(Meeting, meeting))

    def cancel(session):
        changes.cancel(session, session.get(User, clerk), session.get(Meeting, meeting), version)

    assert race(private_database, decline, cancel)[1] != "won"
    with private_database.read() as session:
        assert session.get(Meeting, meeting).state in (MeetingState.declined, MeetingState.cancelled)
