"""The thesaurus as staff meet it: found, previewed, saved, switched off, taken out and brought in as a sheet."""

import html
import io
import re

import openpyxl
import pytest

from matching.thesaurus.table import find_group, listed, shipped_id
from models.accounts import Role
from tests import factories

URL = "/staff/thesaurus"
NEW = {"words": "磁悬浮飞车\n悬浮小列车", "kind": "synonym", "note": "王工提的"}
PAINT = f"{URL}/{shipped_id('油漆')}"


@pytest.fixture
def staff(client, session):
    return client.login(factories.staff(session))


def seal(page: str) -> str:
    return html.unescape(re.search(r'name="seen" value="([^"]*)"', page)[1])


def save(client, url: str = f"{URL}/new", **typed):
    """Look at what it would do, then save just that."""
    form = NEW | typed
    seen = client.post(url, data=form)
    return client.post(url, data=form | {"seen": seal(seen.text), "save": "1"})


def upload(client, text: str, act: str = "import"):
    data = {"file": (io.BytesIO(text.encode()), "words.csv"), act: "1"}
    return client.post(f"{URL}/sheet", data=data, content_type="multipart/form-data")


@pytest.mark.parametrize("role", [Role.enterprise, Role.expert, Role.broker])
def test_members_do_not_see_it(client, session, role):
    client.login(factories.member(session, role))
    assert {client.get(path).status_code for path in (URL, f"{URL}/new", PAINT, f"{URL}/sheet",
                                                      f"{URL}/thesaurus.xlsx")} == {403}


@pytest.mark.parametrize(("typed", "found"), [("塗料", "油漆"), ("ａｇｖ", "自动导引车"), ("plc", "可编程控制器")])
def test_a_group_is_found_by_any_of_its_words_in_any_form(staff, typed, found):
    assert f">{found}</a>" in staff.get(f"{URL}?q={typed}").text


def test_what_it_would_do_is_said_before_anything_is_saved(staff, session):
    factories.demand(session, title="磁悬浮飞车调度")
    page = staff.post(f"{URL}/new", data=NEW | {"words": "磁悬浮飞车、AGV"}).text
    assert "有 1 条" in page
    assert "已在另一组" in page
    assert not any(one.row for one in listed(session))


def test_words_changed_after_the_look_are_looked_at_again(staff, session):
    seen = seal(staff.post(f"{URL}/new", data=NEW).text)
    page = staff.post(f"{URL}/new", data=NEW | {"words": "甲物\n乙物", "seen": seen, "save": "1"})
    assert page.status_code == 200
    assert not any(one.row for one in listed(session))


def test_a_group_is_added_changed_and_its_history_tells_who(staff, session):
    answer = save(staff)
    assert answer.status_code == 302
    save(staff, answer.location, words="磁悬浮飞车\n飞车号", version="1")
    page = staff.get(answer.location).text
    assert "加：飞车号" in page
    assert "去：悬浮小列车" in page


def test_a_shipped_group_is_extended_and_switched_off(staff, session):
    save(staff, PAINT, words="涂装料", version="0")
    assert find_group(session, shipped_id("油漆")).group.words[-1] == "涂装料"
    staff.post(f"{PAINT}/switch", data={"active": "0", "version": "1"})
    assert "停用" in staff.get(f"{URL}?from=off").text
    assert not find_group(session, shipped_id("油漆")).active


def test_two_at_once_the_second_is_told_and_keeps_what_was_typed(staff, session):
    save(staff, PAINT, words="涂装料", version="0")
    late = save(staff, PAINT, words="漆水漆", version="0")
    assert late.status_code == 409
    assert "刚被别人改过" in late.text
    assert "漆水漆" in late.text
    assert staff.post(f"{PAINT}/switch", data={"active": "0", "version": "0"}).status_code == 409


@pytest.mark.parametrize(("typed", "message"), [
    ({"words": "独词"}, "至少两个词"), ({"kind": "x"}, "选一类"), ({"words": ""}, "至少两个词"),
    ({"words": "长" * 41 + "\n乙"}, "太长")])
def test_what_is_no_group_is_refused_beside_its_field(staff, typed, message):
    page = staff.post(f"{URL}/new", data=NEW | typed)
    assert page.status_code == 422
    assert message in page.text


def test_markup_in_a_word_stays_text(staff):
    word = "<script>alert(1)</script>甲"
    answer = save(staff, words=f"{word}\n乙丙丁")
    found = staff.get(URL, query_string={"q": word})
    for page in (staff.get(answer.location).text, staff.get(URL).text, found.text):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_a_sheet_taken_out_comes_in_again_unchanged(staff, session):
    save(staff, words="=1+1飞车\n悬浮小列车")
    book = staff.get(f"{URL}/thesaurus.xlsx").data
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True))
    assert rows[0] == ("编号", "词", "类别", "说明", "状态", "来历")
    assert len(rows) == len(listed(session)) + 1
    answer = staff.post(f"{URL}/sheet", data={"file": (io.BytesIO(book), "a.xlsx"), "check": "1"},
                        content_type="multipart/form-data")
    assert "会新增 0 组，修改 0 组" in answer.text


def test_a_sheet_is_checked_written_and_refused_row_by_row(staff, session):
    text = "词,类别,状态\n磁悬浮飞车、悬浮小列车,同义词,\n独词,同义词,\n甲、乙,不知道,\n丙丁、戊己,缩写,关\n"
    page = upload(staff, text)
    assert page.status_code == 422
    assert [row in page.text for row in ("至少两个词", "要写同义词", "要写在用、停用")] == [True] * 3
    good = text.split("\n独词")[0]
    assert "还没有写入" in upload(staff, good, "check").text
    assert not any(one.row for one in listed(session))
    assert upload(staff, good).status_code == 302
    assert [one.name for one in listed(session) if one.row] == ["磁悬浮飞车"]


@pytest.mark.parametrize(("text", "message"), [("", "是空的"), ("甲,乙\n1,2\n", "表头要有")])
def test_a_file_that_is_no_sheet_of_words_is_refused(staff, text, message):
    page = upload(staff, text)
    assert page.status_code == 422
    assert message in page.text
