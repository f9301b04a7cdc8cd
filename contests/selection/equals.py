"""Equals that compete: everything that can become of them, and of those ranked below, whichever is preferred."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from contests.selection.quotas import Profile, Room, Usage, Way

STATES = 24
"""How many different states of the caps are followed at once. What lies beyond is left to the committee's decision."""
KINDS = 40
STEPS = 3000
"""How many kinds of equals, and how many steps of enumerating, one set of them may take."""


@dataclass(frozen=True)
class Possible:
    """Every way each member may end, and every state the caps may be in afterwards."""

    ways: list[frozenset[Way]]
    usages: frozenset[Usage]


def possible(room: Room, profiles: Sequence[Profile], usages: frozenset[Usage]) -> Possible | None:
    """What can become of equals over every order of them and every state the caps may be in; None where it is too
    much to enumerate. Members with the same profile are interchangeable, so only how many are left of each counts, and
    once one of them takes nothing from anybody, all that are left of its kind get the same."""
    kinds = list(dict.fromkeys(profiles))
    if len(kinds) > KINDS:
        return None
    counts = Counter(profiles)
    start = tuple(counts[kind] for kind in kinds)
    ways: list[set[Way]] = [set() for _ in kinds]
    seen = {(start, usage) for usage in usages}
    open_states, ends = list(seen), set()
    while open_states:
        left, usage = open_states.pop()
        if not any(left):
            ends.add(usage)
        for at, number in enumerate(left):
            if number:
                way, slots = room.way(kinds[at], usage)
                ways[at].add(way)
                state = (_without(left, at, 1 if slots else number), _with(usage, slots))
                if state not in seen:
                    seen.add(state)
                    open_states.append(state)
                if len(seen) > STEPS:
                    return None
    if len(ends) > STATES:
        return None
    by_kind = dict(zip(kinds, ways, strict=True))
    return Possible([frozenset(by_kind[profile]) for profile in profiles], frozenset(ends))


def _without(left: tuple[int, ...], at: int, number: int) -> tuple[int, ...]:
    return (*left[:at], left[at] - number, *left[at + 1:])


def _with(usage: Usage, slots: tuple[int, ...]) -> Usage:
    if not slots:
        return usage
    changed = list(usage)
    for slot in slots:
        changed[slot] += 1
    return tuple(changed)
