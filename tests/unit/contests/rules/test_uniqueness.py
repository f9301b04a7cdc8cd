"""Rule kind uniqueness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.parts import Clause
from contests.rules.entry import Unit
from contests.rules.kinds import UniquenessRule
from contests.rules.uniqueness import uniqueness
from models.codes import industries

RULE = UniquenessRule(kind="uniqueness", code="one", clause=Clause(article="第七条", text="只建设一家技术创新中心"))
HELD = Unit("威海市渔具技术创新中心", "C244")
CODES = sorted(code for code in industries() if len(code) in (4, 5))


def test_a_free_class_passes():
    assert uniqueness(RULE, "C351", [HELD], "x") is None


def test_a_class_that_is_held_names_its_holder():
    refusal = uniqueness(RULE, "C244", [HELD], "文号")
    assert "已有“威海市渔具技术创新中心”" in refusal.message
    assert refusal.citation.startswith("文号 第七条")


def test_a_class_inside_a_held_group_is_held_and_the_other_way():
    assert "C244" in uniqueness(RULE, "C2441", [HELD], "x").message
    assert uniqueness(RULE, "C244", [Unit("甲", "C2441")], "x") is not None


def test_two_classes_of_one_group_are_free_of_each_other():
    assert uniqueness(RULE, "C2442", [Unit("甲", "C2441")], "x") is None


@pytest.mark.parametrize("code", ["", "C", "C24", "C999", "X123", "24"])
def test_what_is_no_group_or_class_is_refused(code):
    assert "中类或小类" in uniqueness(RULE, code, [], "x").message


@given(st.sampled_from(CODES), st.sampled_from(CODES))
def test_it_does_not_matter_who_came_first(one, other):
    first, second = (uniqueness(RULE, new, [Unit("甲", held)], "x") for new, held in ((one, other), (other, one)))
    assert (first is None) == (second is None)
