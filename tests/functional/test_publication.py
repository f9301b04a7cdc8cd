"""From the decided list to certificates, on the pages: shown, objected to, answered, announced, checked by number."""

import io
import re

import pytest

from contests.publication.objections import decide
from models.base import clock_at
from models.publication import CalendarDay, Certificate, NoticeStatus, Objection, PublicNotice
from tests import factories
from tests.support import awarding
from tests.support.world import PDF

APPROVAL = {"approved_by": "市总工会党组会议", "approved_on-year": "2026", "approved_on-month": "12", "approved_on-day": "7",
            "minutes": "〔2026〕18 号会议纪要", "calendar_checked": "1", "track": ""}
RESULT = {"document_number": "威工发[2026] 31号", "title": "关于公布竞赛结果的通知", "addressees": "各区市总工会",
          "body": "现将结果公布如下。", "signed_by": "威海市总工会", "dated-year": "2026", "dated-month": "12",
          "dated-day": "16"}
OBJECTION = {"line": "whole", "name": "李举", "contact": "19900000000", "text": "这项合同 2025 年就签过，请核查。"}


@pytest.fixture(autouse=True)
def _in_december():
    with clock_at(awarding.NOTICE_DAY):
        yield


@pytest.fixture
def clerk(session):
    return factories.staff(session)


@pytest.fixture
def season(session):
    return awarding.decided(session)


@pytest.fixture
def notice(session, clerk, season) -> PublicNotice:
    return awarding.notice(session, clerk, season)


def published(client, session, clerk, notice) -> Certificate:
    with clock_at(awarding.AFTER):
        answer = client.login(clerk).post(f"/staff/publication/notices/{notice.id}/result", data=RESULT)
        assert answer.status_code == 302
    return session.query(Certificate).order_by(Certificate.number).first()


class TestNotice:
    def test_staff_record_the_approval_and_everybody_reads_the_list(self, client, session, clerk, season):
        answer = client.login(clerk).post(f"/staff/publication/{season.id}/open", data=APPROVAL)
        notice = session.query(PublicNotice).one()
        assert answer.location.endswith(f"/staff/publication/{season.id}")
        page = client.logout().get(f"/notices/{notice.id}").text
        assert notice.lines[0].name in page
        assert "<b>5</b> 个工作日" in page
        assert notice.lines[0].award.entry.phone not in page
        assert "/notices/" in client.get("/notices").text

    @pytest.mark.parametrize(("changes", "field"), [
        ({"approved_by": ""}, "approved_by"), ({"minutes": ""}, "minutes"), ({"approved_on-day": "9"}, "approved_on"),
        ({"calendar_checked": ""}, "calendar_checked"), ({"track": "none"}, "track")])
    def test_what_is_missing_stands_beside_its_field_and_nothing_opens(self, client, session, clerk, season, changes,
                                                                             field):
        answer = client.login(clerk).post(f"/staff/publication/{season.id}/open", data=APPROVAL | changes)
        assert (answer.status_code, session.query(PublicNotice).count()) == (422, 0)
        assert f'id="{field}-error"' in answer.text

    def test_a_list_that_was_taken_down_is_no_longer_read(self, client, session, clerk, notice):
        client.login(clerk).post(f"/staff/publication/notices/{notice.id}/withdraw", data={"reason": "单位写错了"})
        page = client.logout().get(f"/notices/{notice.id}").text
        assert "单位写错了" in page
        assert notice.lines[0].name not in page
        assert str(notice.id) not in client.get("/notices").text


