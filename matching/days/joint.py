"""Assignment and timetable of a matching day in one whole-number programme, for days on which the clock is in the way.

One column a pair and slot in which both sides are there, and one for each kept promise. The tiers of the objective
(matching/days/assignment.py) are solved one after another: what an earlier one reached is a row of the later ones.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.days.timetable import Day, Timetable, at_most, clock_rows, solve, unpinned, with_pins

SLACK = 1e-6
"""Rounding of the solver that a later tier may give away of an earlier one."""


@dataclass(frozen=True)
class _Columns:
    """The columns: meetings (pair, slot), then first meetings of demands, promises to demands, promises to experts."""

    pair: np.ndarray
    slot: np.ndarray
    demands: int
    experts: int

    @property
    def meetings(self) -> int:
        return len(self.pair)

    @property
    def total(self) -> int:
        return self.meetings + 2 * self.demands + self.experts

    def part(self, start: int, length: int) -> np.ndarray:
        """float (total,): ones over a stretch of the columns behind the meetings."""
        marks = np.zeros(self.total)
        marks[self.meetings + start:self.meetings + start + length] = 1
        return marks


def arrange_jointly(day: Day) -> Timetable:
    """The best timetable of the day by the whole objective. Raises Unsolvable."""
    around, market = unpinned(day), day.market
    open_pairs = around.common() & ~around.market.forbidden[:, None] & (day.pinned_slot < 0)[:, None]
    columns = _Columns(*np.nonzero(open_pairs), len(market.firm), len(market.load_most))
    rows, upper = _rows(day, around, columns), _upper(day, around, columns)
    value = np.zeros(columns.total)
    value[:columns.meetings] = market.value[columns.pair]
    promises = columns.part(columns.demands, columns.demands + columns.experts)
    x, proven = np.zeros(columns.total), True
    for tier in (columns.part(0, columns.demands), promises, value):
        x, sure = solve(-tier, rows, upper, whole=columns.meetings)
        proven &= sure
        rows.append((sparse.csr_array(-tier[None, :]), np.array([-float(tier @ x) + SLACK])))
    picked = x[:columns.meetings] > 0.5
    return Timetable(with_pins(day, columns.pair[picked], columns.slot[picked]), proven)


def _rows(day: Day, around: Day, columns: _Columns) -> list:
    """The clock, every limit, and “a promise is kept only by meetings”."""
    market, n = around.market, columns.meetings
    demand, expert = market.demand[columns.pair], market.expert[columns.pair]
    clock = [*clock_rows(day, around, columns.pair, columns.slot), at_most(columns.pair, 1, n),
             at_most(demand, market.most, n), at_most(expert, market.load_most, n),
             at_most(market.firm[demand], market.firm_most, n), at_most(np.zeros(n, int), market.places, n)]
    wide = [(_widened(matrix, columns.total), limit) for matrix, limit in clock]
    return [*wide, _kept(columns, demand, 0, columns.demands), _kept(columns, demand, columns.demands, columns.demands),
            _kept(columns, expert, 2 * columns.demands, columns.experts)]


def _kept(columns: _Columns, party: np.ndarray, start: int, length: int) -> tuple[sparse.csr_array, np.ndarray]:
    """Rows “promises kept ≤ meetings held” of each party, whose promise columns begin at `start`."""
    parties = np.arange(length)
    row, column = np.concatenate([party, parties]), np.arange(columns.meetings)
    entries = np.concatenate([-np.ones(columns.meetings), np.ones(length)])
    where = (row, np.concatenate([column, columns.meetings + start + parties]))
    return sparse.csr_array((entries, where), shape=(length, columns.total)), np.zeros(length)


def _upper(day: Day, around: Day, columns: _Columns) -> np.ndarray:
    market = around.market
    begun = np.bincount(market.demand[day.pinned_slot >= 0], minlength=columns.demands) > 0
    first = np.where(begun, 0, np.minimum(market.least, 1))
    return np.concatenate([np.ones(columns.meetings), first, market.least, market.load_least])


def _widened(matrix: sparse.csr_array, columns: int) -> sparse.csr_array:
    return sparse.csr_array((matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], columns))
