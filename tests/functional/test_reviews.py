"""A review in the browser: the reviewer's list and sheets; committee, assignment, opening and live stage of staff."""

import re

import pytest
from sqlalchemy import event

from contests.review.live import call_next
from models.base import clock_at
from models.reviews import Committee, Recusal, ReviewRound, ReviewSheet, RoundMode, RoundState
from tests import factories
from tests.support.reviews import (
    REVIEWING,
    TRACK,
    assigned,
    committee_of,
    entry_of,
    season_in_review,
    sheets_of,
)

CODES = ("projects", "amount", "benefit")
DAY = {"since-year": "2026", "since-month": "12", "since-day": "5"}


@pytest.fixture(autouse=True)
def _in_review():
    with clock_at(REVIEWING):
        yield


@pytest.fixture
def season(session):
    return season_in_review(session)


@pytest.fixture
def staff(session):
    return factories.staff(session)


@pytest.fixture
def round_(session, season, staff):
    return assigned(session, season, staff, size=2, entries=2, reviews=2)


def filled(value="88.5", **changes) -> dict:
    return {f"{code}-points": value for code in CODES} | {f"{code}-reason": "合同齐全" for code in CODES} | changes


def path(sheet) -> str:
    return f"/reviews/sheets/{sheet.id}"


class TestReviewer:
    def test_hands_in_one_sheet_and_comes_to_the_next(self, client, session, round_):
        first, second, *_ = sheets_of(session, round_)
        order = client.login(first.member.user).get("/reviews").text
        answer = client.post(path(first), data=filled())
        assert answer.location in (path(second), "/reviews")
        assert order.count(first.entry.name) == 1
        page = client.get(path(first)).text
        assert "88.5" in page
        assert "封存" in page

    def test_a_score_out_of_range_is_told_beside_its_field_and_nothing_typed_is_lost(self, client, session, round_):
        sheet = sheets_of(session, round_)[0]
        answer = client.login(sheet.member.user).post(path(sheet), data=filled(
            **{"amount-points": "120", "benefit-reason": ""}))
        assert answer.status_code == 422
        assert 'id="amount-points-error"' in answer.text
        assert 'id="benefit-reason-error"' in answer.text
        assert 'value="120"' in answer.text
        assert answer.text.count("合同齐全") == 2
        assert session.get(ReviewSheet, sheet.id).submitted_at is None

    def test_a_draft_comes_back(self, client, session, round_):
        sheet = sheets_of(session, round_)[0]
        client.login(sheet.member.user).post(path(sheet), data={"amount-points": "77", "draft": "1"})
        assert 'value="77"' in client.get(path(sheet)).text

    def test_does_not_see_others_scores_before_all_are_in(self, client, session, round_):
        mine, theirs = sheets_of(session, round_)[0], sheets_of(session, round_)[-1]
        client.login(theirs.member.user).post(path(theirs), data=filled("13.37"))
        pages = [client.login(mine.member.user).get(address).text for address in ("/reviews", path(mine))]
        assert not any("13.37" in page for page in pages)

    def test_sees_them_once_all_are_in(self, client, session, round_):
        for number, sheet in enumerate(sheets_of(session, round_)):
            client.login(sheet.member.user).post(path(sheet), data=filled(f"7{number}.25"))
        sheet = sheets_of(session, round_)[0]
        other = next(one for one in sheets_of(session, round_) if one.entry is sheet.entry and one is not sheet)
        assert other.member.user.name in client.login(sheet.member.user).get(path(sheet)).text

    def test_nobody_opens_somebody_elses_sheet(self, client, session, round_):
        mine, theirs = sheets_of(session, round_)[0], sheets_of(session, round_)[-1]
        client.login(mine.member.user)
        assert client.get(path(theirs)).status_code == 403
        answer = client.post(path(theirs), data=filled())
        assert (answer.status_code, "三（二）" in answer.text) == (403, True)

    def test_the_own_university_is_refused_on_the_page_with_the_clause(self, client, session, round_):
        sheet = sheets_of(session, round_)[0]
        employer = session.query(factories.Expert).filter_by(user_id=sheet.entry.user_id).one().organisation
        factories.expert(session, employer, user=sheet.member.user)
        client.login(sheet.member.user)
        page = client.get(path(sheet)).text
        assert "同一单位" in page
        assert "威工发〔2020〕16号" in page
        assert client.post(path(sheet), data=filled()).status_code == 422

    def test_after_sealing_nothing_changes(self, client, session, round_):
        sheet = sheets_of(session, round_)[0]
        client.login(sheet.member.user).post(path(sheet), data=filled())
        answer = client.post(path(sheet), data=filled("10"))
        assert (answer.status_code, "封存" in answer.text) == (409, True)
        assert {one.points for one in session.get(ReviewSheet, sheet.id).scores} == {factories.Decimal("88.5")}

    def test_recuses_with_a_reason(self, client, session, round_):
        sheet = sheets_of(session, round_)[0]
        client.login(sheet.member.user)
        assert client.post(f"{path(sheet)}/recusal", data={"reason": ""}).status_code == 422
        assert client.post(f"{path(sheet)}/recusal", data={"reason": "亲属"}).location == "/reviews"
        assert session.query(Recusal).one().reason == "亲属"

    @pytest.mark.parametrize("entries", [2, 9])
    def test_the_list_costs_the_same_queries_however_long_it_is(self, client, session, season, staff, entries):
        round_ = assigned(session, season, staff, size=1, entries=entries, reviews=1)
        client.login(round_.committee.members[0].user)
        client.get("/reviews")
        asked = []
        event.listen(session.get_bind(), "before_cursor_execute", lambda *call: asked.append(call[2]))
        page = client.get("/reviews").text
        assert page.count("/reviews/sheets/") >= entries
        assert len([one for one in asked if one.startswith("SELECT")]) == 4  # one of them the menu's


