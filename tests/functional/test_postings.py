"""An enterprise writes a demand in four steps; staff post it or send it back. Wrong input changes nothing."""

import html
import io
import re
import uuid

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from models.demands import Demand, DemandStatus
from tests import factories
from tests.support.word97 import doc_file
from tests.unit.ingestion.test_files import pdf

STEP1 = {"title": "钓竿涂层盐雾后起泡脱落", "problem": "出口钓竿做 96 小时盐雾试验，漆面在节口处起泡，每批 2,000 支里有 6% 返工。",
         "industry_code": "C2444", "district_code": "371002"}
STEP2 = {
    "target-0-what": "盐雾不起泡", "target-0-figure": "≥240 小时", "target-0-measure": "GB/T 10125，第三方检测",
    "target-0-required": "1",
    "target-1-what": "成本", "target-1-figure": "每支不增 1 元", "target-1-measure": "", "target-1-required": "0",
    "constraints": "不换烘道", "tried": "换过两家底漆", "budget_min": "25", "budget_max": "40", "deadline-year": "2026",
    "deadline-month": "12", "deadline-day": "31", "cooperation_type": "development"}
STEP3 = {"confidentiality": "public", "abstract": "", "offers": "喷涂线", "ownership": "共有"}
HTML = "<img src=x onerror=alert(1)>"


