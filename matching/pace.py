"""How often something may be done: at once, but at a steady rate where it is asked for without end."""

import time
from collections.abc import Callable

BURST, RATE = 10, 4.0
"""Ten times at once, then four times a second: under a feed a posting is found within a quarter of a second, and the
searches between need not wait for each row of it."""


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
