"""How a lifecycle fits the rest of its definition: the phases, rules and other lifecycles that it names are there."""

from collections.abc import Iterable

from contests.lifecycles.lifecycle import Lifecycle
from contests.parts import Misplaced


def fits(lifecycle: Lifecycle, others: Iterable[Lifecycle], phases: set[str], quotas: set[str], unique: set[str],
         at: int) -> None:
    """Misplaced, with the path from the definition, for the first name that leads nowhere.

    `quotas` and `unique` are the codes of the definition's rules of those kinds; `at` is the lifecycle's own place.
    """
    for number, move in enumerate(lifecycle.moves):
        if move.phase is not None and move.phase not in phases:
            raise Misplaced(f"没有“{move.phase}”这个阶段", "lifecycles", at, "moves", number, "phase")
    for number, state in enumerate(lifecycle.states):
        for code in state.takes:
            if code not in quotas:
                raise Misplaced(f"没有“{code}”这条名额规则", "lifecycles", at, "states", number, "takes")
    if lifecycle.unique is not None and lifecycle.unique not in unique:
        raise Misplaced(f"没有“{lifecycle.unique}”这条唯一规则", "lifecycles", at, "unique")
    _parent_fits(lifecycle, others, at)


def _parent_fits(lifecycle: Lifecycle, others: Iterable[Lifecycle], at: int) -> None:
    parent = next((other for other in others if other.code == lifecycle.parent), None)
    if lifecycle.parent is not None and (parent is None or parent is lifecycle):
        raise Misplaced(f"没有“{lifecycle.parent}”这个流程", "lifecycles", at, "parent")
    if (lifecycle.meets is None) != (lifecycle.met_in is None):
        raise Misplaced("meets 和 met_in 要一起写", "lifecycles", at, "code")
    if lifecycle.meets is None:
        return
    recurring = {clock.code for clock in parent.clocks if clock.recurring} if parent else set()
    if lifecycle.meets not in recurring:
        raise Misplaced(f"上级流程没有“{lifecycle.meets}”这个周期时限", "lifecycles", at, "meets")
    if lifecycle.met_in not in {state.code for state in lifecycle.states}:
        raise Misplaced(f"没有“{lifecycle.met_in}”这个状态", "lifecycles", at, "met_in")