def error_of(page: str, field: str) -> str:
    found = re.search(rf'id="{field}-error">(.*?)</p>', page, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>|\s+", "", found[1])).removeprefix("出错：") if found else ""


def value_of(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


@pytest.fixture
def author(session):
    return factories.contact(session)


@pytest.fixture
def enterprise(client, author, noon):
    return client.login(author)


@pytest.fixture
def draft(enterprise, session):
    key = value_of(enterprise.get("/my/demands/new").text, "key")
    enterprise.post("/my/demands/new", data=STEP1 | {"key": key})
    return session.get(Demand, uuid.UUID(key))


def fill(client, demand, step, fields, go="next"):
    version = value_of(client.get(f"/my/demands/{demand.id}/{step}").text, "version")
    return client.post(f"/my/demands/{demand.id}/{step}", data=fields | {"version": version, "go": go})


@pytest.fixture
def whole(enterprise, draft):
    fill(enterprise, draft, 2, STEP2)
    fill(enterprise, draft, 3, STEP3)
    return draft


def submit(client, demand):
    version = value_of(client.get(f"/my/demands/{demand.id}/review").text, "version")
    return client.post(f"/my/demands/{demand.id}/review", data={"version": version})


class TestSteps:
    def test_lead_from_one_to_the_next(self, enterprise, draft):
        assert fill(enterprise, draft, 1, STEP1).location == f"/my/demands/{draft.id}/2"
        assert fill(enterprise, draft, 2, STEP2).location == f"/my/demands/{draft.id}/3"
        assert fill(enterprise, draft, 3, STEP3).location == f"/my/demands/{draft.id}/review"

    def test_end_in_a_number(self, enterprise, session, whole):
        answer = submit(enterprise, whole)
        assert answer.location == f"/demands/{whole.id}"
        assert session.get(Demand, whole.id).number.startswith("WH-2026-")

    def test_the_same_first_form_twice_makes_one_draft(self, enterprise, session):
        key = value_of(enterprise.get("/my/demands/new").text, "key")
        for _ in range(2):
            enterprise.post("/my/demands/new", data=STEP1 | {"key": key})
        assert session.scalar(select(func.count()).select_from(Demand)) == 1

    def test_a_draft_may_be_put_aside_with_gaps(self, enterprise, session, draft):
        answer = fill(enterprise, draft, 2, {"target-0-what": "盐雾不起泡"}, go="later")
        assert answer.location == "/my/demands"
        assert [target.what for target in session.get(Demand, draft.id).targets] == ["盐雾不起泡"]

    def test_a_row_is_added_and_taken_out_without_a_script(self, enterprise, session, draft):
        added = fill(enterprise, draft, 2, STEP2, go="add").text
        assert 'name="target-2-what"' in added
        removed = fill(enterprise, draft, 2, STEP2, go="remove-0").text
        assert value_of(removed, "target-0-what") == "成本"
        assert session.get(Demand, draft.id).targets == []

    def test_the_review_shows_what_the_public_sees(self, enterprise, whole):
        fill(enterprise, whole, 3, STEP3 | {"confidentiality": "summary", "abstract": "出口运动器材涂层在盐雾试验中起泡，求底漆与前处理工艺。"})
        page = enterprise.get(f"/my/demands/{whole.id}/review").text
        aside = page[page.index("公众看到的"):]
        assert "匿名企业" in aside
        assert STEP1["problem"] not in aside

    def test_submitting_with_gaps_leads_to_the_fields(self, enterprise, draft):
        answer = submit(enterprise, draft)
        assert answer.status_code == 422
        assert f"/my/demands/{draft.id}/2#deadline" in answer.text


class TestBadInput:
    @pytest.mark.parametrize(("field", "typed", "where", "says"), [
        ("target-0-measure", "", "target-0-measure", "写明第1项怎么测：用什么仪器、测几次"),
        ("budget_max", "20", "budget", "最高投入要大于最低投入。现在最低25万元，最高20万元"),
        ("budget_min", "-5", "budget", "不能是负数"), ("budget_max", "400000", "budget", "按元、一个按万元"),
        ("budget_max", "99999999", "budget", "超过100亿元"), ("budget_max", "很多", "budget", "只写数字"),
        ("deadline-day", "32", "deadline", "没有32日"), ("deadline-month", "2", "deadline", "没有31日"),
        ("deadline-year", "2025", "deadline", "已经过了，请选11月23日以后"), ("deadline-year", "2099", "deadline", "核对年份"),
        ("constraints", "不换\x07烘道", "constraints", "控制字符"), ("tried", "试" * 1001, "tried", "最多1,000字"),
        ("cooperation_type", "free", "cooperation_type", "选一种合作方式")])
    def test_stands_beside_its_field_and_keeps_what_was_typed(self, enterprise, session, draft, field, typed, where,
                                                              says):
        answer = fill(enterprise, draft, 2, STEP2 | {field: typed})
        assert answer.status_code == 422
        assert says in error_of(answer.text, where)
        assert value_of(answer.text, "target-0-what") == "盐雾不起泡"
        assert "换过两家底漆" in answer.text or field == "tried"
        assert session.get(Demand, draft.id).targets == []

    def test_a_doubtful_sum_can_be_confirmed(self, enterprise, session, draft):
        doubtful = STEP2 | {"budget_min": "20000", "budget_max": "30000"}
        assert 'name="budget_sure"' in fill(enterprise, draft, 2, doubtful).text
        assert fill(enterprise, draft, 2, doubtful | {"budget_sure": "1"}).status_code == 302
        assert session.get(Demand, draft.id).budget_max == 300_000_000

    def test_html_in_every_field_stays_text(self, enterprise, draft):
        for step, fields in ((1, STEP1), (2, STEP2), (3, STEP3)):
            page = fill(enterprise, draft, step, dict.fromkeys(fields, HTML)).text
            assert HTML not in page
            assert html.escape(HTML) in page

    def test_contact_data_in_the_text_is_refused(self, enterprise, draft):
        page = fill(enterprise, draft, 1, STEP1 | {"problem": STEP1["problem"] + "联系 19900000001"}).text
        assert "不要写电话" in error_of(page, "problem")

    def test_an_older_form_is_a_conflict_and_keeps_its_text(self, enterprise, draft):
        old = value_of(enterprise.get(f"/my/demands/{draft.id}/2").text, "version")
        fill(enterprise, draft, 2, STEP2)
        late = enterprise.post(f"/my/demands/{draft.id}/2", data=STEP2 | {"tried": "新写的一段", "version": old})
        assert late.status_code == 409
        assert "新写的一段" in late.text

    def test_the_same_submission_twice(self, enterprise, whole):
        version = value_of(enterprise.get(f"/my/demands/{whole.id}/review").text, "version")
        enterprise.post(f"/my/demands/{whole.id}/review", data={"version": version})
        assert enterprise.post(f"/my/demands/{whole.id}/review", data={"version": version}).status_code == 409


class TestUploads:
    def upload(self, client, demand, content, name):
        version = value_of(client.get(f"/my/demands/{demand.id}/3").text, "version")
        fields = STEP3 | {"version": version, "go": "upload", "attachment": FileStorage(io.BytesIO(content), name)}
        boundary, body = encode_multipart(fields)
        return client.post(f"/my/demands/{demand.id}/3", data=body,
                           content_type=f"multipart/form-data; boundary={boundary}")

    def test_a_drawing_is_kept(self, enterprise, session, draft):
        self.upload(enterprise, draft, pdf(), "图纸.pdf")
        assert [kept.file.name for kept in session.get(Demand, draft.id).attachments] == ["图纸.pdf"]

    def test_a_doc_is_kept_and_handed_on_as_one(self, enterprise, session, draft):
        self.upload(enterprise, draft, doc_file("喷涂线的要求\r"), "要求.wps")
        kept = session.get(Demand, draft.id).attachments[0].file
        assert (kept.name, kept.media_type) == ("要求.doc", "application/msword")

    @pytest.mark.parametrize(("content", "says"), [
        (doc_file("x\r", storages=["Macros"]), "带宏"),
        (b"MZ" + b"\0" * 80, "程序文件"), (b"%PDF-1.7 broken", "打不开"), (b"", "空的"), (b"<html>", "认不出")])
    def test_what_it_is_not_is_refused(self, enterprise, session, draft, content, says):
        answer = self.upload(enterprise, draft, content, "图纸.pdf")
        assert answer.status_code == 422
        assert says in error_of(answer.text, "attachment")
        assert session.get(Demand, draft.id).attachments == []
        assert "喷涂线" in answer.text

    def test_a_file_over_the_limit(self, enterprise, draft):
        answer = self.upload(enterprise, draft, b"%PDF-" + b"0" * (21 * 1024 * 1024), "大.pdf")
        assert "21MB，超过20MB。可以分成两份上传" in error_of(answer.text, "attachment")

    def test_two_hundred_megabytes_never_arrive(self, enterprise, draft):
        answer = enterprise.post(f"/my/demands/{draft.id}/3", data=b"--x\r\n",
                                 content_type="multipart/form-data; boundary=x",
                                 environ_overrides={"CONTENT_LENGTH": str(200 * 1024 * 1024)})
        assert answer.status_code == 413
        assert "可以分成两份上传" in answer.text

    def test_it_can_be_dropped_again(self, enterprise, session, draft):
        self.upload(enterprise, draft, pdf(), "图纸.pdf")
        file_id = session.get(Demand, draft.id).attachments[0].file_id
        enterprise.post(f"/my/demands/{draft.id}/files/{file_id}/remove")
        assert session.get(Demand, draft.id).attachments == []


class TestOthers:
    @pytest.mark.parametrize("path", ["1", "2", "3", "review", "withdraw", "renew"])
    def test_another_enterprise_finds_nothing(self, client, session, draft, path):
        client.login(factories.contact(session))
        assert client.get(f"/my/demands/{draft.id}/{path}").status_code == 404

    def test_another_enterprise_changes_nothing(self, client, session, draft):
        client.login(factories.contact(session))
        assert client.post(f"/my/demands/{draft.id}/1", data=STEP1 | {"title": "改掉别人的标题"}).status_code == 404
        assert session.get(Demand, draft.id).title == STEP1["title"]

    def test_the_hints_tell_nobody_elses_text(self, client, session, draft):
        client.login(factories.contact(session))
        asked = {"step": "3", "demand_id": str(draft.id), "confidentiality": "nda"}
        answer = client.post("/my/demands/hints", data=asked)
        assert answer.status_code == 404


class TestHints:
    def test_answer_what_is_typed(self, enterprise):
        page = enterprise.post("/my/demands/hints", data={"step": "2", "target-0-what": "口感不变软"}).text
        assert "“口感不变软”还没写怎么测" in page

    def test_save_nothing(self, enterprise, session):
        enterprise.post("/my/demands/hints", data=STEP1 | {"step": "1"})
        assert session.scalar(select(func.count()).select_from(Demand)) == 0


class TestTriage:
    @pytest.fixture
    def submitted(self, enterprise, session, whole):
        submit(enterprise, whole)
        return session.get(Demand, whole.id)

    def test_staff_see_the_gaps(self, client, session, submitted):
        submitted.problem += " 微信号：jiebang_01"
        page = client.login(factories.staff(session)).get(f"/staff/diagnosis/{submitted.id}").text
        assert "像是微信或 QQ 号" in page
        assert "“成本”还没写怎么测" in page

    def test_posting_it(self, client, session, submitted):
        staff = client.login(factories.staff(session))
        assert str(submitted.id) in staff.get("/staff/diagnosis").text
        staff.post(f"/staff/diagnosis/{submitted.id}/publish", data={"version": submitted.version})
        assert session.get(Demand, submitted.id).status is DemandStatus.published

    def test_returning_it_with_a_reason(self, client, session, submitted, author):
        staff = client.login(factories.staff(session))
        assert staff.post(f"/staff/diagnosis/{submitted.id}/return",
                          data={"version": submitted.version, "reason": ""}).status_code == 422
        staff.post(f"/staff/diagnosis/{submitted.id}/return",
                   data={"version": submitted.version, "reason": "第 2 项没写怎么测"})
        assert "第 2 项没写怎么测" in client.login(author).get(f"/my/demands/{submitted.id}/2").text

    def test_two_staff_at_once(self, client, session, submitted):
        path, read = f"/staff/diagnosis/{submitted.id}/publish", {"version": submitted.version}
        client.login(factories.staff(session)).post(path, data=read)
        late = client.login(factories.staff(session)).post(path, data=read)
        assert late.status_code == 409

    def test_withdrawing_and_renewing(self, client, session, author, noon):
        demand = factories.demand(session, author)
        client.login(author).post(f"/my/demands/{demand.id}/renew", data={
            "version": demand.version, "deadline-year": "2027", "deadline-month": "3", "deadline-day": "1"})
        assert session.get(Demand, demand.id).deadline.year == 2027
        version = session.get(Demand, demand.id).version
        client.post(f"/my/demands/{demand.id}/withdraw", data={"version": version, "reason": "解决了"})
        assert session.get(Demand, demand.id).status is DemandStatus.withdrawn

    def test_the_list_says_what_comes_next(self, enterprise, submitted):
        page = enterprise.get("/my/demands").text
        assert "撤回来改" in page
        assert submitted.number in page