class TestObjection:
    def test_a_visitor_objects_with_evidence_and_only_staff_read_who(self, client, session, clerk, notice):
        data = OBJECTION | {"line": str(notice.lines[0].id), "files": (io.BytesIO(PDF), "../证据.pdf")}
        answer = client.post(f"/notices/{notice.id}/objection", data=data)
        objection = session.query(Objection).one()
        assert answer.location.endswith(f"/notices/objections/{objection.id}")
        public = client.get(answer.location).text + client.get(f"/notices/{notice.id}").text
        assert "李举" not in public
        assert "19900000000" not in public
        page = client.login(factories.staff(session)).get(f"/staff/objections/{objection.id}").text
        assert "19900000000" in page
        assert "二等奖" in page
        assert client.get(f"/staff/objections/files/{objection.files[0].id}").data == PDF

    @pytest.mark.parametrize(("changes", "field"), [
        ({"text": ""}, "text"), ({"line": ""}, "line"), ({"contact": ""}, "contact"), ({"line": "x"}, "line"),
        ({"files": (b"MZ\x90", "virus.exe")}, "files")])
    def test_what_does_not_fit_keeps_what_was_typed(self, client, session, notice, changes, field):
        if "files" in changes:  # a fresh stream for each database: the first request closes it
            content, name = changes["files"]
            changes = {"files": (io.BytesIO(content), name)}
        answer = client.post(f"/notices/{notice.id}/objection", data=OBJECTION | changes)
        assert (answer.status_code, session.query(Objection).count()) == (422, 0)
        assert f'id="{field}-error"' in answer.text

    def test_after_the_last_day_the_form_is_closed(self, client, session, notice):
        with clock_at(awarding.AFTER):
            assert client.get(f"/notices/{notice.id}/objection").status_code == 422
            answer = client.post(f"/notices/{notice.id}/objection", data=OBJECTION)
        assert (answer.status_code, session.query(Objection).count()) == (422, 0)
        assert "面向社会公示" in answer.text

    def test_markup_and_phones_in_an_answer_stay_harmless(self, client, session, clerk, notice):
        client.post(f"/notices/{notice.id}/objection", data=OBJECTION)
        objection = session.query(Objection).one()
        client.login(factories.staff(session)).post(f"/staff/objections/{objection.id}", data={
            "decision": "rejected", "answer": "<b>查过</b> 13800000000", "version": objection.version})
        page = client.logout().get(f"/notices/{notice.id}").text
        assert "&lt;b&gt;查过&lt;/b&gt; 138****" in page

    def test_an_answer_without_a_decision_or_a_second_one_is_told(self, client, session, notice):
        client.post(f"/notices/{notice.id}/objection", data=OBJECTION)
        objection = session.query(Objection).one()
        client.login(factories.staff(session))
        data = {"answer": "查过。", "version": objection.version}
        assert client.post(f"/staff/objections/{objection.id}", data=data).status_code == 422
        assert client.post(f"/staff/objections/{objection.id}", data=data | {"decision": "rejected"}).status_code == 302
        assert client.post(f"/staff/objections/{objection.id}", data=data | {"decision": "upheld"}).status_code == 409
        assert objection.status == "rejected"


class TestResult:
    def test_an_open_objection_holds_the_result_back_with_the_clause(self, client, session, clerk, notice):
        client.post(f"/notices/{notice.id}/objection", data=OBJECTION)
        with clock_at(awarding.AFTER):
            answer = client.login(clerk).post(f"/staff/publication/notices/{notice.id}/result", data=RESULT)
        assert (answer.status_code, notice.status) == (422, NoticeStatus.open)
        assert "1 条异议没有答复" in answer.text
        assert "公示无异议后，发文公布竞赛结果" in answer.text

    def test_while_the_days_run_it_is_refused(self, client, session, clerk, notice):
        answer = client.login(clerk).post(f"/staff/publication/notices/{notice.id}/result", data=RESULT)
        assert (answer.status_code, session.query(Certificate).count()) == (422, 0)

    @pytest.mark.parametrize(("changes", "field"), [
        ({"document_number": "31号"}, "document_number"), ({"addressees": " "}, "addressees"), ({"body": ""}, "body"),
        ({"dated-day": "15"}, "dated"), ({"dated-day": "17"}, "dated"), ({"title": "长" * 121}, "title")])
    def test_a_part_that_does_not_fit_is_said_beside_its_field(self, client, session, clerk, notice, changes, field):
        with clock_at(awarding.AFTER):
            answer = client.login(clerk).post(f"/staff/publication/notices/{notice.id}/result", data=RESULT | changes)
        assert (answer.status_code, session.query(Certificate).count()) == (422, 0)
        assert f'id="{field}-error"' in answer.text

    def test_it_is_announced_once_without_what_was_struck(self, client, session, clerk, notice):
        client.post(f"/notices/{notice.id}/objection", data=OBJECTION | {"line": str(notice.lines[3].id)})
        objection = session.query(Objection).one()
        decide(session, factories.staff(session), objection, upheld=True, answer="查实。", version=objection.version)
        published(client, session, clerk, notice)
        assert [one.line.rank for one in session.query(Certificate).order_by(Certificate.number)] == [1, 2, 3]
        with clock_at(awarding.AFTER):
            again = client.post(f"/staff/publication/notices/{notice.id}/result", data=RESULT)
        assert (again.status_code, session.query(Certificate).count()) == (409, 3)
        client.logout()
        assert "威工发〔2026〕31号" in client.get(f"/notices/{notice.id}").text
        assert client.get(f"/notices/{notice.id}/result.pdf").data.startswith(b"%PDF")
        assert client.get(f"/notices/{notice.id}/result.docx").data.startswith(b"PK")


