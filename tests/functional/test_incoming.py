"""A notice brought in on its page: read, each value decided beside its source, adopted, a season opened of it."""

import io
import re

import pytest
from sqlalchemy import select

from benchmarks.notices.__main__ import INVENTED
from models.accounts import Role
from models.notices import ContestDefinition, ContestNotice
from tests import factories

URL = "/staff/contest-notices"
TEXT = (INVENTED / "haijia.txt").read_text()


@pytest.fixture
def staff(client, session):
    return client.login(factories.staff(session))


@pytest.fixture
def page(staff, session):
    staff.post(URL, data={"text": TEXT})
    return f"{URL}/{session.scalar(select(ContestNotice.id))}"


def version(client, page: str) -> str:
    return re.search(r'name="version" value="(\d+)"', client.get(page).text)[1]


def accept_all(client, page: str) -> None:
    for key in re.findall(r'name="accept" value="(\w+)"', client.get(page).text):
        client.post(page, data={"version": version(client, page), "accept": key})


@pytest.mark.parametrize("role", [Role.enterprise, Role.expert, Role.broker, Role.reviewer])
def test_members_do_not_see_it(client, session, role):
    client.login(factories.member(session, role))
    assert client.get(URL).status_code == 403


def test_a_file_is_read_and_shown_with_its_sources(staff, session):
    data = {"file": (io.BytesIO(TEXT.encode("gb18030")), "notice.txt")}
    shown = staff.post(URL, data=data, content_type="multipart/form-data", follow_redirects=True).text
    assert "海工发〔2026〕12号" in shown
    assert "原文：2026年3月10日至4月15日" in shown
    assert 'placeholder="通知没有写"' in shown


@pytest.mark.parametrize(("text", "said"), [("", "选一份文件"), ("Call for entries. " * 9, "几乎没有汉字"),
                                            ("好" * 100_001, "不像一份通知")])
def test_what_is_no_notice_is_refused_and_nothing_kept(staff, session, text, said):
    refused = staff.post(URL, data={"text": text})
    assert refused.status_code == 422
    assert said in refused.text
    assert session.scalar(select(ContestNotice.id)) is None


def test_a_section_is_accepted_in_one_go_and_the_rest_stays(staff, session, page):
    staff.post(page, data={"version": version(staff, page), "accept": "phases"})
    decided = session.scalar(select(ContestNotice)).decisions
    assert {path.split(".")[0] for path in decided} == {"phases"}


def test_a_changed_text_is_a_correction(staff, session, page):
    staff.post(page, data={"version": version(staff, page), "t:issued_on": "2026-02-27"})
    assert session.scalar(select(ContestNotice)).decisions["issued_on"]["value"] == "2026-02-27"


def test_a_wrong_text_is_told_beside_its_box_and_what_was_typed_stays(staff, page):
    refused = staff.post(page, data={"version": version(staff, page), "t:issued_on": "二月三十", "t:title": "新标题"})
    assert refused.status_code == 422
    assert 'value="二月三十"' in refused.text
    assert "新标题" in refused.text
    assert "出错了" in refused.text


def test_two_at_once_the_second_is_told(staff, page):
    seen = version(staff, page)
    staff.post(page, data={"version": seen, "d:title": "accepted"})
    assert staff.post(page, data={"version": seen, "d:issued_on": "accepted"}).status_code == 409


def test_undecided_nothing_is_adopted(staff, session, page):
    assert staff.post(f"{page}/adoption", data={"version": version(staff, page)}).status_code == 422
    assert session.scalar(select(ContestDefinition.id)) is None


def test_decided_whole_a_season_of_it_is_opened(staff, session, page):
    accept_all(staff, page)
    adopted = staff.post(f"{page}/adoption", data={"version": version(staff, page), "code": "haijia-arena"},
                         follow_redirects=True)
    assert "已定为竞赛定义" in adopted.text
    opened = staff.post("/staff/contests", data={"code": "haijia-arena", "year": "2026"}, follow_redirects=True)
    assert opened.status_code == 200
    assert "海工发〔2026〕12号 三（四）" in opened.text


def test_the_draft_is_a_file_that_contest_check_reads(staff, page):
    draft = staff.get(f"{page}/definition.toml")
    assert draft.headers["Content-Disposition"].startswith("attachment")
    assert 'name = "装备制造赛道"' in draft.text


def test_a_notice_with_markup_in_it_is_shown_as_text(staff):
    shown = staff.post(URL, data={"text": TEXT.replace("参赛对象", "<script>alert(1)</script>参赛对象")},
                       follow_redirects=True).text
    assert "<script>alert(1)" not in shown
