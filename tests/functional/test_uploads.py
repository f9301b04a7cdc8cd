"""上传表格 as members meet it: an own sheet becomes drafts of their own, and nobody else sees or changes anything."""

import io

import openpyxl
import pytest
from sqlalchemy import func, select

from ingestion import demands
from ingestion.sheets import batches
from jobs import sheets
from models.accounts import Role
from models.capabilities import Capability, CapabilityStatus
from models.demands import Demand, DemandStatus
from models.index import OutboxRow
from models.sheets import SheetBatch
from tests import factories

URL = "/my/sheets"
HEADER = "编号,标题,正文,指标,截止日期,需求单位\n"
GOOD = "1,薄壁管坯矫直后跳动超差,跳动 0.08 mm 要到 0.03 mm,跳动量 | ≤0.03 mm | 百分表 | 必须,2027-06-30,\n"
SKILL = "标题,简介\n薄壁管矫直残余应力控制,用六辊交错矫直配合在线测量，把跳动控制在 0.025 mm 以内。\n"


@pytest.fixture
def woken(monkeypatch) -> list:
    sent = []
    monkeypatch.setattr("jobs.notify.sheets_waiting", sent.append)
    return sent


@pytest.fixture
def firm(session):
    return factories.contact(session, factories.organisation(session, name="威海澜竿渔具有限公司", industry_code="C2444"))


@pytest.fixture
def bring(client, session, database, settings, woken):
    """Uploads a text as the person logged in, has the worker check it; gives its page's address."""
    def of(text: str | bytes, kind: str = "demand", name: str = "我的表.csv", *, agree: bool = False):
        data = {"file": (io.BytesIO(text if isinstance(text, bytes) else text.encode()), name), "kind": kind}
        answer = client.post(URL, data=data, content_type="multipart/form-data")
        if answer.status_code != 302:
            return answer
        work(session, database, settings)
        if agree:
            assert client.post(f"{answer.location}/start", data={"partial": "1"}).status_code == 302
            work(session, database, settings)
        return answer.location
    return of


def work(session, database, settings) -> None:
    session.expire_all()
    while (waiting := batches.waiting(session)) is not None:
        sheets.work(database, settings, waiting)
        session.expire_all()


def test_a_firms_sheet_becomes_its_drafts_which_nobody_hears_of(client, session, firm, bring):
    client.login(firm)
    page = client.get(bring(HEADER + GOOD, agree=True)).text
    assert "看草稿" in page
    demand = session.scalars(select(Demand)).one()
    assert (demand.status, demand.organisation, demand.author) == (
        DemandStatus.draft, firm.organisation_for(Role.enterprise), firm)
    assert (demand.number, demand.published_at, demand.targets[0].measure) == (None, None, "百分表")
    assert session.scalar(select(func.count()).select_from(OutboxRow)) == 0
    assert demand.title in client.get("/my/demands?state=draft").text
    assert client.get(f"/my/demands/{demand.id}/1").status_code == 200


def test_a_draft_from_a_sheet_is_handed_in_like_any_other(client, session, firm, bring):
    client.login(firm)
    text = "标题,难题,行业代码,区市代码,指标,截止日期,最低投入（万元）\n薄壁管坯矫直后跳动超差,"
    bring(text + "外径 42 mm 的薄壁管坯矫直后跳动 0.08 mm，要稳定地控制到 0.03 mm 以内。,3311,371002,"
          "跳动量 | ≤0.03 mm | 百分表 | 必须,2027-06-30,20\n", agree=True)
    demand = session.scalars(select(Demand)).one()
    assert demands.submit(session, firm, demand, demand.version).number.startswith("WH-")


def test_a_row_of_another_organisation_is_refused_beside_its_cell(client, session, firm, bring):
    client.login(firm)
    url = bring(HEADER + GOOD + "2,海带烫煮能耗太高,每吨 0.9 吨,,,荣成海之宝食品有限公司\n")
    page = client.get(url).text
    assert "“荣成海之宝食品有限公司”不是您的单位" in page
    assert "需求单位" in page
    copy = openpyxl.load_workbook(io.BytesIO(client.get(f"{url}/errors.xlsx").data)).active
    assert "不是您的单位" in copy["G3"].comment.text


@pytest.mark.parametrize("written", ["威海澜竿渔具有限公司", "威海澜竿渔具", " 威海澜竿渔具有限公司 "])
def test_the_own_name_in_its_writings_is_no_mistake(client, firm, bring, written):
    client.login(firm)
    assert "没有错" in client.get(bring(HEADER + GOOD.replace(",\n", f",{written}\n"))).text


def test_a_number_of_anothers_demand_is_refused_and_its_id_leads_nowhere(client, session, firm, bring):
    other = factories.demand(session, factories.contact(session), title="别家的难题在这里", number="WH-2026-0007")
    client.login(firm)
    assert "别的单位的需求编号" in client.get(bring(HEADER + GOOD.replace("1,", "WH-2026-0007,", 1))).text
    bring(HEADER + GOOD.replace("1,", f"{other.id},", 1), agree=True)
    session.refresh(other)
    assert other.title == "别家的难题在这里"
    made = session.scalars(select(Demand).where(Demand.id != other.id)).one()
    assert made.organisation_id == firm.organisation_for(Role.enterprise).id


def test_the_same_sheet_again_makes_nothing_and_a_changed_one_changes_the_draft(client, session, firm, bring):
    client.login(firm)
    bring(HEADER + GOOD, agree=True)
    assert "没有变化" in client.get(bring(HEADER + GOOD)).text
    url = bring(HEADER + GOOD.replace("0.08", "0.09"))
    assert "网站上的草稿会改成表里的" in client.get(url).text
    bring(HEADER + GOOD.replace("0.08", "0.09"), agree=True)
    assert session.scalars(select(Demand.problem)).one() == "跳动 0.09 mm 要到 0.03 mm"


