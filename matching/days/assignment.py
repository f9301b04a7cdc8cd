"""Who meets whom on a matching day: demands × experts with capacities, minimum loads and pins. Arrays in, arrays out.

The objective, in this order (each weighs more than everything after it):
1. as many demands as possible have a first meeting: nobody goes empty-handed while another has two, if that can be;
2. as many as possible of the meetings promised at least, to demands and to experts, are kept;
3. the total value of all meetings is the greatest.

It is a minimum-cost flow (source → enterprise → demand → expert → sink, and a way past them for whoever stays without),
solved exactly over whole numbers by OR-tools' cost-scaling push-relabel (Goldberg 1997, "An efficient implementation
of a scaling minimum-cost flow algorithm"). Pairs are put in order of (demand, expert): the same day, the same plan.
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

SCALE = 1000
"""Values are compared to three decimals: costs are whole numbers, so that there is no rounding in the solver."""


class Unsolvable(RuntimeError):
    """The solver gave up: figures too large for its arithmetic. A fault of the program, not of the day."""


@dataclass(frozen=True)
class Market:
    """One day's wishes. Demands, experts and enterprises are numbered from 0; a pair is one possible meeting.

    A limit below a promise counts as the promise's limit. Pinned pairs meet whatever the limits say.
    """

    demand: np.ndarray
    """int (pairs,)"""
    expert: np.ndarray
    """int (pairs,)"""
    value: np.ndarray
    """float (pairs,), ≥ 0: what a meeting is worth. Pairs that do not fit at all are left out by the caller."""
    firm: np.ndarray
    """int (demands,): the enterprise of each demand."""
    least: np.ndarray
    """int (demands,): meetings promised."""
    most: np.ndarray
    """int (demands,)"""
    load_least: np.ndarray
    """int (experts,)"""
    load_most: np.ndarray
    """int (experts,)"""
    firm_most: np.ndarray
    """int (firms,): meetings an enterprise can attend."""
    places: int
    """Meetings the whole day has room for."""
    forbidden: np.ndarray
    """bool (pairs,): same organisation, declared conflict, dismissed."""
    pinned: np.ndarray
    """bool (pairs,): a person wants this one."""


def assign(market: Market) -> np.ndarray:
    """bool (pairs,): which pairs meet, by the objective above. Raises Unsolvable."""
    order = np.argsort(market.demand * len(market.load_most) + market.expert, kind="stable")
    free = order[~(market.forbidden | market.pinned)[order]]
    chosen = market.pinned.copy()
    if free.size:
        chosen[free] = _flow(market, free)
    return chosen


def floors_met(market: Market, chosen: np.ndarray) -> tuple[int, int]:
    """(first meetings, promised meetings of both sides) that `chosen`, bool (pairs,), keeps: tiers 1 and 2."""
    got, load = counts(market, chosen)
    first = int(np.minimum(got, np.minimum(market.least, 1)).sum())
    return first, int(np.minimum(got, market.least).sum() + np.minimum(load, market.load_least).sum())


def counts(market: Market, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Meetings of each demand, int (demands,), and of each expert, int (experts,)."""
    return (np.bincount(market.demand[chosen], minlength=len(market.firm)),
            np.bincount(market.expert[chosen], minlength=len(market.load_most)))


def _flow(market: Market, free: np.ndarray) -> np.ndarray:
    """bool (free,): the pairs that carry flow once pins have taken their share of every limit."""
    got, load = counts(market, market.pinned)
    most, load_most = np.maximum(market.most - got, 0), np.maximum(market.load_most - load, 0)
    least = np.minimum(np.maximum(market.least - got, 0), most)
    first = np.where(got == 0, np.minimum(least, 1), 0)
    load_least = np.minimum(np.maximum(market.load_least - load, 0), load_most)
    at_firm = np.bincount(market.firm, weights=got, minlength=len(market.firm_most)).astype(np.int64)
    firm_most = np.maximum(market.firm_most - at_firm, 0)
    supply = max(0, min(market.places - int(got.sum()), int(firm_most.sum())))
    worth = np.round(market.value[free] * SCALE).astype(np.int64)
    kept = int(worth.max(initial=0)) * min(supply, int(most.sum())) + 1  # one promise outweighs all values together
    begun = kept * (int(least.sum() + load_least.sum()) + 1)
    demands, experts, firms = (np.arange(len(held)) for held in (most, load_most, firm_most))
    at = _Nodes(len(firms), len(demands), len(experts))
    arcs = (
        (at.source, at.firm(firms), firm_most, 0),
        (at.firm(market.firm), at.demand(demands), first, -begun - kept),
        (at.firm(market.firm), at.demand(demands), least - first, -kept),
        (at.firm(market.firm), at.demand(demands), most - least, 0),
        (at.demand(market.demand[free]), at.expert(market.expert[free]), 1, -worth),
        (at.expert(experts), at.sink, load_least, -kept),
        (at.expert(experts), at.sink, load_most - load_least, 0),
        (at.source, np.array([at.sink]), supply, 0),
    )
    return _solve(arcs, at, supply, 4)


@dataclass(frozen=True)
class _Nodes:
    """Numbers of the network's nodes: enterprises, demands, experts, source, sink."""

    firms: int
    demands: int
    experts: int

    def firm(self, which: np.ndarray) -> np.ndarray:
        return which

    def demand(self, which: np.ndarray) -> np.ndarray:
        return which + self.firms

    def expert(self, which: np.ndarray) -> np.ndarray:
        return which + self.firms + self.demands

    @property
    def source(self) -> int:
        return self.firms + self.demands + self.experts

    @property
    def sink(self) -> int:
        return self.source + 1


def _solve(arcs, at: _Nodes, supply: int, wanted: int) -> np.ndarray:
    """bool: flow on the arcs of group `wanted`. A group: tails, heads, capacities and costs that go together."""
    groups = [np.broadcast_arrays(*map(np.atleast_1d, group)) for group in arcs]
    tail, head, capacity, cost = (np.concatenate(column) for column in zip(*groups, strict=True))
    network = SimpleMinCostFlow()
    numbers = network.add_arcs_with_capacity_and_unit_cost(tail.astype(np.int32), head.astype(np.int32),
                                                           capacity.astype(np.int64), cost.astype(np.int64))
    network.set_nodes_supplies(np.array([at.source, at.sink], np.int32), np.array([supply, -supply], np.int64))
    status = network.solve()
    if status != SimpleMinCostFlow.OPTIMAL:
        raise Unsolvable(f"minimum-cost flow ended with status {status}")
    start = sum(len(group[0]) for group in groups[:wanted])
    return network.flows(numbers[start:start + len(groups[wanted][0])]) > 0
