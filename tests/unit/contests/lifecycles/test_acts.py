"""Moves as people make them: the office, the reason, the order, the day; each with its row and its ledger entry."""

import datetime as dt

import pytest

from contests.lifecycles.acts import Act, make_move, open_case
from contests.lifecycles.births import Subject
from contests.lifecycles.offices import end_office, give_office, offices_of
from ledger import log
from models.audit import AuditEvent, Notice
from models.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, Refused
from tests import factories


def settle(office, **floors) -> None:
    office.season.settings = {f"lifecycles.permit.grades.{code}.floor": value for code, value in floors.items()}
    office.session.flush()


def on_trial(office):
    case = office.open()
    office.move(case, "approve", "2026-11-02")
    return case


def signed(office):
    case = on_trial(office)
    office.move(case, "sign_unit", "2026-11-03")
    office.move(case, "sign_city", "2026-11-03")
    return case


def facts(case) -> tuple:
    return case.state, case.version, [made.code for made in case.moves]


class TestOpening:
    def test_a_case_is_opened_with_its_move_and_its_leaf(self, office, session):
        case = office.open()
        [made] = case.moves
        leaf = log.entry(session, made.ledger_index)
        assert (case.state, made.number, leaf.leaf.type, leaf.leaf.event_id) == ("asked", 1, "case.opened", made.id)
        assert session.query(AuditEvent).filter_by(subject_id=case.id, action="case.move").count() == 1

    @pytest.mark.parametrize(("missing", "field"), [
        ({"organisation": None}, "organisation"), ({"district": "1"}, "district"), ({"name": " "}, "name"),
        ({"name": "长" * 61}, "name")])
    def test_what_a_case_must_say_is_asked_for(self, office, session, missing, field):
        said = {"name": "薄壁管件", "organisation": office.firm, "district": "371002"} | missing
        with pytest.raises((Invalid, Forbidden)) as caught:
            open_case(session, office.unit, office.season, "permit", "ask", Subject(**said))
        assert caught.value.field == field

    def test_a_lifecycle_that_the_contest_has_not(self, office, session):
        with pytest.raises(NotFound):
            open_case(session, office.unit, office.season, "nomination", "ask", Subject("甲"))

    @pytest.mark.parametrize("typed", ["薄壁管件", "海岬市薄壁管件试验场"])
    def test_the_name_is_kept_without_its_frame(self, office, typed):
        assert office.open(name=typed).name == "薄壁管件"

    @pytest.mark.parametrize("typed", ["薄壁管件（试）", "海岬市薄壁管件试验场(试)"])
    def test_an_ending_that_is_not_due_yet_is_refused(self, office, typed):
        with pytest.raises(Invalid, match="不带“（试）”，应为“海岬市薄壁管件试验场”"):
            office.open(name=typed)


class TestRoles:
    def test_only_the_office_may_make_the_move(self, office, session):
        case = office.open()
        before = facts(case)
        with pytest.raises(Forbidden, match="“批准”由市局办理") as caught:
            make_move(session, office.unit, case, "approve")
        assert "试验场经批准使用" in caught.value.clause
        assert facts(case) == before

    def test_staff_without_the_office_may_not_either(self, office, session):
        with pytest.raises(Forbidden):
            make_move(session, factories.staff(session), office.open(), "approve")

    def test_the_unit_of_another_organisation_may_not(self, office, session):
        case = on_trial(office)
        rival = factories.contact(session)
        give_office(session, factories.staff(session), office.season, "unit", rival,
                    organisation=factories.organisation(session))
        with pytest.raises(Forbidden):
            make_move(session, rival, case, "sign_unit")

    def test_an_office_that_ended_lets_nobody_act(self, office, session):
        case = office.open()
        [held] = offices_of(session, office.city)
        end_office(session, factories.staff(session), held)
        with pytest.raises(Forbidden):
            office.move(case, "approve", "2026-11-02")
        with pytest.raises(Conflict):
            end_office(session, factories.staff(session), held)

    def test_an_office_is_given_by_staff_once_and_for_its_scope(self, office, session):
        staff, holder = factories.staff(session), factories.user(session)
        with pytest.raises(Forbidden):
            give_office(session, office.unit, office.season, "city", holder)
        with pytest.raises(Invalid):
            give_office(session, staff, office.season, "emperor", holder)
        with pytest.raises(Invalid):
            give_office(session, staff, office.season, "unit", holder)
        give_office(session, staff, office.season, "city", holder)
        with pytest.raises(Conflict):
            give_office(session, staff, office.season, "city", holder)