def test_two_firms_may_use_the_same_numbers(client, session, firm, bring):
    for person in (firm, factories.contact(session)):
        client.login(person)
        bring(HEADER + GOOD, agree=True)
    assert session.scalar(select(func.count(Demand.organisation_id.distinct()))) == 2


def test_what_is_posted_is_not_changed_by_a_sheet(client, session, firm, bring):
    posted = factories.demand(session, firm, title="薄壁管坯矫直后跳动超差", number="WH-2026-0008")
    client.login(firm)
    page = client.get(bring(HEADER + GOOD.replace("1,", "WH-2026-0008,", 1))).text
    assert "张榜中，不能用表改" in page
    session.refresh(posted)
    assert posted.status is DemandStatus.published


def test_the_own_export_comes_in_again_with_nothing_to_do(client, session, firm, bring):
    client.login(firm)
    bring(HEADER + GOOD, agree=True)
    factories.demand(session, firm, number="WH-2026-0009", industry_code="C3411")
    page = client.get(bring(client.get("/my/demands.xlsx").data, name="导出.xlsx")).text
    assert "没有变化" in page
    assert "要改" not in page


@pytest.mark.parametrize(("row", "says"), [
    ("1,跳动超差,x,,2020-01-01,\n", "截止日期已经过了"), (f"1,{'长' * 61},x,,,\n", "标题"),
    ("1,跳动超差,打 13812345678 找我,,,\n", "不要写电话"), ("1,跳动超差,x,,二月三十,\n", "截止日期看不懂"),
    (f"1,跳动超差,x,\"{chr(10).join('一二三四五六七八九')}\",,\n", "指标最多 8 行")])
def test_a_mistake_is_named_by_row_and_column(client, firm, bring, row, says):
    client.login(firm)
    page = client.get(bring(HEADER + row)).text
    assert says in page
    assert "第 2 行" in page


def test_an_experts_sheet_becomes_hidden_work_of_their_own(client, session, bring):
    expert = factories.expert(session)
    client.login(expert.user)
    page = client.get(bring(SKILL, "capability", agree=True)).text
    assert "挑几条公开" in page
    made = session.scalars(select(Capability)).one()
    assert (made.status, made.expert_id, made.field) == (CapabilityStatus.hidden, expert.id, expert.field)
    assert session.scalar(select(func.count()).select_from(OutboxRow)) == 0
    client.post(f"/my/capabilities/{made.id}/visible", data={"on": "1"})
    session.refresh(made)
    assert made.status is CapabilityStatus.published
    assert "不能用表改" in client.get(bring(SKILL.replace("0.025", "0.02"), "capability")).text


def test_an_expert_brings_in_no_demands_and_nobody_elses_work(client, session, bring):
    expert, other = factories.expert(session), factories.expert(session)
    client.login(expert.user)
    assert bring(HEADER + GOOD).status_code == 422
    page = client.get(bring(SKILL.replace("简介\n", "简介,专家编号\n").replace("以内。", f"以内。,{other.id}"), "capability")).text
    assert "不是您的专家编号" in page


def test_others_and_staff_see_nothing_of_it(client, session, firm, bring):
    client.login(firm)
    url = bring(HEADER + GOOD)
    batch_id = url.rsplit("/", 1)[1]
    colleague = factories.contact(session, firm.organisation_for(Role.enterprise))
    for person in (factories.contact(session), colleague, factories.expert(session).user):
        client.login(person)
        assert client.get(url).status_code == 404
        assert "我的表" not in client.get(URL).text
    client.login(factories.staff(session))
    assert client.get(f"/staff/imports/{batch_id}").status_code == 404
    assert "我的表" not in client.get("/staff/imports").text
    assert client.get(url).status_code == 403


def test_whoever_no_longer_stands_for_the_firm_cannot_go_on(client, session, firm, bring):
    client.login(firm)
    url = bring(HEADER + GOOD)
    factories.grant(session, firm, Role.expert, factories.organisation(session))
    firm.grants[0].organisation = factories.organisation(session)
    session.flush()
    assert client.post(f"{url}/start").status_code == 404


def test_too_long_a_sheet_is_refused(client, session, firm, bring, monkeypatch):
    monkeypatch.setattr(batches, "MOST_OWN_ROWS", 1)
    client.login(firm)
    answer = bring(HEADER + GOOD + GOOD)
    assert (answer.status_code, session.scalar(select(func.count()).select_from(SheetBatch))) == (422, 0)


@pytest.mark.parametrize("kind", ["demand", "capability"])
def test_the_blank_sheet_explains_each_column_and_what_is_written_in_it_comes_in(client, session, firm, bring, kind):
    client.login(firm if kind == "demand" else factories.expert(session).user)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{URL}/template/{kind}.xlsx").data))
    table, words = book.worksheets
    named = [cell.value for cell in table[1]]
    assert named == [row[0].value for row in words.iter_rows(min_row=2)]
    for column, row in enumerate(words.iter_rows(min_row=2), 1):
        assert row[2].value
        table.cell(2, column, row[3].value)
    buffer = io.BytesIO()
    book.save(buffer)
    page = client.get(bring(buffer.getvalue(), kind, "空表.xlsx")).text
    assert "没有错" in page
    assert "怎么填" not in page


def test_a_blank_sheet_of_anothers_kind_is_not_there(client, firm):
    client.login(firm)
    assert client.get(f"{URL}/template/capability.xlsx").status_code == 404
