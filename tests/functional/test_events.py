"""Events: the public calendar, a seat, and who came."""

import datetime as dt

import pytest

from engagements import activities
from engagements.activities import Programme
from models.activities import Activity, ActivityKind, Attendance
from models.base import clock_at, now, today
from tests import factories


@pytest.fixture
def clerk(session):
    return factories.staff(session)


@pytest.fixture
def activity(session, clerk):
    return activities.announce(session, clerk, Programme(ActivityKind.matching, "渔具装备校企对接会",
                                                         today() + dt.timedelta(days=1), "09:00", "荣成市职工之家", seats=1))


def test_anybody_sees_the_calendar(client, activity):
    assert activity.title in client.get("/events").text
    assert "登录后报名" in client.get(f"/events/{activity.id}").text


def test_a_member_signs_up_once_and_may_give_up(client, session, activity):
    client.login(factories.user(session))
    url = f"/events/{activity.id}"
    assert [client.post(f"{url}/sign-up").status_code for _ in range(2)] == [302, 409]
    assert client.post(f"{url}/give-up").status_code == 302
    assert session.query(Attendance).count() == 0


def test_staff_confirm_who_came_on_the_day(client, session, activity, clerk):
    row = activities.sign_up(session, factories.user(session), activity)
    url = f"/events/{activity.id}/attendance"
    client.login(clerk)
    assert client.post(url, data={"attendance_id": row.id}).status_code == 409
    with clock_at(now() + dt.timedelta(days=1)):
        client.login(clerk)
        assert client.post(url, data={"attendance_id": row.id}).status_code == 302
    assert row.confirmed_by_id == clerk.id


def test_members_see_no_attendance_list(client, session, activity):
    assert client.login(factories.user(session)).get(f"/events/{activity.id}/attendance").status_code == 403


def test_staff_announce_an_event_and_faults_are_named(client, session, clerk):
    day = today()
    form = {"kind": "matching", "title": "医疗器械对接会", "held_on-year": day.year, "held_on-month": day.month,
            "held_on-day": day.day, "starts_at": "14:30", "place": "威海市总工会"}
    client.login(clerk)
    wrong = client.post("/events/new", data=form | {"held_on-month": "13", "seats": "x"})
    assert wrong.status_code == 422
    assert 'href="#held_on"' in wrong.text
    assert 'href="#seats"' in wrong.text
    assert client.post("/events/new", data=form).status_code == 302
    assert session.query(Activity).one().starts_at == "14:30"


def test_a_demand_comes_on_the_programme_by_its_number(client, session, activity, clerk):
    demand = factories.demand(session)
    client.login(clerk).post(f"/events/{activity.id}/demands", data={"number": demand.number.lower()})
    assert demand.title in client.get(f"/events/{activity.id}").text
