"""Interleaved timing: on a shared machine only ratios of what ran side by side count."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

ROUNDS = 5
Q = TypeVar("Q")


@dataclass(frozen=True)
class Spread:
    """A figure of each round: their median, smallest and largest."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)

    @property
    def low(self) -> float:
        return min(self.rounds)

    @property
    def high(self) -> float:
        return max(self.rounds)


def interleaved(contenders: Mapping[str, Callable[[Q], object]], questions: Sequence[Q],
                   rounds: int = ROUNDS) -> dict[str, Spread]:
    """The p50 in CPU milliseconds of each contender, one figure a round, after a round that is not counted.

    CPU time of this process, all its threads: on a shared machine wall time tells who else was running.

    In every round each question goes to all contenders, one after the other, the first one changing from question to
    question: whatever else the machine does meanwhile hits them alike.
    """
    names = list(contenders)
    medians: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds + 1):
        taken: dict[str, list[float]] = {name: [] for name in names}
        for place, question in enumerate(questions):
            for name in names[place % len(names):] + names[:place % len(names)]:
                start = time.process_time()
                contenders[name](question)
                taken[name].append((time.process_time() - start) * 1e3)
        if number:
            for name in names:
                medians[name].append(statistics.median(taken[name]))
    return {name: Spread(tuple(found)) for name, found in medians.items()}


def milliseconds(act: Callable[[], object]) -> float:
    """Wall milliseconds of one call."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1e3


def ratio(above: Spread, below: Spread) -> Spread:
    """Round by round: what ran together is divided."""
    return Spread(tuple(a / b for a, b in zip(above.rounds, below.rounds, strict=True)))
