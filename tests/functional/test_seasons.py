"""Staff run a contest: open a season, settle what the notice leaves open, follow entrants, take paper in, send back."""

import datetime as dt
import io
import re

import openpyxl
import pytest

from contests.entries import open_entry
from contests.intake import sanctions
from contests.submission import submit
from models.accounts import Role
from models.base import clock_at
from models.contests import Entry, EntryStatus, Season
from tests import factories
from tests.support.stories import confirmed, introduced, talks

AFTER_REVIEW_BEGAN = dt.datetime(2026, 12, 5, 4, 0, tzinfo=dt.UTC)
AFTER_REGISTRATION = dt.datetime(2026, 12, 1, 4, 0, tzinfo=dt.UTC)
MINUTES = "市总工会党组 2026 年 11 月 20 日会议纪要"
DAYS = "public_notice.days"
BASIS = "tracks.tech_challenge.indicators.benefit.basis"
WEIGHTS = {f"tracks.school_enterprise.indicators.{code}.weight": text for code, text in
           (("projects", "40"), ("benefit", "60%"))}
REVIEW = {"phases.review.starts-year": "2026", "phases.review.starts-month": "12", "phases.review.starts-day": "1",
          "phases.review.ends-year": "2026", "phases.review.ends-month": "12", "phases.review.ends-day": "18"}

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def season(session):
    return factories.add(session, Season(code="weihai-2020", year=2026, settings={}))


@pytest.fixture
def staff(client, session):
    return client.login(factories.staff(session))


@pytest.fixture
def story(session, season):
    return talks(session)


@pytest.fixture
def entry(session, season, story) -> Entry:
    """A submitted entry on one confirmed contract."""
    confirmed(session, story)
    entry = open_entry(session, story.person, season, "tech_challenge")
    submit(session, story.person, entry, declared=True)
    return entry


def settings_of(season, **typed) -> dict:
    return {"version": season.version, "source": MINUTES} | typed


def paper(entry, day="22", **changes) -> dict:
    return {"received_on-year": "2026", "received_on-month": "11", "received_on-day": day,
            "filing": entry.ledger_index} | changes


