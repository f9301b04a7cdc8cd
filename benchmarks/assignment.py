"""P10: balanced assignment of 10,000 demands × 10,000 experts, and a whole matching day with its timetable.

    python -m benchmarks.assignment            # 10k × 10k against the dense optimum: about two minutes, 2 GB
    python -m benchmarks.assignment --size 2000

Scores are cosines of random directions in 32 dimensions; each demand brings its 50 nearest experts. The optimum is that
of the full matrix (scipy's linear_sum_assignment), so the candidates left out count as loss. CPU seconds of
this process, which runs on one core (the machine may be shared), median of five rounds; wall seconds beside them.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click
import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.assignment import Market, assign
from matching.matching_day import arrange, figures
from matching.timetable import Day

CANDIDATES, DIMENSIONS, ROUNDS, SEED = 50, 32, 5, 20261126
GOAL_SECONDS, GOAL_SHARE = 2.0, 0.99


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


@dataclass(frozen=True)
class Timing:
    """Medians of the rounds in seconds; `spread`: between the slowest and the quickest by CPU."""

    cpu: float
    spread: float
    wall: float

    def __str__(self) -> str:
        return f"{self.cpu:.2f} s CPU (spread {self.spread:.2f}; {self.wall:.2f} s wall)"


def timed(act: Callable[[], Any]) -> tuple[Timing, Any]:
    """How long five rounds of `act` took, and what it gave."""
    cpu, wall, given = [], [], None
    for _ in range(ROUNDS):
        started = time.process_time(), time.perf_counter()
        given = act()
        cpu.append(time.process_time() - started[0])
        wall.append(time.perf_counter() - started[1])
    return Timing(statistics.median(cpu), max(cpu) - min(cpu), statistics.median(wall)), given


def p10(size: int) -> tuple[Timing, float]:
    """The time of the balanced assignment, and its share of the dense optimum."""
    scores = cosines(size, np.random.default_rng(SEED))
    held = market(scores)
    timing, chosen = timed(lambda: assign(held))
    row, column = linear_sum_assignment(scores, maximize=True)
    return timing, float(held.value[chosen].sum() / scores[row, column].sum())


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


@click.command()
@click.option("--size", default=10_000, show_default=True)
def main(size: int) -> None:
    timing, share = p10(size)
    met = timing.cpu <= GOAL_SECONDS and share >= GOAL_SHARE
    click.echo(f"P10 {size} × {size}, {CANDIDATES} candidates: {timing}, share of the optimum {share:.4f}; "
               f"goal ≤ {GOAL_SECONDS} s at ≥ {GOAL_SHARE}: {'pass' if met else 'fall short'}")
    for numbers in ((60, 30, 8, 20), (200, 120, 12, 40), (300, 120, 12, 60)):
        one = matching_day(*numbers)
        timing, plan = timed(lambda one=one: arrange(one))
        shown = figures(one, plan)
        click.echo("day {} demands × {} experts × {} slots × {} tables: ".format(*numbers)
                   + f"{timing}, {shown.meetings} meetings, {shown.total / shown.alone:.3f} of the unconstrained "
                   f"optimum, evenness {shown.evenness:.3f}, worst {shown.worst:.2f}, "
                   f"{'proven best' if plan.proven else 'not proven'}")


if __name__ == "__main__":
    main()