class TestStaff:
    def test_form_a_committee_seat_people_and_plan_a_review(self, client, session, season, staff):
        entry_of(session, season)
        person = factories.user(session)
        client.login(staff)
        made = client.post(f"/staff/reviews/seasons/{season.id}", data={"name": "评审委员会"}).location
        assert client.post(f"{made}/members", data=DAY | {
            "account": person.email, "kind": "市总党组成员", "organisation": "市总工会"}).status_code == 302
        planned = client.post(f"{made}/rounds", data={"track": TRACK, "mode": "written", "reviews": "1"}).location
        assert person.name in client.get(planned).text
        client.post(f"{planned}/assignment")
        assert session.query(ReviewRound).one().state is RoundState.scoring

    @pytest.mark.parametrize(("wrong", "field"), [
        ({"account": "nobody@jiebang.example"}, "account"), ({"kind": ""}, "kind"),
        ({"organisation": " "}, "organisation"),
        ({"since-month": "13"}, "since")])
    def test_a_member_that_cannot_be_keeps_what_was_typed(self, client, session, season, staff, wrong, field):
        committee = committee_of(session, season, staff, size=1)
        typed = DAY | {"account": factories.user(session).email, "kind": "外请专家", "organisation": "外地研究院"}
        answer = client.login(staff).post(f"/staff/reviews/committees/{committee.id}/members", data=typed | wrong)
        assert (answer.status_code, f'id="{field}' in answer.text) == (422, True)
        assert len(session.get(Committee, committee.id).members) == 1

    def test_a_term_is_handed_on(self, client, session, season, staff):
        committee = committee_of(session, season, staff, size=1)
        member, successor = committee.members[0], factories.user(session)
        answer = client.login(staff).post(f"/staff/reviews/members/{member.id}", data=DAY | {
            "reason": "调离", "account": successor.phone, "kind": "外请专家", "organisation": "外地"})
        assert answer.status_code == 302
        page = client.get(answer.location).text
        assert re.search(rf"接替\s*{member.user.name}", page)

    def test_minutes_are_recorded(self, client, session, season, staff):
        committee = committee_of(session, season, staff, size=1)
        answer = client.login(staff).post(f"/staff/reviews/committees/{committee.id}/minutes", data={
            "held_on-year": "2026", "held_on-month": "12", "held_on-day": "4", "title": "第一次评审会",
            "text": "议定每份报名由 2 位评委评。"})
        assert "第一次评审会" in client.get(answer.location).text

    def test_sealed_scores_are_not_staffs_to_see(self, client, session, staff, round_):
        sheet = sheets_of(session, round_)[0]
        client.login(sheet.member.user).post(path(sheet), data=filled("13.37"))
        client.login(staff)
        ledger = session.get(ReviewSheet, sheet.id).ledger_index
        for address in (f"/staff/reviews/rounds/{round_.id}", f"/ledger/{ledger}"):
            assert "13.37" not in client.get(address).text
        assert client.get(f"/staff/reviews/rounds/{round_.id}/results").status_code == 404

    def test_ranks_stand_side_by_side_when_all_are_in(self, client, session, season, staff):
        round_ = assigned(session, season, staff, size=3, entries=4, reviews=2)
        for sheet in sheets_of(session, round_):
            client.login(sheet.member.user).post(path(sheet), data=filled(str(70 + 10 * sheet.member.seat)))
        page = client.login(staff).get(f"/staff/reviews/rounds/{round_.id}/results").text
        assert "宽严不一样" in page
        assert "每份评分表都和台账里封存的指纹一致" in page
        assert page.count("校准分") >= 2


