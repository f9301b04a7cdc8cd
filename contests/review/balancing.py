"""Which reviewer reads which entry: k reviews an entry, loads as even as the conflicts allow. Arrays in, arrays out.

The objective, in this order: every entry gets as many of the reviewers it asks for as there can be; the sum of the
squares of all loads is the least. Least squares is the most even division in every sense: no other one, sorted from
the greatest load down, comes before it (Harvey, Ladner, Lovász and Tamir 2006, "Semi-matchings for bipartite graphs
and load balancing"), so loads differ by at most one wherever that is possible at all. It is a minimum-cost flow over
whole numbers (entry → reviewer → as many steps as the reviewer could carry, each dearer than the one before), solved
exactly.

Among equally even divisions the lots decide, so that the same few reviewers do not meet on every entry: panels that mix
are what tells a strict reviewer from a weak entry (calibration.py).
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

LOTS = 1000


class Unsolvable(RuntimeError):
    """The solver gave up: figures too large for its arithmetic. A fault of the program, not of the contest."""


def lots(seed: str, entries: Sequence[str], reviewers: Sequence[str]) -> np.ndarray:
    """int (entries, reviewers), 0 ≤ lot < LOTS: drawn from the seed and the two keys, whatever their order."""
    return np.array([[int.from_bytes(hashlib.sha256(f"{seed}\n{entry}\n{reviewer}".encode()).digest()[:4]) % LOTS
                      for reviewer in reviewers] for entry in entries], np.int64).reshape(len(entries), len(reviewers))


def balance(allowed: np.ndarray, wanted: int, held: np.ndarray, lots: np.ndarray) -> np.ndarray:
    """bool (entries, reviewers): the pairs to add to those `held`, by the objective above.

    `allowed`: bool, no conflict. `wanted`: reviews an entry asks for, those it holds included. All of one shape.
    Held pairs stand, allowed or not, and count as load. Raises Unsolvable.
    """
    entries, reviewers = allowed.shape
    chosen = np.zeros(allowed.shape, bool)
    free = allowed & ~held
    need = np.minimum(np.maximum(wanted - held.sum(1), 0), free.sum(1))
    entry, reviewer = np.nonzero(free)
    if not need.sum():
        return chosen
    load, most = held.sum(0), free.sum(0)
    step_of = np.repeat(np.arange(reviewers), most)
    step = np.concatenate([np.arange(held_now, held_now + more) for held_now, more in zip(load, most, strict=True)])
    heavy = int(need.sum()) * LOTS + 1  # one step of evenness outweighs all lots together
    source, sink = entries + reviewers, entries + reviewers + 1
    tail = np.concatenate([np.full(entries, source), entry, entries + step_of])
    head = np.concatenate([np.arange(entries), entries + reviewer, np.full(len(step_of), sink)])
    capacity = np.concatenate([need, np.ones(len(entry) + len(step_of), np.int64)])
    cost = np.concatenate([np.zeros(entries, np.int64), lots[entry, reviewer], heavy * (2 * step + 1)])
    flows = _solve(tail, head, capacity, cost, source, sink, int(need.sum()))
    picked = flows[entries:entries + len(entry)] > 0
    chosen[entry[picked], reviewer[picked]] = True
    return chosen


def _solve(tail, head, capacity, cost, source: int, sink: int, supply: int) -> np.ndarray:
    """int (arcs,): the flow on each."""
    network = SimpleMinCostFlow()
    arcs = network.add_arcs_with_capacity_and_unit_cost(tail.astype(np.int32), head.astype(np.int32),
                                                        capacity.astype(np.int64), cost.astype(np.int64))
    network.set_nodes_supplies(np.array([source, sink], np.int32), np.array([supply, -supply], np.int64))
    status = network.solve()
    if status != SimpleMinCostFlow.OPTIMAL:
        raise Unsolvable(f"minimum-cost flow ended with status {status}")
    return network.flows(arcs)
