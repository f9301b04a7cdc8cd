"""Accounts of outside reviewers: made by staff, for a time, shown their password once."""

import datetime as dt
import re

import pytest
from sqlalchemy import select

from ingestion import passwords
from models.accounts import Role, User
from models.base import clock_at, today
from tests import factories
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("noon")
TYPED = {"name": "方正言", "phone": "19911110009", "email": "fang@jiebang.example", "until-year": "2026",
         "until-month": "12", "until-day": "31"}


@pytest.fixture
def staff(client, session):
    person = factories.staff(session)
    client.login(person)
    return person


def invite(client, **changes):
    return client.post("/staff/reviews/accounts", data=TYPED | changes)


def test_the_first_password_is_told_once_and_opens_the_account(client, session, staff):
    shown = re.search(r"\w{4}-\w{4}-\w{4}-\w{4}", invite(client).text)[0]
    user = session.scalars(select(User).where(User.email == "fang@jiebang.example")).one()
    assert passwords.verify(user.password_hash, shown)
    assert user.roles == {Role.reviewer}
    assert shown not in client.get("/staff/reviews/accounts").text


def test_after_its_last_day_the_account_opens_nothing_more(client, session, staff):
    invite(client)
    user = session.scalars(select(User).where(User.email == "fang@jiebang.example")).one()
    assert client.login(user).get("/reviews").status_code == 200
    with clock_at(dt.datetime(2027, 1, 1, 1, tzinfo=dt.UTC)):
        assert user.roles == set()
        assert client.login(user).get("/reviews").status_code == 403


@pytest.mark.parametrize(("changes", "field"), [
    ({"name": ""}, "name"), ({"phone": "1"}, "phone"), ({"email": "x"}, "email"), ({"until-day": ""}, "until"),
    ({"until-year": "2025"}, "until"), ({"until-year": "2028"}, "until")])
def test_what_is_wrong_stands_beside_its_field(client, session, staff, changes, field):
    answer = invite(client, **changes)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert session.scalar(select(User.id).where(User.name == "方正言")) is None


def test_a_phone_that_has_an_account_is_said(client, session, staff):
    assert "已经注册过" in invite(client, phone=staff.phone).text


def test_staff_end_an_account_today_and_never_in_the_past(client, session, staff):
    invite(client)
    grant = session.scalars(select(User).where(User.name == "方正言")).one().grants[0]
    address = f"/staff/reviews/accounts/{grant.id}"
    assert client.post(address, data={"until-year": "2026", "until-month": "11", "until-day": "1"}).status_code == 422
    day = today()
    client.post(address, data={"until-year": day.year, "until-month": day.month, "until-day": day.day})
    assert grant.until == NOON.date()


def test_a_role_that_is_for_good_is_not_ended_here(client, session, staff):
    other = factories.expert(session).user.grants[0]
    assert client.post(f"/staff/reviews/accounts/{other.id}", data={}).status_code in (404, 422)
    assert other.until is None