def cells(page: str) -> str:
    """The page without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


class TestSeasons:
    def test_a_season_is_opened_for_a_year(self, staff, session):
        answer = staff.post("/staff/contests", data={"code": "weihai-2020", "year": "2026"})
        season = session.query(Season).one()
        assert answer.location == f"/staff/contests/{season.id}/settings"

    @pytest.mark.parametrize("year", ["", "明年", "20260", "1999"])
    def test_a_year_that_cannot_be_keeps_what_was_typed(self, staff, session, year):
        answer = staff.post("/staff/contests", data={"code": "weihai-2020", "year": year})
        assert (answer.status_code, session.query(Season).count()) == (422, 0)
        assert 'id="year-error"' in answer.text
        assert f'value="{year}"' in answer.text

    def test_the_same_year_twice_is_told(self, staff, session, season):
        answer = staff.post("/staff/contests", data={"code": "weihai-2020", "year": "2026"})
        assert (answer.status_code, session.query(Season).count()) == (409, 1)
        assert "已经开了" in answer.text

    def test_members_do_not_see_any_of_it(self, client, session, season, entry):
        client.login(factories.contact(session))
        paths = ("", f"/{season.id}", f"/{season.id}/settings", f"/{season.id}/contracts", f"/{season.id}/roster.xlsx",
                 f"/entries/{entry.id}")
        assert {client.get(f"/staff/contests{path}").status_code for path in paths} == {403}


class TestSettings:
    def test_every_open_value_stands_with_its_clause_and_empty(self, staff, season):
        page = staff.get(f"/staff/contests/{season.id}/settings").text
        assert "还有 20 项没有定" in page
        assert re.search(r'name="tracks.tech_challenge.awards.first.places" type="text" value=""', page)
        assert "威工发〔2020〕16号 三（三）" in page

    def test_the_notice_s_contradictions_stand_where_they_are_decided(self, staff, season):
        page = staff.get(f"/staff/contests/{season.id}/settings").text
        assert page.index("12 月签的合同赶不上报名") < page.index("报名表却填“预计创效”") < page.index(f'id="{BASIS}"')

    def test_values_are_set_with_their_ground(self, staff, season):
        answer = staff.post(f"/staff/contests/{season.id}/settings",
                            data=settings_of(season, **WEIGHTS, **REVIEW, **{DAYS: "５", BASIS: "expected"}))
        assert answer.status_code == 302
        assert season.settings == {
            "tracks.school_enterprise.indicators.projects.weight": "0.4",
            "tracks.school_enterprise.indicators.benefit.weight": "0.6", "phases.review.starts": "2026-12-01",
            "phases.review.ends": "2026-12-18", DAYS: 5, BASIS: "expected"}
        page = staff.get(f"/staff/contests/{season.id}/settings").text
        assert MINUTES in page
        assert 'value="40"' in page

    @pytest.mark.parametrize(("typed", "field"), [
        ({DAYS: "五"}, DAYS), ({DAYS: "0"}, DAYS), ({DAYS: "-3"}, DAYS), ({DAYS: "unsaid"}, DAYS),
        ({BASIS: "both"}, BASIS),
        (dict([*WEIGHTS.items()][:1]), [*WEIGHTS][1]), ({**WEIGHTS, [*WEIGHTS][1]: "70"}, [*WEIGHTS][1]),
        ({**WEIGHTS, [*WEIGHTS][0]: "NaN"}, [*WEIGHTS][0]),
        ({**REVIEW, "phases.review.ends-month": "11", "phases.review.ends-day": "31"}, "phases.review.ends"),
        ({**REVIEW, "phases.review.starts-month": "11"}, "phases.review.starts"),
        ({**REVIEW, "phases.review.starts-month": "13"}, "phases.review.starts"),
    ])
    def test_what_does_not_fit_is_said_beside_its_field(self, staff, season, typed, field):
        answer = staff.post(f"/staff/contests/{season.id}/settings", data=settings_of(season, **typed))
        assert (answer.status_code, season.settings) == (422, {})
        assert f'id="{field}-error"' in answer.text
        assert MINUTES in answer.text
        for value in typed.values():
            assert f'value="{value}"' in answer.text or value == "both"

    def test_a_missing_ground_is_said_together_with_the_rest(self, staff, season):
        answer = staff.post(f"/staff/contests/{season.id}/settings", data=settings_of(season, source="", **{DAYS: "五"}))
        assert (f'id="{DAYS}-error"' in answer.text, 'id="source-error"' in answer.text) == (True, True)

    def test_nothing_is_set_without_its_ground(self, staff, season):
        answer = staff.post(f"/staff/contests/{season.id}/settings", data=settings_of(season, source="", **{DAYS: "5"}))
        assert (answer.status_code, season.settings) == (422, {})
        assert 'id="source-error"' in answer.text

    def test_who_wrote_over_older_values_is_told_and_keeps_what_was_typed(self, staff, season):
        data = settings_of(season, **{DAYS: "7"})
        staff.post(f"/staff/contests/{season.id}/settings", data=settings_of(season, **{DAYS: "5"}))
        answer = staff.post(f"/staff/contests/{season.id}/settings", data=data)
        assert (answer.status_code, season.settings[DAYS]) == (409, 5)
        assert 'value="7"' in answer.text

    def test_once_a_phase_began_its_values_stand(self, client, session, season):
        staff = factories.staff(session)
        client.login(staff).post(f"/staff/contests/{season.id}/settings", data=settings_of(season, **REVIEW))
        with clock_at(AFTER_REVIEW_BEGAN):
            client.login(staff).post(f"/staff/contests/{season.id}/settings",
                                     data=settings_of(season, **WEIGHTS, **{DAYS: "5"}))
            page = client.get(f"/staff/contests/{season.id}/settings").text
        assert season.settings.keys() == {"phases.review.starts", "phases.review.ends", DAYS}
        assert [*WEIGHTS][0] not in page

    def test_html_in_the_ground_is_text(self, staff, season):
        staff.post(f"/staff/contests/{season.id}/settings", data=settings_of(season, source="<b>纪要</b>", **{DAYS: "5"}))
        assert "<b>纪要</b>" not in staff.get(f"/staff/contests/{season.id}/settings").text


class TestDashboard:
    def test_it_says_what_is_missing_before_the_review(self, staff, season):
        page = cells(staff.get(f"/staff/contests/{season.id}").text)
        assert "评审前还差 15 项设置" in page
        assert "第 22 天，共 30 天" in page
        assert "12 月签的合同赶不上报名" in page

    def test_an_entrant_stands_with_what_is_behind_and_what_is_missing(self, staff, season, entry):
        page = cells(staff.get(f"/staff/contests/{season.id}").text)
        assert re.search(rf"{entry.name} .*1 38 没报 / 120 已核 0/1 缺签字的报名表 待核原件 1 份", page)
        assert "报名人数 1 人" in page
        assert "待核 1 份" in page

    def test_a_contract_claimed_in_both_groups_is_counted_once(self, staff, session, season, story):
        introduced(session, story)
        confirmed(session, story)
        page = cells(staff.get(f"/staff/contests/{season.id}/contracts").text)
        assert "合计 1 份 38 0 120" in page

    def test_only_those_with_something_missing_are_shown_when_asked(self, staff, season, entry):
        entry.evidence[0].status = "verified"
        entry.paper_received_on = dt.date(2026, 11, 20)
        page = staff.get(f"/staff/contests/{season.id}?show=gaps").text
        assert "没有这样的参赛人" in page

    @pytest.mark.parametrize("query", ["track=moon", "show=x", "sort=x"])
    def test_nonsense_is_not_found(self, staff, season, query):
        assert staff.get(f"/staff/contests/{season.id}?{query}").status_code == 404

    @pytest.mark.parametrize("when", [dt.datetime(2026, 3, 1, tzinfo=dt.UTC), dt.datetime(2028, 3, 1, tzinfo=dt.UTC)])
    def test_it_opens_before_and_after_the_contest(self, client, session, season, when):
        with clock_at(when):
            assert client.login(factories.staff(session)).get(f"/staff/contests/{season.id}").status_code == 200

    def test_the_roster_is_a_sheet_without_phone_numbers(self, staff, season, entry):
        answer = staff.get(f"/staff/contests/{season.id}/roster.xlsx")
        header, row = openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True)
        found = dict(zip(header, row, strict=True))
        assert (found["姓名"], found["合同金额（万元）"], found["产生的经济效益（万元）"]) == (entry.name, 38, "")
        assert entry.phone not in map(str, row)


class TestSheet:
    def test_every_figure_names_its_ledger_entry(self, staff, entry):
        page = staff.get(f"/staff/contests/entries/{entry.id}").text
        assert f'href="/staff/ledger/{entry.evidence[0].ledger_index}">' in page
        assert f'href="#evidence-{entry.evidence[0].id}"' in page
        assert "还缺 2 样" in page

    def test_paper_that_has_not_come_waits_on_the_staff_s_desk(self, staff, entry):
        assert "1 份报名没收到纸质材料" in staff.get("/desk").text

    def test_paper_is_received_once(self, staff, entry):
        assert staff.post(f"/staff/contests/entries/{entry.id}/paper", data=paper(entry)).status_code == 302
        answer = staff.post(f"/staff/contests/entries/{entry.id}/paper", data=paper(entry))
        assert (answer.status_code, entry.paper_received_on) == (409, dt.date(2026, 11, 22))
        assert "已经收过" in answer.text

    @pytest.mark.parametrize("day", ["23", "31", "x", ""])
    def test_a_day_that_cannot_be_keeps_what_was_typed(self, staff, entry, day):
        answer = staff.post(f"/staff/contests/entries/{entry.id}/paper", data=paper(entry, day))
        assert (answer.status_code, entry.paper_received_on) == (422, None)
        assert 'id="received_on-error"' in answer.text
        assert re.search(rf'id="received_on-day"[^>]*value="{day}"', answer.text)

    def test_it_is_sent_back_with_a_reason_that_the_entrant_reads(self, client, session, entry):
        client.login(factories.staff(session)).post(f"/staff/contests/entries/{entry.id}/return",
                                                    data={"reason": "单位请写全称", "filing": entry.ledger_index})
        assert (entry.status, entry.returned_for) == (EntryStatus.returned, "单位请写全称")
        assert "单位请写全称" in client.login(entry.user).get(f"/entries/{entry.id}").text

    @pytest.mark.parametrize("reason", ["", " ", "长" * 1001])
    def test_no_return_without_a_reason(self, staff, entry, reason):
        answer = staff.post(f"/staff/contests/entries/{entry.id}/return", data={"reason": reason})
        assert (answer.status_code, entry.status) == (422, EntryStatus.submitted)
        assert 'id="reason-error"' in answer.text
        assert reason.strip() in answer.text

    def test_a_filing_that_was_replaced_meanwhile_is_not_touched(self, staff, entry):
        old = entry.ledger_index - 1
        answer = staff.post(f"/staff/contests/entries/{entry.id}/return", data={"reason": "单位请写全称", "filing": old})
        assert (answer.status_code, entry.status) == (409, EntryStatus.submitted)
        assert "单位请写全称" in answer.text

    def test_who_sends_back_after_the_deadline_is_warned(self, client, session, entry):
        with clock_at(AFTER_REGISTRATION):
            page = client.login(factories.staff(session)).get(f"/staff/contests/entries/{entry.id}").text
        assert "退回后本人不能再提交" in page

    def test_a_false_filing_is_recorded_once_and_shown(self, staff, session, entry):
        url = f"/staff/contests/entries/{entry.id}/sanction"
        assert "如实填报" in staff.get(url).text
        assert staff.post(url, data={"reason": ""}).status_code == 422
        assert staff.post(url, data={"reason": "合同系伪造"}).status_code == 302
        assert staff.post(url, data={"reason": "合同系伪造"}).status_code == 409
        assert [one.reason for one in sanctions(session, entry)] == ["合同系伪造"]
        assert "合同系伪造" in staff.get(f"/staff/contests/entries/{entry.id}").text

    def test_an_administrator_reads_and_does_not_act(self, client, session, entry):
        client.login(factories.member(session, Role.admin))
        assert "收件登记" not in client.get(f"/staff/contests/entries/{entry.id}").text
        assert client.post(f"/staff/contests/entries/{entry.id}/paper", data=paper(entry)).status_code == 403

    def test_nobody_handles_their_own_entry(self, client, session, entry):
        factories.grant(session, entry.user, Role.staff)
        client.login(entry.user)
        assert "收件登记" not in client.get(f"/staff/contests/entries/{entry.id}").text
        assert {client.post(f"/staff/contests/entries/{entry.id}/{act}", data=paper(entry, reason="x")).status_code
                for act in ("paper", "return", "sanction")} == {403}
