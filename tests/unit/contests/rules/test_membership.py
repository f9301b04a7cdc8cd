"""Rule kind membership."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest

from contests.parts import Clause
from contests.rules.claim import Entrant
from contests.rules.kinds import Condition, MembershipRule
from contests.rules.membership import membership, preferences

RULE = MembershipRule(kind="membership", code="member", entrant="person", clause=Clause(article="一（一）", text="入驻"))
EXPERT = Entrant(uuid.uuid4(), "周砚秋", "person", dt.date(2026, 1, 5))


def test_an_admitted_person_passes():
    assert membership(RULE, EXPERT, "x") is None


def test_an_organisation_never_enters():
    refusal = membership(RULE, replace(EXPERT, kind="organisation", name="海岬大学"), "x")
    assert refusal.message == "这个组别只收个人报名，“海岬大学”不是个人"


def test_who_is_not_admitted_is_refused_with_the_clause():
    refusal = membership(RULE, replace(EXPERT, admitted_on=None), "文号")
    assert "还没有入驻" in refusal.message
    assert refusal.citation == "文号 一（一）：“入驻”"


LETTER = Condition(code="letter", text="省级科协出具项目支持函", clause=Clause(article="二（二）3", text="支持函"))
RECORD = Condition(code="record", text="有相关业绩", preferred=True, clause=Clause(article="二（二）5", text="优先考虑"))
CALL = MembershipRule(kind="membership", code="applicant", entrant="organisation", on_platform=False,
                      classes=("省级科协直属法人单位", "社会组织"), excluded=("参公事业单位", "公益一类事业单位"),
                      conditions=(LETTER, RECORD), clause=Clause(article="二（一）", text="申报对象"))
SOCIETY = Entrant(uuid.uuid4(), "海岬省机械工程学会", "organisation", None, "社会组织", frozenset({"letter"}))


def test_an_organisation_of_the_class_with_its_letter_passes_off_the_platform_too():
    assert membership(CALL, SOCIETY, "x") is None


@pytest.mark.parametrize(("changes", "says"), [
    ({"organisation_class": "参公事业单位"}, "是参公事业单位，不得申报"),
    ({"organisation_class": "企业"}, "只收省级科协直属法人单位、社会组织"),
    ({"organisation_class": ""}, "没有写"),
    ({"meets": frozenset()}, "还没有满足：省级科协出具项目支持函")])
def test_the_wrong_class_and_an_unmet_condition_are_named(changes, says):
    assert says in membership(CALL, replace(SOCIETY, **changes), "x").message


def test_an_unmet_condition_cites_its_own_clause():
    assert membership(CALL, replace(SOCIETY, meets=frozenset()), "文号").citation == "文号 二（二）3：“支持函”"


def test_what_is_preferred_shuts_nobody_out_and_is_told_apart():
    assert preferences(CALL, SOCIETY) == []
    assert preferences(CALL, replace(SOCIETY, meets=frozenset({"letter", "record"}))) == ["record"]
