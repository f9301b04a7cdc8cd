"""Rule kind membership."""

import datetime as dt
import uuid
from dataclasses import replace

from contests.parts import Clause
from contests.rules.claim import Entrant
from contests.rules.kinds import MembershipRule
from contests.rules.membership import membership

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
