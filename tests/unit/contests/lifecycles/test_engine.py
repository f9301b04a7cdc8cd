"""Which moves are open on a day, and what keeps the others shut."""

import datetime as dt

import pytest

from contests.lifecycles.deadlines import Step, deadlines
from contests.lifecycles.engine import grade_of, obstacles, openings, periods, state_of


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def steps(*made: str) -> list[Step]:
    return [Step(move, day(on)) for move, on in (one.split() for one in made)]


APPROVED = ("ask 2023-05-01", "approve 2023-06-01")
FAILED = (*APPROVED, "fail 2024-02-29")


@pytest.fixture
def told(permit):
    """What stands in the way of a move on a day."""
    def of(move: str, on: str, *made: str) -> list[str]:
        done = steps(*made)
        found = deadlines(permit, done, day(on), None)
        return [one.message for one in obstacles(permit, done, found, permit.move(move), day(on))]
    return of


@pytest.fixture
def opened(permit):
    def of(on: str, *made: str) -> list[str]:
        done = steps(*made)
        found = deadlines(permit, done, day(on), None)
        return [one.move.code for one in openings(permit, done, found, day(on)) if not one.obstacles]
    return of


def test_a_case_begins_with_an_opening_move(opened, permit):
    assert opened("2023-05-01") == ["ask"]
    assert state_of(permit, []) is None


def test_each_state_has_its_moves(opened):
    assert opened("2023-05-02", "ask 2023-05-01") == ["approve"]
    assert opened("2023-06-02", *APPROVED) == ["sign_city", "sign_unit", "report", "fail"]


def test_a_state_cannot_be_skipped(told):
    assert told("accept", "2023-06-02", "ask 2023-05-01") == ["现在是“已申请”，不能“验收通过”"]
    assert told("approve", "2023-06-02") == ["还没有立案，不能“批准”"]


def test_a_case_is_not_opened_twice(told):
    assert told("ask", "2023-06-02", "ask 2023-05-01") == ["现在是“已申请”，不能“提出申请”"]


def test_a_day_before_the_last_move_is_refused(told):
    assert told("sign_city", "2023-05-31", *APPROVED) == ["“市局签字”的日期 2023 年 5 月 31 日早于上一步的 2023 年 6 月 1 日"]


def test_what_must_come_first_is_named(told):
    assert told("accept", "2024-01-01", *APPROVED, "sign_city 2023-06-02") == ["先办“单位签字”"]


def test_a_signature_is_given_once(told):
    assert told("sign_city", "2023-06-03", *APPROVED, "sign_city 2023-06-02") == ["“市局签字”已经办过"]


def test_a_move_waits_until_the_clock_has_run_out(told):
    assert told("close", "2025-02-28", *FAILED) == ["“整改期”到 2025 年 2 月 28 日满，之后才能“撤销”"]
    assert told("close", "2025-03-01", *FAILED) == []


def test_a_move_comes_before_the_clock_has_run_out(told):
    assert told("restore", "2025-02-28", *FAILED) == []
    assert told("restore", "2025-03-01", *FAILED) == ["“整改期”到 2025 年 2 月 28 日为止，2025 年 3 月 1 日已经过了"]


def test_the_day_that_counts_may_be_another_than_the_act(permit):
    done, on = steps(*FAILED), day("2025-03-05")
    found = deadlines(permit, done, on, None)
    assert obstacles(permit, done, found, permit.move("restore"), on, judged=day("2025-02-28")) == []


def test_nothing_is_open_at_the_end(opened):
    assert opened("2026-01-01", *FAILED, "close 2025-03-01") == []


def test_a_report_may_meet_what_is_due_or_overdue(permit):
    done = [*steps(*APPROVED), Step("report", day("2024-02-01"), day("2024-02-29"))]
    found = deadlines(permit, done, day("2025-04-01"), None)
    offered = [one.due.isoformat() for one in periods(found, permit.move("report"), day("2025-04-01"))]
    assert offered == ["2025-02-28", "2026-02-28"]


def test_no_grade_without_every_cut_off(permit):
    assert grade_of(permit.grades, 95) is None


@pytest.mark.parametrize(("score", "code"), [(100, "good"), (60, "good"), (59, "bad"), (0, "bad")])
def test_a_score_takes_the_best_grade_it_reaches(permit, score, code):
    said = [grade.model_copy(update={"floor": 60}) if grade.floor == "unsaid" else grade for grade in permit.grades]
    assert grade_of(said, score).code == code
