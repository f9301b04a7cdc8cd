"""How often something may be done: at once, but at a steady rate where it is asked for without end."""

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

BURST, RATE = 10, 4.0
"""Ten times at once, then four times a second: under a feed a posting is found within a quarter of a second, and the
searches between need not wait for each row of it."""
SHARE, SLICE, LONGEST_REST = 0.3, 0.002, 0.05
"""Of its time that work beside the searching may use the interpreter, and seconds at a stretch and of a rest."""
T = TypeVar("T")


class Pace:
    """A bucket of tokens: one for each time, refilled at a rate."""

    def __init__(self, burst: int = BURST, rate: float = RATE, clock: Callable[[], float] = time.monotonic):
        self._burst, self._rate, self._clock = burst, rate, clock
        self._tokens, self._at = float(burst), clock()

    def due(self) -> bool:
        """Whether it may be done now; what is answered with True counts as done."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

def gently(items: Iterator[T], share: float = SHARE, slice_seconds: float = SLICE,
           rest: Callable[[float], object] = time.sleep) -> Iterator[T]:
    """The same items, made in slices with rests between, so that other threads have the interpreter most of the time.

    What is compiled or waits for the database lets others in by itself; plain Python lets them in every 5 ms, and a
    search asks for the interpreter a dozen times.
    """
    began = time.perf_counter()
    for item in items:
        yield item
        taken = time.perf_counter() - began
        if taken >= slice_seconds:
            rest(min(LONGEST_REST, taken / share - taken))
            began = time.perf_counter()