class TestLive:
    @pytest.fixture
    def live(self, session, season, staff):
        return assigned(session, season, staff, size=2, entries=2, mode=RoundMode.live)

    def test_a_turn_from_the_call_to_the_reveal(self, client, session, staff, live):
        stage = f"/staff/reviews/rounds/{live.id}/live"
        client.login(staff).post(f"{stage}/next")
        name = re.search(r'id="turn-title">([^<]+)', client.get(stage).text)[1]
        judges = [member.user for member in live.committee.members]
        for number, judge in enumerate(judges):
            client.login(judge)
            own = re.search(r"/reviews/sheets/[0-9a-f-]+", client.get(f"/reviews/rounds/{live.id}/live").text)[0]
            assert client.post(own, data={f"{code}-points": f"9{number}.5" for code in CODES} | {
                "remark": "答辩清楚"}).location == f"/reviews/rounds/{live.id}/live"
            seen = client.login(staff).get(stage).text
            assert ("90.50" in seen) == (number == 1)
        assert name in client.get(stage).text

    def test_a_live_sheet_asks_for_its_remark_once(self, client, session, staff, live):
        turn = call_next(session, staff, live)
        sheet = next(one for one in sheets_of(session, live) if one.entry_id == turn.entry_id)
        answer = client.login(sheet.member.user).post(path(sheet), data={
            f"{code}-points": "80" for code in CODES} | {"remark": ""})
        assert (answer.status_code, answer.text.count("写一句评语")) == (422, 2)


class TestRecusalByStaff:
    @pytest.fixture
    def alone(self, session, season, staff):
        """One entry that one of three judges."""
        return assigned(session, season, staff, size=3, entries=1, reviews=1)

    def test_the_entry_goes_to_another_and_the_reason_stands(self, client, session, staff, alone):
        [sheet] = sheets_of(session, alone)
        address = f"/staff/reviews/rounds/{alone.id}/recusals"
        answer = client.login(staff).post(address, data={
            "member": str(sheet.member_id), "entry": str(sheet.entry_id), "reason": "电话里说是亲属"})
        assert answer.status_code == 302
        assert "电话里说是亲属" in client.get(address).text
        session.expire_all()
        standing = [one for one in sheets_of(session, alone) if one.released_at is None]
        assert [one.member_id != sheet.member_id for one in standing] == [True]

    @pytest.mark.parametrize("lacking", ["member", "entry", "reason"])
    def test_what_is_missing_is_asked_for(self, client, session, staff, alone, lacking):
        [sheet] = sheets_of(session, alone)
        typed = {"member": str(sheet.member_id), "entry": str(sheet.entry_id), "reason": "亲属"} | {lacking: ""}
        answer = client.login(staff).post(f"/staff/reviews/rounds/{alone.id}/recusals", data=typed)
        assert answer.status_code == 422
        assert f'href="#{lacking}"' in answer.text
