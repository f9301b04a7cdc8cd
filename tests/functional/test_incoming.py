"""A notice brought in on its page: read, each value decided beside its source, adopted, a season opened of it."""

import io
import re

import pytest
from sqlalchemy import select

from benchmarks.notices.__main__ import INVENTED
from models.accounts import Role
from models.notices import ContestDefinition, ContestNotice
from tests import factories
from tests.support.word97 import doc_file

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


def test_a_doc_is_read_as_its_text_is(staff, session):
    word = doc_file("\r".join(TEXT.splitlines()) + "\r")
    for data in ({"text": TEXT}, {"file": (io.BytesIO(word), "评选通知.doc")}):
        staff.post(URL, data=data)
    typed, of_doc = session.scalars(select(ContestNotice).order_by(ContestNotice.created_at)).all()
    assert of_doc.name == "评选通知.doc"
    assert {key: len(said or ()) for key, said in of_doc.reading.items()} == {
        key: len(said or ()) for key, said in typed.reading.items()}


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


def add(staff, page, key, **said):
    data = {"version": version(staff, page), "add": key} | {f"a:{name}": text for name, text in said.items()
                                                            if name not in ("quote", "start", "reason")}
    return staff.post(f"{page}/items", data=data | {name: said[name] for name in ("quote", "start", "reason")
                                                    if name in said}, follow_redirects=True)


def test_a_missed_award_is_added_with_its_words_and_stands_in_the_draft(staff, page):
    shown = add(staff, page, "awards", name="安全标兵奖", places="2", quote="海岬市五一劳动奖章").text
    assert "安全标兵奖" in shown
    assert "原文：海岬市五一劳动奖章" in shown
    assert 'name = "安全标兵奖"' in staff.get(f"{page}/definition.toml").text


def test_what_is_not_in_the_text_is_added_with_its_reason(staff, page):
    add(staff, page, "tracks", name="绿色制造赛道", reason="主办方电话补充")
    assert "由工作人员补录：主办方电话补充" in staff.get(f"{page}/definition.toml").text


@pytest.mark.parametrize(("key", "said", "told"), [
    ("awards", {"name": "安全奖"}, "选中原文里写它的那句话"), ("awards", {"quote": "五一劳动奖章"}, "这一栏要写"),
    ("awards", {"name": "安全奖", "quote": "原文没有的话"}, "原文里没有这句话"),
    ("awards", {"name": "安全奖", "quote": "赛道"}, "多选几个字"),
    ("phases", {"name": "复核", "starts_on": "2026-05-02", "ends_on": "2026-05-01", "reason": "电话补充"}, "不能小于"),
    ("tracks", {"name": "装备制造赛道", "reason": "电话补充的"}, "这一项已经有了")])
def test_an_addition_that_does_not_hold_is_told_beside_its_box(staff, session, page, key, said, told):
    refused = add(staff, page, key, **said)
    assert refused.status_code == 422
    assert told in refused.text
    assert session.scalar(select(ContestNotice)).decisions == {}


def test_an_addition_is_taken_back(staff, session, page):
    add(staff, page, "tracks", name="绿色制造赛道", reason="主办方电话补充")
    staff.post(f"{page}/reopen", data={"version": version(staff, page), "path": "added.1"})
    assert session.scalar(select(ContestNotice)).decisions == {}


def test_two_add_at_once_the_second_is_told(staff, page):
    seen = version(staff, page)
    said = {"version": seen, "add": "tracks", "a:name": "绿色制造赛道", "reason": "主办方电话补充"}
    staff.post(f"{page}/items", data=said)
    assert staff.post(f"{page}/items", data=said | {"a:name": "另一赛道"}).status_code == 409


def test_a_list_that_nobody_may_add_to_is_refused(staff, page):
    assert add(staff, page, "warnings", name="x", reason="没有这样的").status_code == 422


def test_what_was_added_is_shown_as_text(staff, page):
    shown = add(staff, page, "tracks", name="<script>alert(1)</script>", reason="<b>依据依据").text
    assert "<script>alert(1)" not in shown
