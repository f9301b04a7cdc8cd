"""Teams enter on pages: begun by name, members in rows, turned away with the clause, handed in once."""

import datetime as dt
import pathlib

import pytest
from sqlalchemy import select

from contests.scenarios.smeie_2023 import settings as values
from contests.season_settings import settle
from models.base import CITY_TIME, clock_at
from models.contests import Entry, EntryStatus, Season
from tests import factories

PAGE = pathlib.Path(__file__).with_name("one_page.pdf")
OPEN = dt.datetime(2023, 9, 1, 10, tzinfo=CITY_TIME)
MEMBERS = {"member-0-name": "周砚秋", "member-0-kind": "university", "member-0-organisation": "海岬大学", "member-0-mine": "1",
           "member-1-name": "沈一鸣", "member-1-kind": "university", "member-1-organisation": "海岬大学",
           "member-2-name": "韩立", "member-2-kind": "enterprise", "member-2-organisation": "云港重工有限公司"}
STUDENT = {"member-1-student": "1", "member-1-defender": "1"}
WORDS = {"phone": "19911110001", "employer": "海岬大学", "summary": "焊接机器人免示教编程"}


@pytest.fixture
def contest(session):
    return factories.add(session, Season(code="smeie-2023", year=2023))


@pytest.fixture
def teacher(session, client):
    person = factories.contact(session)
    client.login(person)
    return person


@pytest.fixture
def team(session, client, contest, teacher):
    client.post(f"/entries/groups/{contest.id}/robot", data={"name": "云梯队"})
    return session.scalars(select(Entry)).one()


def save(client, team, **fields):
    return client.post(f"/entries/{team.id}/group", data=WORDS | MEMBERS | fields)


def test_a_team_is_begun_from_the_list(client, contest, teacher):
    address = f"/entries/groups/{contest.id}/robot"
    assert address in client.get("/entries").text
    assert "团队名称" in client.get(address).text


@pytest.mark.parametrize("track", ["final", "nothing"])
def test_no_page_enters_what_is_reached_by_promotion(client, contest, teacher, track):
    assert client.get(f"/entries/groups/{contest.id}/{track}").status_code == 404


def test_what_is_entered_by_evidence_has_no_such_page(client, session, teacher):
    season = factories.add(session, Season(code="weihai-2020", year=2020))
    assert client.get(f"/entries/groups/{season.id}/tech_challenge").status_code == 404


def test_members_are_kept_in_their_order(client, session, team):
    assert save(client, team, go="save").status_code == 302
    assert [(one.name, one.user_id == team.user_id) for one in team.members] == [
        ("周砚秋", True), ("沈一鸣", False), ("韩立", False)]


def test_rows_come_and_go_without_a_script(client, team):
    assert "member-3-name" in save(client, team, go="add").text
    assert "member-1-name" not in save(client, team, go="remove-1").text


def test_a_member_of_no_side_is_asked_for_beside_the_field(client, session, team):
    answer = save(client, team, go="save", **{"member-2-kind": "bank"})
    assert answer.status_code == 422
    assert 'href="#member-2-kind"' in answer.text
    session.expire_all()
    assert team.members == []


def test_a_team_without_a_student_is_turned_away_then_taken(client, session, contest, team):
    staff = factories.staff(session)
    settle(session, staff, contest, values(contest), source="会议纪要", version=contest.version)
    session.flush()
    with clock_at(OPEN):
        client.login(team.user).post(f"/entries/{team.id}/materials/registration",
                                     data={"file": (PAGE.open("rb"), "报名材料.pdf")})
        refused = save(client, team, go="submit")
        assert refused.status_code == 422
        assert "团队里没有学生" in refused.text
        assert "答辩人员应由高校学生担任" in refused.text
        assert save(client, team, go="submit", **STUDENT).status_code == 302
        assert team.status is EntryStatus.submitted
        assert "报名写在第" in client.get(f"/entries/{team.id}").text
        assert save(client, team, go="save").status_code == 409


def test_staff_see_who_is_in_it_and_no_form_that_does_not_exist(client, session, team):
    save(client, team, go="save")
    client.login(factories.staff(session))
    shown = client.get(f"/staff/contests/entries/{team.id}").text
    assert "沈一鸣" in shown
    assert "form.pdf" not in shown
    assert client.get(f"/entries/{team.id}/form.pdf").status_code == 404


def test_staff_may_find_a_filing_untrue_where_the_contest_has_no_declaration(client, session, team):
    page = client.login(factories.staff(session)).get(f"/staff/contests/entries/{team.id}/sanction")
    assert (page.status_code, "查实的事实" in page.text) == (200, True)


def test_nobody_words_an_entry_by_evidence_as_a_team(client, session, teacher):
    entry = factories.add(session, Entry(season=Season(code="weihai-2020", year=2020), track="tech_challenge",
                                         user=teacher, name=teacher.name))
    assert client.post(f"/entries/{entry.id}/group", data=WORDS | {"go": "save"}).status_code == 403
