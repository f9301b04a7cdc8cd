"""Rule kind one_claim."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.parts import Clause
from contests.rules.claim import EarlierClaim, Entrant
from contests.rules.entry import EarlierEntry, EntryFacts, Member
from contests.rules.kinds import OneClaimRule
from contests.rules.one_claim import one_claim, one_entry

RULE = OneClaimRule(kind="one_claim", code="once", clause=Clause(article="五（二）", text="如实填报", derived="只计一次"))
ZHOU = Entrant(uuid.uuid4(), "周砚秋", "person", dt.date(2026, 1, 1))


def claim(share: int, earlier: list[EarlierClaim]):
    return one_claim(RULE, ZHOU, share, earlier, "HJ-2026-07", "文号")


def test_a_first_claim_passes():
    assert claim(100, []) is None


def test_the_same_person_twice_is_refused_with_the_reasoning():
    refusal = claim(10, [EarlierClaim(ZHOU.id, 10)])
    assert "HJ-2026-07" in refusal.message
    assert refusal.citation == "文号 五（二）：“如实填报”（只计一次）"


@pytest.mark.parametrize(("taken", "passes"), [(40, True), (41, False)])
def test_shares_reach_the_whole_and_no_more(taken, passes):
    assert (claim(60, [EarlierClaim(uuid.uuid4(), taken)]) is None) == passes


@given(st.lists(st.integers(1, 100), max_size=8), st.integers(1, 100))
def test_what_passes_never_exceeds_the_whole(taken, share):
    refused = claim(share, [EarlierClaim(uuid.uuid4(), part) for part in taken])
    assert (refused is None) == (sum(taken) + share <= 100)


ONCE = OneClaimRule(kind="one_claim", code="enter_once", of="entry", clause=Clause(article="二", text="根据攻关领域报名"))
MEMBERS = (Member("林知远", "university", "海岬大学"), Member("沈一鸣", "enterprise", "云港重工"))
TEAM = EntryFacts(Entrant(uuid.uuid4(), "海岬队", "team", None), ZHOU.id, MEMBERS)
PAIRS = frozenset((member.name, member.organisation) for member in MEMBERS)


@pytest.mark.parametrize("earlier", [
    EarlierEntry(ZHOU.id, "别的队", "机器人+"),
    EarlierEntry(uuid.uuid4(), "海岬队", "机器人+"),
    EarlierEntry(uuid.uuid4(), "换了名的队", "机器人+", PAIRS)])
def test_the_same_entrant_through_another_track_is_refused(earlier):
    refusal = one_entry(ONCE, replace(TEAM, earlier=(earlier,)), "文号")
    assert "已经报过机器人+" in refusal.message
    assert refusal.citation == "文号 二：“根据攻关领域报名”"


def test_another_team_of_another_person_passes():
    assert one_entry(ONCE, replace(TEAM, earlier=(EarlierEntry(uuid.uuid4(), "远山队", "机器人+"),)), "x") is None


def test_two_entries_without_members_are_not_the_same_for_that():
    lone = replace(TEAM, members=(), earlier=(EarlierEntry(uuid.uuid4(), "远山队", "机器人+"),))
    assert one_entry(ONCE, lone, "x") is None