class TestCertificate:
    def test_its_number_is_genuine_then_revoked_and_a_wrong_one_unknown(self, client, session, clerk, notice):
        certificate = published(client, session, clerk, notice)
        assert re.fullmatch(r"ZS-2026-0001-[2-9A-HJKMNP-TV-Z]{4}", certificate.number)
        page = client.logout().get(f"/certificates/{certificate.number.lower()}")
        assert (page.status_code, "真的，有效" in page.text, certificate.line.name in page.text) == (200, True, True)
        assert certificate.line.award.entry.phone not in page.text
        other = certificate.number[:-1] + ("3" if certificate.number.endswith("2") else "2")
        unknown = client.get("/certificates", query_string={"number": other})
        assert (unknown.status_code, "没有发过" in unknown.text) == (404, True)
        client.login(clerk).post(f"/staff/publication/certificates/{certificate.id}/revoke", data={"reason": "申报不实"})
        assert "发过，已经作废" in client.logout().get(f"/certificates/{certificate.number}").text
        assert "申报不实" not in client.get(f"/certificates/{certificate.number}").text

    def test_only_its_holder_and_staff_print_it(self, client, session, clerk, notice):
        certificate = published(client, session, clerk, notice)
        address = f"/certificates/{certificate.id}/certificate.pdf"
        assert client.login(certificate.line.award.entry.user).get(address).data.startswith(b"%PDF")
        assert certificate.number in client.get("/certificates/mine").text
        assert client.login(factories.contact(session)).get(address).status_code == 404


class TestCalendar:
    def test_a_day_is_entered_with_its_notice_and_taken_out_again(self, client, session, clerk):
        client.login(clerk).post("/staff/calendar", data={"day-year": "2027", "day-month": "3", "day-day": "3",
                                                          "kind": "off", "name": "试验日", "source": "试验通知"})
        row = session.query(CalendarDay).one()
        assert "试验通知" in client.get("/staff/calendar?year=2027").text
        client.post(f"/staff/calendar/days/{row.id}/clear")
        assert session.query(CalendarDay).count() == 0

    def test_a_year_is_taken_over_only_with_the_notice_it_was_compared_with(self, client, session, clerk):
        client.login(clerk)
        assert client.post("/staff/calendar/2026/import", data={"import_source": ""}).status_code == 422
        assert session.query(CalendarDay).count() == 0
        client.post("/staff/calendar/2026/import", data={"import_source": "放假安排通知"})
        kinds = {row.day.isoformat(): row.kind for row in session.query(CalendarDay)}
        assert (kinds["2026-10-01"], kinds["2026-10-10"]) == ("off", "work")
        assert client.post("/staff/calendar/2095/import", data={"import_source": "通知"}).status_code == 422

    def test_members_do_not_see_it(self, client, session):
        assert client.login(factories.contact(session)).get("/staff/calendar").status_code == 403
