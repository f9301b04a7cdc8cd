"""When and at which table: the meetings of a matching day in slots. Arrays in, arrays out.

Everybody is in one place at a time: an enterprise (one person may look after several demands) and an expert have at
most one meeting a slot, within the slots in which they are there; a slot holds as many meetings as there are tables.
This is the list edge colouring of a bipartite graph with bounded colours. It is solved exactly as a whole-number
programme by HiGHS (through scipy): what does not fit comes out as unplaced, and no other timetable holds more.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from matching.days.assignment import Market, Unsolvable, counts

SECONDS = 60.0
"""After this the best timetable found so far is taken, and not called proven."""


@dataclass(frozen=True)
class Day:
    """A market and its clock."""

    market: Market
    firm_open: np.ndarray
    """bool (firms, slots)"""
    expert_open: np.ndarray
    """bool (experts, slots)"""
    tables: int
    pinned_slot: np.ndarray
    """int (pairs,): the slot of a pinned pair, -1 for all others."""

    @property
    def slots(self) -> int:
        return self.firm_open.shape[1]

    def common(self) -> np.ndarray:
        """bool (pairs, slots): when both sides of each pair are there."""
        return self.firm_open[self.market.firm[self.market.demand]] & self.expert_open[self.market.expert]


@dataclass(frozen=True)
class Timetable:
    """`slot`: int (pairs,), -1 for pairs that do not meet. `proven`: no other timetable does better."""

    slot: np.ndarray
    proven: bool


def tightened(day: Day) -> Market:
    """The market with what the clock alone forbids: nobody has more meetings than slots, each pair a common one."""
    market = day.market
    return replace(
        market, firm_most=np.minimum(market.firm_most, day.firm_open.sum(1)),
        load_most=np.minimum(market.load_most, day.expert_open.sum(1)),
        places=min(market.places, day.slots * day.tables), pinned=day.pinned_slot >= 0,
        forbidden=market.forbidden | ~day.common().any(1))


def unpinned(day: Day) -> Day:
    """The day that is left around the pins: their slots taken, their share of every promise and limit used up."""
    market, slot = day.market, day.pinned_slot
    held = slot >= 0
    got, load = counts(market, held)
    firm_open, expert_open = day.firm_open.copy(), day.expert_open.copy()
    firm_open[market.firm[market.demand[held]], slot[held]] = False
    expert_open[market.expert[held], slot[held]] = False
    used = np.bincount(market.firm, weights=got, minlength=len(market.firm_most)).astype(np.int64)
    rest = replace(market, least=np.maximum(market.least - got, 0), most=np.maximum(market.most - got, 0),
                   load_least=np.maximum(market.load_least - load, 0), forbidden=market.forbidden | held,
                   load_most=np.maximum(market.load_most - load, 0), firm_most=np.maximum(market.firm_most - used, 0),
                   places=max(0, market.places - int(held.sum())), pinned=np.zeros_like(held))
    return Day(rest, firm_open, expert_open, day.tables, np.full_like(slot, -1))


def place(day: Day, chosen: np.ndarray) -> Timetable:
    """Slots for the pairs `chosen`, bool (pairs,): as many as go, the early slots first. Pins keep theirs."""
    around = unpinned(day)
    pair, slot = np.nonzero(around.common() & (chosen & (day.pinned_slot < 0))[:, None])
    rows = [at_most(pair, 1, len(pair)), *clock_rows(day, around, pair, slot)]
    early = slot / (2.0 * max(1, day.slots) * max(1, len(chosen)))  # all together less than one meeting
    x, proven = solve(early - 1, rows, np.ones(len(pair)))
    return Timetable(with_pins(day, pair[x > 0.5], slot[x > 0.5]), proven)


def clock_rows(day: Day, around: Day, pair: np.ndarray, slot: np.ndarray) -> list:
    """The rows every timetable obeys: one meeting a slot for each side, and no more meetings in it than tables."""
    market, n = around.market, len(pair)
    free = day.tables - np.bincount(day.pinned_slot[day.pinned_slot >= 0], minlength=day.slots)
    return [at_most(market.firm[market.demand[pair]] * day.slots + slot, 1, n),
            at_most(market.expert[pair] * day.slots + slot, 1, n),
            at_most(slot, np.maximum(free, 0), n)]


def at_most(group: np.ndarray, limit, columns: int) -> tuple[sparse.csr_array, np.ndarray]:
    """Rows “no more than `limit` of each group”. `limit`: one number, or an array indexed by the group's number."""
    names, row = np.unique(group, return_inverse=True)
    matrix = sparse.csr_array((np.ones(len(group)), (row, np.arange(len(group)))), shape=(len(names), columns))
    return matrix, np.broadcast_to(limit, names.shape) if np.ndim(limit) == 0 else np.asarray(limit)[names]


def solve(cost: np.ndarray, rows: list, upper: np.ndarray, whole: int | None = None) -> tuple[np.ndarray, bool]:
    """Minimise `cost` @ x with rows ≤ their limits, 0 ≤ x ≤ upper, the first `whole` x (all by default) whole numbers.

    Returns x, float (columns,), and whether it is proven best. Raises Unsolvable.
    """
    if not len(cost):
        return np.zeros(0), True
    matrix, limit = sparse.vstack([row for row, _ in rows]), np.concatenate([bound for _, bound in rows])
    integral = np.arange(len(cost)) < (len(cost) if whole is None else whole)
    found = milp(cost, constraints=LinearConstraint(matrix, -np.inf, limit), integrality=integral.astype(int),
                 bounds=Bounds(0, upper), options={"time_limit": SECONDS, "mip_rel_gap": 1e-7})
    if found.x is None:
        raise Unsolvable(f"HiGHS: {found.message}")
    return found.x, found.status == 0


def with_pins(day: Day, pair: np.ndarray, slot: np.ndarray) -> np.ndarray:
    """int (pairs,): the slots of the pins and of these pairs, -1 elsewhere."""
    placed = day.pinned_slot.copy()
    placed[pair] = slot
    return placed


def seat(expert: np.ndarray, slot: np.ndarray, tables: int, held: np.ndarray) -> np.ndarray:
    """int (meetings,): a table for each meeting, so that experts stay at theirs and the enterprises walk.

    Meetings with `held` ≥ 0 keep that table. The rest take the expert's last table where it is free, else the lowest.
    """
    table = np.where(held >= 0, held, -1)
    home = {int(expert[i]): int(held[i]) for i in np.flatnonzero(held >= 0)}
    for when in np.unique(slot):
        now = np.flatnonzero(slot == when)
        free = sorted(set(range(tables)) - set(table[now].tolist()))
        for i in sorted(now[table[now] < 0].tolist(), key=lambda i: (home.get(int(expert[i])) not in free, expert[i])):
            mine = home.get(int(expert[i]))
            table[i] = mine if mine in free else _unclaimed(free, home)
            free.remove(int(table[i]))
            home[int(expert[i])] = int(table[i])
    return table


def _unclaimed(free: list[int], home: dict[int, int]) -> int:
    """The lowest free table that nobody calls theirs, or simply the lowest."""
    claimed = set(home.values())
    return next((one for one in free if one not in claimed), free[0])
