import datetime as dt

import pytest

from engagements import activities
from engagements.activities import Programme
from models.activities import ActivityDemand, ActivityKind
from models.base import clock_at, now, today
from models.demands import Confidentiality
from models.errors import Conflict, Forbidden, Invalid
from tests import factories

TOMORROW = dt.timedelta(days=1)


def programme(**changes) -> Programme:
    said = dict(kind=ActivityKind.matching, title="渔具装备校企对接会", held_on=today() + TOMORROW, starts_at="09:00",
                place="荣成市职工之家")
    return Programme(**said | changes)


@pytest.fixture
def clerk(session):
    return factories.staff(session)


@pytest.fixture
def activity(session, clerk):
    return activities.announce(session, clerk, programme(seats=1))


def test_members_sign_up_once(session, activity):
    person = factories.user(session)
    activities.sign_up(session, person, activity)
    with pytest.raises(Conflict):
        activities.sign_up(session, person, activity)


def test_a_full_event_takes_nobody_until_a_seat_is_given_back(session, activity):
    person, other = factories.user(session), factories.user(session)
    activities.sign_up(session, person, activity)
    with pytest.raises(Conflict, match="满"):
        activities.sign_up(session, other, activity)
    activities.give_up_seat(session, person, activity)
    activities.sign_up(session, other, activity)


def test_attendance_is_confirmed_by_staff_from_the_day_on(session, activity, clerk):
    person = factories.user(session)
    attendance = activities.sign_up(session, person, activity)
    with pytest.raises(Conflict):
        activities.confirm_attendance(session, clerk, attendance)
    with clock_at(now() + TOMORROW):
        with pytest.raises(Forbidden):
            activities.confirm_attendance(session, person, attendance)
        activities.confirm_attendance(session, clerk, attendance)
        with pytest.raises(Conflict):
            activities.confirm_attendance(session, clerk, attendance)
    assert attendance.confirmed_by_id == clerk.id


def test_staff_do_not_confirm_themselves(session, activity, clerk):
    attendance = activities.sign_up(session, clerk, activity)
    with clock_at(now() + TOMORROW), pytest.raises(Forbidden):
        activities.confirm_attendance(session, clerk, attendance)


@pytest.mark.parametrize(("changes", "field"), [
    ({"held_on": dt.date(2020, 1, 1)}, "held_on"), ({"starts_at": "25:00"}, "starts_at"), ({"seats": 0}, "seats"),
    ({"title": ""}, "title"),
])
def test_an_impossible_programme_is_refused(session, clerk, changes, field):
    with pytest.raises(Invalid) as refusal:
        activities.announce(session, clerk, programme(**changes))
    assert refusal.value.field == field


def test_only_public_demands_come_on_the_programme(session, activity, clerk):
    demand = factories.demand(session)
    activities.put_on_programme(session, clerk, activity, demand)
    activities.put_on_programme(session, clerk, activity, demand)
    assert session.query(ActivityDemand).count() == 1
    with pytest.raises(Invalid):
        activities.put_on_programme(session, clerk, activity,
                                    factories.demand(session, confidentiality=Confidentiality.nda))
