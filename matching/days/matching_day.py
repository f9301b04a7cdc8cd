"""A whole matching day: who meets whom, when and where, and how fair it came out. Arrays in, arrays out.

First the assignment alone, which is the best that any timetable could hold (a bound), then its timetable. Mostly all of
it finds a slot, and then the plan is optimal. Where the clock gets in the way, both are solved together, exactly.
"""

from dataclasses import dataclass

import numpy as np

from matching.days.assignment import assign
from matching.days.joint import arrange_jointly
from matching.days.timetable import Day, place, seat, tightened


@dataclass(frozen=True)
class Plan:
    """`slot`, `table`: int (pairs,), -1 for pairs that do not meet. `proven`: no plan is better by the objective."""

    slot: np.ndarray
    table: np.ndarray
    proven: bool

    @property
    def met(self) -> np.ndarray:
        return self.slot >= 0


@dataclass(frozen=True)
class Figures:
    """How good and how even a plan is. Contentment of a demand: the value it got over the best it could have alone."""

    meetings: int
    total: float
    alone: float
    """The total if every demand had the whole day to itself: the unconstrained optimum."""
    contentment: np.ndarray
    """float (demands,), 0..1; NaN for demands that nobody fits."""
    evenness: float
    """Jain's index of contentment (1984): 1 where all are equally content, 1/n where one has everything."""

    @property
    def worst(self) -> float:
        known = self.contentment[~np.isnan(self.contentment)]
        return float(known.min()) if known.size else 0.0


def arrange(day: Day, tables: np.ndarray | None = None) -> Plan:
    """The plan of the day. `tables`: int (pairs,), the table a pinned pair keeps, -1 for none."""
    market = tightened(day)
    chosen = assign(market)
    timetable = place(day, chosen)
    if (timetable.slot >= 0).sum() < chosen.sum():
        timetable = arrange_jointly(day)
    met = np.flatnonzero(timetable.slot >= 0)
    table = np.full(len(chosen), -1)
    held = np.full(len(chosen), -1) if tables is None else tables
    table[met] = seat(day.market.expert[met], timetable.slot[met], day.tables, held[met])
    return Plan(timetable.slot, table, timetable.proven)


def figures(day: Day, plan: Plan) -> Figures:
    """What the plan is worth, against every demand alone with the experts it fits."""
    market = day.market
    usable = ~market.forbidden | plan.met
    best = np.zeros(len(market.firm))
    order = np.lexsort((-market.value, market.demand))
    order = order[usable[order]]
    rank = np.arange(len(order)) - np.searchsorted(market.demand[order], market.demand[order])
    top = order[rank < market.most[market.demand[order]]]
    np.add.at(best, market.demand[top], market.value[top])
    got = np.bincount(market.demand[plan.met], weights=market.value[plan.met], minlength=len(best))
    with np.errstate(invalid="ignore", divide="ignore"):
        contentment = np.where(best > 0, np.minimum(1.0, got / best), np.nan)
    known = contentment[~np.isnan(contentment)]
    square = float((known ** 2).sum())
    return Figures(int(plan.met.sum()), float(got.sum()), float(best.sum()), contentment,
                   float(known.sum()) ** 2 / (len(known) * square) if square else 0.0)
