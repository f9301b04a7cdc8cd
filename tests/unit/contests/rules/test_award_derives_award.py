"""Rule kind award_derives_award."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.parts import Clause
from contests.rules.award_derives_award import Winner, award_derives_award, faults
from contests.rules.kinds import AwardDerivesAwardRule

CLAUSE = Clause(article="五3", text="授予……一等奖第一发明人和部分创新能手滨州市五一劳动奖章")
FIRST = AwardDerivesAwardRule(kind="award_derives_award", code="first", source="work.first", recipient="first_inventor",
                              award="滨州市五一劳动奖章", issuer="滨州市总工会", clause=CLAUSE)
SOME = AwardDerivesAwardRule(kind="award_derives_award", code="some", source="expert.named", how="some", places=2,
                             award="滨州市五一劳动奖章", issuer="滨州市总工会", clause=CLAUSE)
WORK = Winner("w1", "节能炉", "work.first", ("林知远", "周砚秋"))
SECOND = Winner("w2", "新夹具", "work.second", ("沈一鸣",))
EXPERTS = [Winner(f"e{n}", f"能手{n}", "expert.named") for n in range(4)]


def test_the_first_inventor_of_a_first_prize_and_nobody_else():
    assert [one.recipient for one in award_derives_award(FIRST, [WORK, SECOND])] == ["林知远"]


def test_a_work_without_inventors_is_not_passed_over_in_silence():
    bare = Winner("w3", "无名成果", "work.first")
    assert award_derives_award(FIRST, [bare]) == []
    assert "无名成果" in faults(FIRST, [bare], (), "x").message


def test_some_are_those_that_were_chosen():
    assert [one.entry for one in award_derives_award(SOME, EXPERTS, {"e2", "e0"})] == ["e0", "e2"]
    assert faults(SOME, EXPERTS, {"e2", "e0"}, "x") is None


@pytest.mark.parametrize(("chosen", "says"), [
    ({"e0", "e1", "e2"}, "最多 2 名，选了 3 名"), ({"w2"}, "没有得这个奖")])
def test_too_many_or_the_wrong_ones_are_refused_with_the_clause(chosen, says):
    refusal = faults(SOME, [*EXPERTS, SECOND], chosen, "滨会发[2015]18号")
    assert says in refusal.message
    assert refusal.citation.startswith("滨会发[2015]18号 五3")


def test_how_many_is_some_has_to_be_set_first():
    assert "原文没有写" in faults(SOME.model_copy(update={"places": "unsaid"}), EXPERTS, {"e0"}, "x").message


def test_a_recommendation_says_that_another_body_decides():
    rule = FIRST.model_copy(update={"how": "recommended"})
    assert award_derives_award(rule, [WORK])[0].recommended


@given(st.lists(st.sampled_from(["expert.named", "work.first"]), max_size=12), st.sets(st.integers(0, 11)))
def test_counts_never_exceed_holders_nor_choice(awards, picked):
    winners = [Winner(f"n{n}", f"名{n}", award, ("甲",)) for n, award in enumerate(awards)]
    chosen = {f"n{n}" for n in picked}
    found = award_derives_award(SOME, winners, chosen)
    assert {one.entry for one in found} == {w.entry for w in winners if w.award == SOME.source} & chosen
    if faults(SOME, winners, chosen, "x") is None:
        assert len(found) <= SOME.places