class TestMoves:
    def test_each_move_cites_the_one_before(self, office, session):
        case = on_trial(office)
        first, second = case.moves
        assert [ref.index for ref in log.entry(session, second.ledger_index).leaf.references] == [first.ledger_index]

    def test_a_reason_is_asked_where_the_move_needs_one(self, office):
        case = on_trial(office)
        with pytest.raises(Invalid) as caught:
            office.move(case, "fail", "2026-11-03", reason=" \n")
        assert caught.value.field == "reason"

    def test_a_skipped_state_is_a_conflict_with_its_clause(self, office):
        case = office.open()
        with pytest.raises(Conflict, match="现在是“已申请”，不能“验收通过”") as caught:
            office.move(case, "accept", "2026-11-03", score="90")
        assert "验收通过的正式使用" in caught.value.clause

    def test_a_day_before_the_last_move_is_refused(self, office):
        case = on_trial(office)
        with pytest.raises(Invalid, match="早于上一步") as caught:
            office.move(case, "sign_city", "2026-11-01")
        assert caught.value.field == "on"

    def test_tomorrow_is_refused(self, office):
        case = office.open()
        with pytest.raises(Invalid, match="不能晚于今天"):
            office.move(case, "approve", "2026-11-23")

    def test_a_second_signature_is_a_conflict(self, office):
        case = on_trial(office)
        office.move(case, "sign_unit", "2026-11-03")
        with pytest.raises(Conflict, match="已经办过"):
            office.move(case, "sign_unit", "2026-11-04")

    def test_a_stale_page_is_told(self, office, session):
        case = on_trial(office)
        seen = case.version
        office.move(case, "sign_unit", "2026-11-03")
        with pytest.raises(Conflict, match="刚有人办过"):
            make_move(session, office.city, case, "sign_city", version=seen)

    def test_a_move_that_is_none(self, office, session):
        with pytest.raises(Invalid):
            make_move(session, office.city, office.open(), "abdicate")

    def test_the_unit_is_told_of_what_others_decide(self, office, session):
        case = on_trial(office)
        office.move(case, "fail", "2026-11-03", reason="跳动量没有达到")
        texts = [one.text for one in session.query(Notice).filter_by(user_id=office.unit.id)]
        assert "薄壁管件 2026 年 11 月 3 日“验收未通过”：跳动量没有达到" in texts


class TestFields:
    @pytest.mark.parametrize(("months", "error"), [("8", Invalid), ("13", Invalid), ("九", Invalid), ("", Invalid),
                                                   ("-9", Invalid), ("9.5", Invalid)])
    def test_a_value_outside_its_bounds_is_refused(self, office, months, error):
        case = on_trial(office)
        with pytest.raises(error) as caught:
            office.move(case, "report", "2026-11-20", months=months, period="2027-02-28")
        assert (caught.value.field, len(case.moves)) == ("months", 2)

    def test_a_value_is_kept(self, office):
        case = on_trial(office)
        assert office.move(case, "report", "2026-11-20", months="９", period="2027-02-28").filled == {"months": 9}

    @pytest.mark.parametrize("period", ["2028-02-29", "2027-02-27"])
    def test_a_report_is_for_a_year_that_is_due(self, office, period):
        case = on_trial(office)
        with pytest.raises(Invalid) as caught:
            office.move(case, "report", "2026-11-20", months="9", period=period)
        assert caught.value.field == "period"

    def test_a_year_is_reported_once(self, office):
        case = on_trial(office)
        office.move(case, "report", "2026-11-20", months="9", period="2027-02-28")
        with pytest.raises(DomainError):
            office.move(case, "report", "2026-11-20", months="9", period="2027-02-28")


class TestGrades:
    def test_no_grade_is_given_before_its_cut_off_is_set(self, office):
        case = signed(office)
        with pytest.raises(Refused, match="分数线还没有定"):
            office.move(case, "accept", "2026-11-04", score="100")

    @pytest.mark.parametrize("score", ["60", "100"])
    def test_the_grade_decides_which_way_it_goes(self, office, score):
        case = signed(office)
        settle(office, good="60")
        office.move(case, "accept", "2026-11-04", score=score)
        assert case.state == "running"

    def test_a_score_of_another_grade_is_refused(self, office):
        case = signed(office)
        settle(office, good="60")
        with pytest.raises(Refused, match="得分 59.99 属于“不合格”，不能“验收通过”"):
            office.move(case, "accept", "2026-11-04", score="59.99")
        assert case.state == "trial"

    @pytest.mark.parametrize("score", ["100.01", "-1", "NaN", "60.123", "优"])
    def test_a_score_is_within_a_hundred(self, office, score):
        case = on_trial(office)
        with pytest.raises(Invalid) as caught:
            office.move(case, "accept", "2026-11-04", score=score)
        assert caught.value.field == "score"


def test_an_act_of_today_needs_no_day(office, session):
    case = office.open()
    assert make_move(session, office.city, case, "approve", Act()).on == dt.date(2026, 11, 22)
