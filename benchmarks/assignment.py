"""P10: balanced assignment of 10,000 demands × 10,000 experts, and a whole matching day with its timetable.

    python -m benchmarks P10 --size 10000      # against the dense optimum: about two minutes, 2 GB

Scores are cosines of random directions in 32 dimensions; each demand brings its 50 nearest experts. The optimum is that
of the full matrix (scipy's linear_sum_assignment), so the candidates left out count as loss. CPU seconds of
this process, which runs on one core (the machine may be shared), median of the rounds; wall seconds beside them.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.command import Options
from benchmarks.results import Result, found
from benchmarks.rounds import Spread
from matching.days.assignment import Market, assign
from matching.days.matching_day import arrange, figures
from matching.days.timetable import Day

CANDIDATES, DIMENSIONS, SEED = 50, 32, 20261126
DAYS = ((60, 30, 8, 20), (200, 120, 12, 40), (300, 120, 12, 60))
"""Demands, experts, slots, tables."""


def cosines(size: int, chance: np.random.Generator) -> np.ndarray:
    """float32 (size, size): every demand against every expert."""
    sides = chance.normal(size=(2, size, DIMENSIONS)).astype(np.float32)
    sides /= np.linalg.norm(sides, axis=2, keepdims=True)
    return sides[0] @ sides[1].T


def market(scores: np.ndarray) -> Market:
    """One meeting for everybody: each demand with its best candidates, each expert taking one."""
    size, kept = len(scores), min(CANDIDATES, len(scores) - 1)
    expert = np.argpartition(-scores, kept, axis=1)[:, :kept].ravel()
    demand = np.repeat(np.arange(size), kept)
    value = np.maximum(scores[demand, expert], 0).astype(float)
    none, one = np.zeros(size, int), np.ones(size, int)
    false = np.zeros(len(value), bool)
    return Market(demand, expert, value, np.arange(size), none, one, none, one, one, size, false, false)


def timed(act: Callable[[], Any], rounds: int) -> tuple[Spread, Spread, Any]:
    """CPU and wall seconds of each round, and what the last one gave."""
    cpu, wall, given = [], [], None
    for _ in range(rounds):
        started = time.process_time(), time.perf_counter()
        given = act()
        cpu.append(time.process_time() - started[0])
        wall.append(time.perf_counter() - started[1])
    return Spread(tuple(cpu)), Spread(tuple(wall)), given


def p10(size: int, rounds: int) -> Iterator[Result]:
    """The time of the balanced assignment, and its share of the dense optimum."""
    scores = cosines(size, np.random.default_rng(SEED))
    held = market(scores)
    cpu, wall, chosen = timed(lambda: assign(held), rounds)
    row, column = linear_sum_assignment(scores, maximize=True)
    yield found("P10", size, f"{CANDIDATES} candidates", cpu,
                f"CPU; {wall.median:.2f} s wall, {chosen.sum():,} meetings")
    share = float(held.value[chosen].sum() / scores[row, column].sum())
    yield found("P10b", size, f"{CANDIDATES} candidates", Spread((share,)), "of the optimum over all pairs, by scipy")


def matching_day(demands: int, experts: int, slots: int, tables: int) -> Day:
    """A day as the staff page makes it: 15 candidates a demand, 1–2 meetings each, nine of ten there at any slot."""
    chance = np.random.default_rng(SEED)
    pairs = [(d, e) for d in range(demands) for e in sorted(chance.choice(experts, min(15, experts), replace=False))]
    demand, expert = np.array(pairs).T
    firm = np.unique(chance.integers(0, demands * 3 // 4, demands), return_inverse=True)[1]
    false, firms = np.zeros(len(pairs), bool), int(firm.max()) + 1
    held = Market(demand, expert, chance.uniform(1, 2, len(pairs)), firm, np.full(demands, 1), np.full(demands, 2),
                  np.full(experts, 1), np.full(experts, 6), np.full(firms, slots), slots * tables, false, false)
    return Day(held, chance.random((firms, slots)) < 0.9, chance.random((experts, slots)) < 0.9, tables,
               np.full(len(pairs), -1))


def days(rounds: int) -> Iterator[Result]:
    """Whole matching days, with their timetables: measured, no goal of shared/docs/performance.md."""
    for numbers in DAYS:
        one = matching_day(*numbers)
        cpu, _, plan = timed(lambda one=one: arrange(one), rounds)
        shown = figures(one, plan)
        yield found("day", numbers[0], "demands × {1} experts × {2} slots × {3} tables".format(*numbers), cpu,
                    f"CPU; {shown.meetings} meetings, {shown.total / shown.alone:.3f} of the unconstrained optimum, "
                    f"evenness {shown.evenness:.3f}, worst {shown.worst:.2f}, "
                    f"{'proven best' if plan.proven else 'not proven'}")


def measure(options: Options) -> Iterator[Result]:
    for size in options.sizes if "P10" in options.goals else ():
        yield from p10(size, options.rounds)
    if "day" in options.goals:
        yield from days(options.rounds)
