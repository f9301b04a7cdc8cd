"""Two terms over the same entries: who moves where, and what did it."""

import dataclasses
from decimal import Decimal

from contests.selection.ranking import Candidate
from contests.selection.simulation import Change, simulate
from contests.selection.terms import Cap, Criterion, Grade, Terms

TERMS = Terms((Criterion("count", "项目数量", "项", Decimal("0.5")), Criterion("amount", "合同金额", "元", Decimal("0.5"))),
              (Grade("first", "一等奖", 1), Grade("second", "二等奖", 1)))
ENTRIES = [Candidate("many", {"count": Decimal(10), "amount": Decimal(20)}, 0, "甲"),
           Candidate("large", {"count": Decimal(2), "amount": Decimal(100)}, 0, "甲"),
           Candidate("both", {"count": Decimal(4), "amount": Decimal(50)}, 0, "乙")]


def weighing(count: str, amount: str) -> Terms:
    one, other = TERMS.criteria
    return dataclasses.replace(TERMS, criteria=(dataclasses.replace(one, weight=Decimal(count)),
                                                dataclasses.replace(other, weight=Decimal(amount))))


def changes(changed: Terms) -> dict[str, Change]:
    return {move.key: move.change for move in simulate(TERMS, changed, ENTRIES).moves}


def test_nothing_moves_under_the_same_terms():
    assert simulate(TERMS, TERMS, ENTRIES).moved() == []


def test_a_weight_lifts_one_and_lowers_another():
    assert changes(weighing("0.2", "0.8")) == {"large": Change.raised, "many": Change.left, "both": Change.entered}


def test_a_cap_puts_one_out_and_says_that_it_did():
    capped = dataclasses.replace(TERMS, caps=(Cap("firm", "每单位一名", "organisation", 1),))
    moves = {move.key: move for move in simulate(TERMS, capped, ENTRIES).moves}
    assert moves["many"].change is Change.same
    loser, gainer = moves["large"], moves["both"]
    assert (loser.change, gainer.change) == (Change.left, Change.entered)
    assert [cap.code for obstacle in loser.because for cap in obstacle.caps] == ["firm"]
    assert [cap.code for obstacle in gainer.because for cap in obstacle.caps] == ["places.second"]


def test_a_cutoff_puts_one_out_for_its_points():
    strict = dataclasses.replace(TERMS, grades=(TERMS.grades[0], Grade("second", "二等奖", 1, Decimal("99"))))
    loser = next(move for move in simulate(TERMS, strict, ENTRIES).moves if move.change is Change.left)
    assert loser.because[0].short


def test_a_tie_that_arises_is_told_apart_from_a_loss():
    rows = [Candidate(at, {"count": Decimal(1), "amount": Decimal(1)}) for at in range(2)]
    tight = dataclasses.replace(TERMS, grades=(Grade("first", "一等奖", 1), Grade("second", "二等奖", 0)))
    roomy = dataclasses.replace(TERMS, grades=(Grade("first", "一等奖", 2), Grade("second", "二等奖", 0)))
    assert [move.change for move in simulate(roomy, tight, rows).moves] == [Change.opened] * 2
