"""导入导出 as staff meet it: a sheet is uploaded, looked at, corrected, agreed to, watched; lists are taken out."""

import io

import openpyxl
import pytest
from sqlalchemy import func, select

from contests.publication import calendar
from ingestion.sheets import batches
from jobs import sheets
from models.accounts import Role
from models.activities import Activity, ActivityKind
from models.base import today
from models.demands import Demand, DemandStatus
from models.interests import ConflictOfInterest
from models.sheets import BatchState, SheetBatch, SheetKind
from tests import factories
from tests.support import stories

URL = "/staff/imports"
GOOD, BAD = "a1,海带烫煮能耗高,每吨耗汽 0.9 吨\n", "a2,,没有标题\n"
HEADER = "编号,标题,正文\n"


@pytest.fixture
def woken(monkeypatch) -> list:
    sent = []
    monkeypatch.setattr("jobs.notify.sheets_waiting", sent.append)
    return sent


@pytest.fixture
def staff(client, session, woken):
    return client.login(factories.staff(session))


@pytest.fixture
def upload(staff, session, database, settings):
    """Uploads a text and has the worker look through it; gives the page of the batch."""
    def of(text: str, kind: str = "demand", name: str = "汇总表.csv"):
        data = {"file": (io.BytesIO(text.encode()), name), "kind": kind}
        answer = staff.post(URL, data=data, content_type="multipart/form-data")
        if answer.status_code == 302:
            work(session, database, settings)
            return answer.location
        return answer
    return of


def work(session, database, settings) -> None:
    session.expire_all()
    sheets.work(database, settings, session.scalar(select(SheetBatch.id).order_by(SheetBatch.created_at.desc())))
    session.expire_all()


def demands(session) -> int:
    return session.scalar(select(func.count()).select_from(Demand))


@pytest.mark.parametrize("role", [Role.enterprise, Role.expert, Role.broker, Role.reviewer])
def test_members_do_not_see_it(client, session, role):
    client.login(factories.member(session, role))
    assert {client.get(path).status_code for path in (URL, f"{URL}/export/demand.xlsx")} == {403}


def test_an_upload_is_checked_and_nothing_is_written(staff, upload, session, woken):
    page = staff.get(upload(HEADER + GOOD)).text
    assert "等您确认" in page
    assert "没有错" in page
    assert demands(session) == 0
    assert len(woken) == 1


def test_agreeing_writes_it(staff, upload, session, database, settings):
    url = upload(HEADER + GOOD)
    assert staff.post(f"{url}/start").status_code == 302
    work(session, database, settings)
    assert demands(session) == 1
    assert "导入完了" in staff.get(url).text


def test_mistakes_are_named_by_row_and_column_and_given_back_as_a_sheet(staff, upload):
    url = upload(HEADER + GOOD + BAD)
    page = staff.get(url).text
    assert "第 3 行" in page
    assert "写上标题" in page
    book = openpyxl.load_workbook(io.BytesIO(staff.get(f"{url}/errors.xlsx").data))
    assert book.active["C3"].comment.text == "写上标题"


def test_leaving_wrong_rows_out_must_be_chosen(staff, upload, session, database, settings):
    url = upload(HEADER + GOOD + BAD)
    refused = staff.post(f"{url}/start")
    assert refused.status_code == 409
    assert "1 行要改" in refused.text
    staff.post(f"{url}/start", data={"partial": "1"})
    work(session, database, settings)
    assert demands(session) == 1


def test_columns_that_were_not_recognised_are_shown_and_corrected(staff, upload, session, database, settings):
    url = upload("甲,乙\n海带烫煮能耗高,每吨耗汽\n")
    page = staff.get(url).text
    assert "这一列" in page
    assert "每吨耗汽" in page
    staff.post(f"{url}/columns", data={"column-0": "title", "column-1": "text"})
    work(session, database, settings)
    assert "没有错" in staff.get(url).text


def test_while_it_works_the_page_asks_again_and_can_be_stopped(staff, upload, session):
    url = upload(HEADER + GOOD)
    staff.post(f"{url}/start")
    assert 'hx-trigger="every 1s"' in staff.get(url).text
    staff.post(f"{url}/pause")
    session.expire_all()
    page = staff.get(url).text
    assert "停下了" in page
    assert "hx-trigger" not in page
    staff.post(f"{url}/resume")
    assert batches.waiting(session) is not None


def test_a_dropped_one_is_over(staff, upload, session):
    url = upload(HEADER + GOOD)
    staff.post(f"{url}/drop")
    session.expire_all()
    assert session.scalar(select(SheetBatch.state)) is BatchState.dropped
    assert staff.post(f"{url}/start").status_code == 409


@pytest.mark.parametrize(("text", "name", "says"), [
    ("", "空.csv", "是空的"), ("%PDF-1.7", "a.csv", "PDF"), ("x", "../../etc/passwd", "只认"),
    ("PK\x03\x04", "a.xlsx", "打不开")])
def test_what_is_no_table_is_refused_beside_the_field(upload, session, text, name, says):
    answer = upload(text, name=name)
    assert answer.status_code == 422
    assert says in answer.text
    assert session.scalar(select(func.count()).select_from(SheetBatch)) == 0


def test_a_name_with_a_path_shows_its_last_part_only(staff, upload):
    assert "汇总.csv</h1>" in staff.get(upload(HEADER + GOOD, name="..\\..\\web\\汇总.csv")).text


@pytest.mark.parametrize("kind", list(SheetKind))
def test_every_list_goes_out_as_a_sheet(staff, session, kind):
    factories.demand(session)
    factories.capability(session, factories.expert(session))
    firm = factories.organisation(session)
    session.add_all((
        Activity(kind=ActivityKind.training, title="工艺培训", held_on=today(), place="职工之家"),
        ConflictOfInterest(organisation=firm, against=factories.organisation(session), reason="同一个老板",
                           declared_by=factories.staff(session))))
    stories.confirmed(session, stories.talks(session))
    calendar.import_year(session, factories.staff(session), 2026, source="放假安排通知")
    if kind is SheetKind.member:
        staff.login(factories.member(session, Role.admin))
    answer = staff.get(f"{URL}/export/{kind}.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.active["A1"].value in ("编号", "姓名", "需求编号", "日期")
    assert book.active.max_row > 1
    assert staff.get(f"{URL}/export/nothing.xlsx").status_code == 404


def lines(answer) -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))


def test_an_enterprise_takes_out_its_own_demands_and_nobody_elses(client, session):
    firm = factories.contact(session)
    factories.demand(session, firm, title="自己的草稿难题", status=DemandStatus.draft, published_at=None)
    factories.demand(session, title="别家的难题")
    client.login(firm)
    assert [line[1] for line in lines(client.get("/my/demands.xlsx"))] == ["标题", "自己的草稿难题"]
    assert client.get("/my/capabilities.xlsx").status_code == 403


def test_an_expert_takes_out_their_own_capabilities(client, session):
    expert = factories.expert(session)
    factories.capability(session, expert)
    factories.capability(session, factories.expert(session))
    client.login(expert.user)
    assert len(lines(client.get("/my/capabilities.xlsx"))) == 2
