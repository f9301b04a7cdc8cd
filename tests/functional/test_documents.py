"""A CV or a demand form is read, shown part by part with its source; a person takes it, part by part, into rows."""

import io
import re

import pytest
from sqlalchemy import func, select

from benchmarks.documents.samples import samples
from models.audit import AuditEvent
from models.capabilities import Capability, ProofKind
from models.demands import CooperationType, Demand, DemandStatus
from models.files import StoredFile
from tests import factories
from tests.support.sources import ROOT

PERSON, DEMAND = "/my/documents/person", "/my/documents/demand"


def sample(kind: str, wanted: str):
    return next(one for one in samples(kind) if one.id == wanted)


def read(client, url: str, one):
    return client.post(url, data={"go": "read", "document": (io.BytesIO(one.file()), one.name)})


def boxes(page: str) -> dict[str, str]:
    """What the form on the page would send: hidden and text inputs, text areas; no box ticked."""
    found = {}
    for tag in re.findall(r"<input[^>]+>", page):
        name, value = re.search(r' name="([^"]+)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and value and 'type="checkbox"' not in tag:
            found[name[1]] = value[1].replace("&#34;", '"').replace("&amp;", "&")
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.S):
        found[name] = text
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: value for name, value in found.items() if name not in ("document", "go")}


@pytest.fixture
def expert(session):
    return factories.expert(session, title="讲师", field="机械", bio="原来的简介")


@pytest.fixture
def reader(client, expert):
    return client.login(expert.user)


def test_reading_makes_nothing_and_keeps_no_file(reader, session, expert):
    page = read(reader, PERSON, sample("people", "P01")).text
    assert "原文（表 1 第 2 行第 2 列）：<mark>教授</mark>" in page
    assert "薄壁管件插接跳动量的配对算法" in page
    assert (expert.title, session.scalar(select(func.count()).select_from(Capability))) == ("讲师", 0)
    assert session.query(StoredFile).count() == 0


def test_only_what_is_ticked_is_taken_and_the_act_is_recorded(reader, session, expert):
    form = boxes(read(reader, PERSON, sample("people", "P01")).text)
    taken = {"take-title": "1", "item-2-take": "1", "item-2-title": "碳纤维管内孔珩磨装置", "go": "accept"}
    assert reader.post(PERSON, data=form | taken).status_code == 302
    assert (expert.title, expert.field) == ("教授", "机械")
    posted = session.query(Capability).one()
    assert (posted.title, posted.claims[0].year, posted.claims[0].proof) == ("碳纤维管内孔珩磨装置", 2022, ProofKind.patent)
    act = session.query(AuditEvent).filter_by(action="document.accepted").one()
    assert act.detail["parts"] == ["title"]
    assert len(act.detail["sha256"]) == 64


def test_the_same_draft_sent_twice_posts_once(reader, session):
    form = boxes(read(reader, PERSON, sample("people", "P01")).text) | {"item-0-take": "1", "go": "accept"}
    assert [reader.post(PERSON, data=form).status_code for _ in range(2)] == [302, 302]
    assert session.query(Capability).count() == 1


def test_a_part_that_cannot_be_kept_keeps_all_back_and_shows_what_was_typed(reader, session, expert):
    form = boxes(read(reader, PERSON, sample("people", "P01")).text)
    form |= {"take-title": "1", "item-0-take": "1", "item-0-title": "短", "go": "accept"}
    answer = reader.post(PERSON, data=form)
    assert (answer.status_code, 'id="item-0-title-error"' in answer.text) == (422, True)
    assert "原文（" in answer.text
    session.refresh(expert)
    assert (expert.title, session.query(Capability).count()) == ("讲师", 0)


def test_nothing_ticked_is_said(reader):
    form = boxes(read(reader, PERSON, sample("people", "P01")).text) | {"go": "accept"}
    assert "还没有收下任何一项" in reader.post(PERSON, data=form).text


