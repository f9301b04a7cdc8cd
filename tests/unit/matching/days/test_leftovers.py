"""Nothing is left out without its reason, and what is promised of a remedy comes true."""

import numpy as np
import pytest
from hypothesis import given, settings

from matching.days.assignment import floors_met
from matching.days.leftovers import leftovers, relaxed
from matching.days.matching_day import arrange
from matching.days.remedies import Bound, Remedy
from tests.unit.matching.days.test_assignment import day, days, market


def told(one) -> dict:
    """(side, party) → (bound, cut, {remedy, subject: gain})."""
    return {("expert" if left.expert_side else "demand", left.party):
            (left.bound, left.cut, {(r.remedy, r.subject): r.gain for r in left.relaxations})
            for left in leftovers(one, arrange(one))}


def test_nobody_fits():
    held = market([(0, 0, 1)], demands=2, experts=1, least=1)
    assert told(day(held)) == {("demand", 1): (Bound.nobody_fits, (), {(Remedy.invite, -1): 0})}


def test_a_conflict_is_named():
    held = market([(0, 0, 1)], demands=1, experts=1, least=1, forbidden=[0])
    assert told(day(held))["demand", 0][:2] == (Bound.excluded, (0,))


def test_the_expert_who_is_full_and_one_more_meeting_for_them():
    held = market([(0, 0, 2), (1, 0, 1)], demands=2, experts=1, least=1, load_most=1)
    assert told(day(held)) == {("demand", 1): (Bound.all_full, (0,), {(Remedy.expert_load, 0): 1})}


def test_the_cut_reaches_those_who_could_have_stepped_in():
    pairs = [(0, 0, 2), (0, 1, 1), (1, 0, 2), (1, 1, 1), (2, 0, 1)]
    held = market(pairs, demands=3, experts=2, least=1, load_most=1)
    (_side, _party), (bound, cut, remedies) = next(iter(told(day(held)).items()))
    assert (bound, cut) == (Bound.all_full, (0, 1))
    assert remedies == {(Remedy.expert_load, 0): 1, (Remedy.expert_load, 1): 1}


def test_an_expert_limited_by_the_slots_is_helped_by_one_more():
    held = market([(0, 0, 2), (1, 0, 1)], demands=2, experts=1, least=1)
    assert told(day(held, slots=1))["demand", 1] == (Bound.all_full, (0,), {(Remedy.slot, -1): 1})


def test_too_few_tables():
    held = market([(0, 0, 2), (1, 1, 1)], demands=2, experts=2, least=1)
    assert told(day(held, slots=1, tables=1))["demand", 1] == (
        Bound.tables, (1,), {(Remedy.slot, -1): 1, (Remedy.table, -1): 1})


def test_no_common_slot():
    held = market([(0, 0, 2)], demands=1, experts=1, least=1)
    one = day(held, slots=2, firm_open=[[True, False]], expert_open=[[False, True]])
    assert told(one)["demand", 0] == (
        Bound.no_common_slot, (0,), {(Remedy.firm_hours, 0): 1, (Remedy.expert_hours, 0): 1})


def test_two_demands_of_one_enterprise_and_one_slot():
    held = market([(0, 0, 2), (1, 1, 1)], demands=2, experts=2, firm=[0, 0], least=1)
    assert told(day(held, slots=1))["demand", 1] == (Bound.own_limit, (), {(Remedy.slot, -1): 1})


def test_an_expert_below_the_minimum_load_whose_demands_have_all_they_want():
    held = market([(0, 0, 2), (0, 1, 1)], demands=1, experts=2, load_least=1)
    assert told(day(held))["expert", 1] == (Bound.all_full, (0,), {(Remedy.demand_most, 0): 1})


@settings(max_examples=60, deadline=None)
@given(days())
def test_everybody_short_is_named_and_every_gain_comes_true(one):
    plan = arrange(one)
    kept = floors_met(one.market, plan.met)[1]
    found = leftovers(one, plan)
    promised = int(one.market.least.sum() + one.market.load_least.sum())
    assert sum(left.short for left in found) == promised - kept
    for remedy in {(r.remedy, r.subject, r.gain) for left in found for r in left.relaxations if r.gain}:
        changed = relaxed(one, *remedy[:2])
        assert floors_met(changed.market, arrange(changed).met)[1] - kept == remedy[2]


@pytest.mark.slow
def test_three_hundred_demands_for_ten_experts_are_explained_in_seconds():
    chance = np.random.default_rng(3)
    pairs = [(d, int(e), 1 + float(chance.random())) for d in range(300) for e in chance.choice(10, 4, replace=False)]
    held = market(pairs, demands=300, experts=10, least=1, most=2, load_most=8, places=12 * 10)
    one = day(held, slots=12, tables=10)
    plan = arrange(one)
    found = leftovers(one, plan)
    assert plan.met.sum() == 80
    assert len(found) == 220
    assert {left.bound for left in found} == {Bound.all_full}
    assert all(r.gain == 1 for left in found for r in left.relaxations if r.remedy is Remedy.expert_load)
