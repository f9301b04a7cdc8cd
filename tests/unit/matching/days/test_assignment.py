"""The matching day: exact, within every limit, the same each time; small days are compared with every possible plan."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.days.assignment import Market, assign, counts, floors_met
from matching.days.joint import arrange_jointly
from matching.days.matching_day import arrange, figures
from matching.days.timetable import Day, tightened


def market(pairs, *, demands, experts, firm=None, least=0, most=1, load_least=0, load_most=9, firm_most=99, places=999,
           forbidden=(), pinned=()) -> Market:
    """`pairs`: (demand, expert, value) rows; a lone number stands for every demand, expert or enterprise."""
    rows = np.array([row[:2] for row in pairs], int).reshape(-1, 2)
    firm = np.arange(demands) if firm is None else np.array(firm)
    flags = [np.isin(np.arange(len(pairs)), list(which)) for which in (forbidden, pinned)]
    sized = [np.broadcast_to(number, size).astype(int) for number, size in (
        (least, demands), (most, demands), (load_least, experts), (load_most, experts),
        (firm_most, int(firm.max(initial=-1)) + 1))]
    return Market(rows[:, 0], rows[:, 1], np.array([row[2] for row in pairs], float), firm, *sized, places, *flags)


def day(held: Market, slots=3, tables=9, firm_open=None, expert_open=None, pinned_slot=None) -> Day:
    firm_open = np.ones((len(held.firm_most), slots), bool) if firm_open is None else np.array(firm_open, bool)
    expert_open = np.ones((len(held.load_most), slots), bool) if expert_open is None else np.array(expert_open, bool)
    pinned = np.full(len(held.value), -1) if pinned_slot is None else np.array(pinned_slot)
    return Day(held, firm_open, expert_open, tables, pinned)


@st.composite
def days(draw) -> Day:
    """Small days of every shape, with conflicts, pins, absences and too few tables."""
    demands, experts, slots = draw(st.integers(1, 4)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    cells = draw(st.lists(st.tuples(st.integers(0, demands - 1), st.integers(0, experts - 1)), unique=True, max_size=6))
    pairs = [(d, e, draw(st.integers(1, 9)) / 4) for d, e in cells]
    firm = [draw(st.integers(0, d)) for d in range(demands)]
    firm = np.unique(firm, return_inverse=True)[1]
    numbers = st.integers(0, 2)
    held = market(pairs, demands=demands, experts=experts, firm=firm, least=[draw(numbers) for _ in range(demands)],
                  most=[draw(numbers) for _ in range(demands)], load_least=[draw(numbers) for _ in range(experts)],
                  load_most=[draw(numbers) for _ in range(experts)], firm_most=draw(st.integers(0, 3)),
                  forbidden=draw(st.sets(st.integers(0, 5), max_size=2)))
    flags = st.booleans()
    return day(held, slots, draw(st.integers(1, 2)), [[draw(flags) for _ in range(slots)] for _ in held.firm_most],
               [[draw(flags) for _ in range(slots)] for _ in range(experts)])


def worth(held: Market, chosen: np.ndarray) -> tuple[int, int, float]:
    return *floors_met(held, chosen), round(float(held.value[chosen].sum()), 3)


def within_limits(held: Market, chosen: np.ndarray) -> bool:
    got, load = counts(held, chosen)
    at_firm = np.bincount(held.firm, weights=got, minlength=len(held.firm_most))
    return bool((got <= held.most).all() and (load <= held.load_most).all() and (at_firm <= held.firm_most).all()
                and chosen.sum() <= held.places and not (chosen & held.forbidden).any())


def clashes(one: Day, slot: np.ndarray) -> list:
    """Everything that two meetings of one slot may not share, or that is not there then."""
    met, held = np.flatnonzero(slot >= 0), one.market
    at_firm = [(held.firm[held.demand[p]], slot[p]) for p in met]
    at_expert = [(held.expert[p], slot[p]) for p in met]
    doubled = [seen for seen in (at_firm, at_expert) if len(set(seen)) < len(seen)]
    full = [s for s in range(one.slots) if (slot == s).sum() > one.tables]
    absent = [p for p in met if not one.common()[p, slot[p]]]
    return doubled + full + absent


@settings(max_examples=60, deadline=None)
@given(days())
def test_the_assignment_is_the_best_of_all(one):
    held = tightened(one)
    possible = (np.array(bits, bool) for bits in itertools.product([False, True], repeat=len(held.value)))
    best = max(worth(held, chosen) for chosen in possible if within_limits(held, chosen))
    chosen = assign(held)
    assert within_limits(held, chosen)
    assert worth(held, chosen) == best


@settings(max_examples=40, deadline=None)
@given(days())
def test_the_plan_is_the_best_that_any_timetable_holds(one):
    held = tightened(one)
    slots = (np.array(where) for where in itertools.product(range(-1, one.slots), repeat=len(held.value)))
    best = max(worth(held, slot >= 0) for slot in slots if within_limits(held, slot >= 0) and not clashes(one, slot))
    plan = arrange(one)
    assert clashes(one, plan.slot) == []
    assert within_limits(held, plan.met)
    assert worth(held, plan.met) == best
    assert plan.proven
    assert worth(held, arrange_jointly(one).slot >= 0) == best


@settings(max_examples=20, deadline=None)
@given(days(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(one, chance):
    order = np.array(chance.sample(range(len(one.market.value)), len(one.market.value)), int)
    columns = {name: getattr(one.market, name)[order] for name in ("demand", "expert", "value", "forbidden", "pinned")}
    again = arrange(replace(one, market=replace(one.market, **columns), pinned_slot=one.pinned_slot[order]))
    assert again.met.tolist() == arrange(one).met[order].tolist()


def test_nobody_goes_home_empty_handed_while_another_has_two():
    held = market([(0, 0, 9), (0, 1, 9), (1, 1, 1)], demands=2, experts=2, least=1, most=2, load_most=1)
    assert assign(held).tolist() == [True, False, True]


def test_a_minimum_load_is_met_before_the_total_grows():
    held = market([(0, 0, 9), (0, 1, 1)], demands=1, experts=2, load_least=[0, 1])
    assert assign(held).tolist() == [False, True]


def test_a_minimum_load_takes_no_first_meeting():
    held = market([(0, 0, 9), (1, 0, 9)], demands=2, experts=1, least=[1, 0], load_most=1, load_least=1)
    assert assign(held).tolist() == [True, False]


def test_a_pinned_pair_meets_whatever_the_limits_say():
    held = market([(0, 0, 1), (1, 0, 9)], demands=2, experts=1, load_most=1)
    plan = arrange(day(held, slots=2, pinned_slot=[1, -1]))
    assert plan.slot.tolist() == [1, -1]


def test_two_demands_of_one_enterprise_meet_one_after_another():
    held = market([(0, 0, 1), (1, 1, 1)], demands=2, experts=2, firm=[0, 0])
    assert sorted(arrange(day(held, slots=2)).slot.tolist()) == [0, 1]
    assert sorted(arrange(day(held, slots=1)).slot.tolist()) == [-1, 0]


def test_who_comes_late_meets_late():
    held = market([(0, 0, 1)], demands=1, experts=1)
    assert arrange(day(held, slots=3, expert_open=[[False, False, True]])).slot.tolist() == [2]


def test_experts_stay_at_their_table():
    held = market([(d, e, 1) for d in range(3) for e in range(3)], demands=3, experts=3, most=3)
    plan = arrange(day(held, slots=3, tables=3))
    tables = {(int(e), int(t)) for e, t in zip(held.expert, plan.table, strict=True)}
    assert len(tables) == 3


def test_a_day_without_anybody_is_an_empty_plan():
    empty = day(market([], demands=0, experts=0), slots=1)
    plan = arrange(empty)
    assert plan.slot.tolist() == []
    assert figures(empty, plan).meetings == 0


def test_the_figures_say_how_even_a_plan_is():
    held = market([(0, 0, 2), (1, 0, 2), (1, 1, 1)], demands=2, experts=2, load_most=1)
    one = day(held, slots=1)
    shown = figures(one, arrange(one))
    assert (shown.total, shown.alone, shown.worst) == (3, 4, 0.5)
    assert shown.evenness == pytest.approx(0.9)
