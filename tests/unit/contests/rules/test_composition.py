"""Rule kind composition."""

import uuid
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.parts import Clause
from contests.rules.composition import composition
from contests.rules.entry import Member
from contests.rules.kinds import CompositionRule, Need

CLAUSE = Clause(article="四", text="参赛团队的答辩人员应由高校学生担任。")
ME = uuid.uuid4()
TEAM = CompositionRule(kind="composition", code="team", defender="student", filed_by_member=True, clause=CLAUSE,
                       needs=(Need(of=("university",)), Need(of=("enterprise",))))
COMMITTEE = CompositionRule(kind="composition", code="committee", of="committee", inside_at_most="1/3",
                            chair_from_outside=True, clause=CLAUSE)
TEACHER = Member("周砚秋", "university", "海岬大学", user_id=ME)
STUDENT = Member("林知远", "university", "海岬大学", student=True, defender=True)
ENGINEER = Member("沈一鸣", "enterprise", "云港重工")


def team(*members, filer=ME):
    return composition(TEAM, members, "文号", filer_id=filer)


def test_teachers_students_and_an_enterprise_expert_make_a_team():
    assert team(TEACHER, STUDENT, ENGINEER) is None


def test_a_team_without_a_student_is_refused_with_the_clause():
    refusal = team(TEACHER, ENGINEER)
    assert refusal.message == "团队里没有学生，答辩人应由高校学生担任"
    assert refusal.citation == "文号 四：“参赛团队的答辩人员应由高校学生担任。”"


@pytest.mark.parametrize(("members", "says"), [
    ((TEACHER, STUDENT), "企业成员至少 1 个"),
    ((replace(ENGINEER, user_id=ME),), "高校成员至少 1 个"),
    ((replace(TEACHER, defender=True), replace(STUDENT, defender=False), ENGINEER), "答辩人周砚秋不是高校学生"),
    ((TEACHER, replace(STUDENT, defender=False), ENGINEER), "现在 0 位"),
    ((replace(TEACHER, defender=True), STUDENT, ENGINEER), "现在 2 位"),
    ((), "高校成员至少 1 个，现在 0 个"),
])
def test_what_a_team_lacks_is_named(members, says):
    assert says in team(*members).message


def test_a_student_of_an_enterprise_does_not_defend():
    intern = replace(ENGINEER, student=True, defender=True)
    assert "不是高校学生" in team(TEACHER, replace(STUDENT, defender=False), intern).message


def test_nobody_enters_a_team_they_are_not_in():
    assert "不能替别人报名" in team(TEACHER, STUDENT, ENGINEER, filer=uuid.uuid4()).message


def test_too_many_of_a_kind():
    rule = TEAM.model_copy(update={"needs": (Need(of=("university",), at_most=1),)})
    assert "最多 1 个" in composition(rule, (TEACHER, STUDENT), "x", filer_id=ME).message


def test_a_rule_for_another_mode_says_nothing():
    rule = TEAM.model_copy(update={"mode": "leader"})
    assert composition(rule, (), "x", mode="alliance") is None
    assert composition(rule, (), "x", mode="leader") is not None


def committee(inside: int, outside: int, chair: str = "outside"):
    people = [Member(f"内{n}", "enterprise", side="lead" if n % 2 else "partner") for n in range(inside)]
    people += [Member(f"外{n}", "university") for n in range(outside)]
    return composition(COMMITTEE, [*people, Member("主任", "university", side=chair, chair=True)], "x")


@given(st.integers(0, 60), st.integers(0, 60))
def test_thirds_are_exact(inside, outside):
    """The chair is one more from outside. Whole numbers decide: 3·inside ≤ all."""
    assert (committee(inside, outside) is None) == (3 * inside <= inside + outside + 1)


def test_one_third_is_kept_and_a_hair_more_is_not():
    assert committee(333, 665) is None
    assert "超过 1/3" in committee(333, 664).message


def test_the_chair_comes_from_outside():
    assert "应由外面的专家担任" in committee(0, 8, chair="partner").message


def test_a_committee_has_one_chair():
    assert "现在 0 位" in composition(COMMITTEE, [Member("外", "university")], "x").message
    assert "还没有成员" in composition(COMMITTEE, [], "x").message


@given(st.fractions(0, 1))
def test_any_share_is_held_exactly(share):
    rule = COMMITTEE.model_copy(update={"inside_at_most": share, "chair_from_outside": False})
    people = [Member(str(n), "other", side="lead") for n in range(3)] + [Member(str(n), "other") for n in range(4)]
    assert (composition(rule, people, "x") is None) == (Fraction(3, 7) <= share)


def test_the_lead_is_of_its_kind_and_any_of_the_partners_kinds_is_enough():
    rule = CompositionRule(kind="composition", code="research", mode="research", clause=CLAUSE,
                           needs=(Need(of=("university", "institute"), side="lead"),
                                  Need(of=("enterprise",), side="partner")))
    lead, partner = Member("海岬研究院", "institute", side="lead"), Member("云港重工", "enterprise", side="partner")
    assert composition(rule, (lead, partner), "x", mode="research") is None
    assert "牵头的高校或科研院所成员至少 1 个" in composition(rule, (partner,), "x", mode="research").message