@pytest.mark.parametrize("where", ["item-0-summary", "item-0-claim-0-text", "bio"])
def test_contact_data_never_gets_into_public_text(reader, session, expert, where):
    page = read(reader, PERSON, sample("people", "P03")).text
    form = boxes(page)
    assert not any("19900005678" in value.replace(" ", "") or "suyan@" in value for value in form.values())
    form |= {"take-bio": "1", "item-0-take": "1", "go": "accept", "bio": "简介", where: "我的电话是 19900005678，欢迎联系我合作"}
    answer = reader.post(PERSON, data=form)
    assert (answer.status_code, "不要写电话" in answer.text) == (422, True)


def test_a_file_that_cannot_be_read_is_refused_in_place(reader):
    answer = reader.post(PERSON, data={"go": "read", "document": (io.BytesIO(b"PK\x03\x04broken"), "a.docx")})
    assert (answer.status_code, "没有传完整" in answer.text) == (422, True)
    assert reader.post(PERSON, data={"go": "read"}).status_code == 422


@pytest.fixture
def firm(session):
    return factories.contact(session)


@pytest.fixture
def asker(client, firm):
    return client.login(firm)


def test_a_demand_form_becomes_a_draft_once_it_is_accepted(asker, session, firm):
    page = read(asker, DEMAND, sample("demands", "D01")).text
    assert "原文（表 1 第 3 行第 2 列）：<mark>碳纤维钓竿插接处跳动超差</mark>" in page
    assert "文件里的单位是“海岬渔具有限公司”" in page
    assert session.query(Demand).count() == 0
    answer = asker.post(DEMAND, data=boxes(page) | {"go": "accept", "title": "钓竿插接跳动超差"})
    demand = session.query(Demand).one()
    assert answer.location.endswith(f"/my/demands/{demand.id}/1")
    assert (demand.status, demand.title, demand.organisation) == (
        DemandStatus.draft, "钓竿插接跳动超差", firm.grants[0].organisation)
    assert (demand.budget_min, demand.budget_max, demand.deadline.isoformat()) == (300000, 500000, "2027-06-30")
    assert demand.cooperation_type is CooperationType.development
    assert [(one.what, one.figure) for one in demand.targets] == [("插接跳动量", "≤0.03 mm"), ("单件节拍", "≤40 秒")]


def test_a_demand_form_in_the_old_word_format_reads_like_the_new_one(asker):
    word = (ROOT / "tests/unit/ingestion/documents/files/demand.doc").read_bytes()  # D01, as LibreOffice writes it
    page = asker.post(DEMAND, data={"go": "read", "document": (io.BytesIO(word), "需求表.doc")}).text
    of_doc, of_docx = boxes(page), boxes(read(asker, DEMAND, sample("demands", "D01")).text)
    assert {name for name in of_docx if of_doc[name] != of_docx[name]} <= {"key", "digest", "name", "csrf_token"}
    assert "原文（表 1 第 3 行第 2 列）：<mark>碳纤维钓竿插接处跳动超差</mark>" in page


def test_the_same_form_twice_makes_one_draft(asker, session):
    form = boxes(read(asker, DEMAND, sample("demands", "D02")).text) | {"go": "accept"}
    assert [asker.post(DEMAND, data=form).status_code for _ in range(2)] == [302, 302]
    assert session.query(Demand).count() == 1


def test_a_past_deadline_read_from_a_file_is_told_at_its_box(asker, session):
    form = boxes(read(asker, DEMAND, sample("demands", "D02")).text)
    form |= {"go": "accept", "deadline-year": "2020", "deadline-month": "1", "deadline-day": "2"}
    answer = asker.post(DEMAND, data=form)
    assert (answer.status_code, 'id="deadline-error"' in answer.text) == (422, True)
    assert session.query(Demand).count() == 0


def test_phone_numbers_of_the_form_stay_out_of_the_draft(asker):
    page = read(asker, DEMAND, sample("demands", "D08")).text
    assert not any("19900006666" in value for value in boxes(page).values())
    assert "电话和邮箱没有带进草稿" in page


def test_another_role_does_not_read(client, session, firm, expert):
    assert client.login(firm).get(PERSON).status_code == 403
    assert client.login(expert.user).get(DEMAND).status_code == 403
