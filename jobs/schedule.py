"""The worker's clock: does each duty at its interval, whether or not a broker answers.

Celery's own beat only sends messages: with the broker away it does nothing, and its schedule file breaks under kill -9.
"""

import threading
import time
from collections.abc import Sequence

import structlog

from jobs.duties import DUTIES, Duty
from jobs.runtime import Runtime

AFTER_FAILURE = 10.0
"""Seconds before a duty that failed is tried again, where its own interval is shorter."""

log = structlog.get_logger()
_turns = {False: threading.Lock(), True: threading.Lock()}
"""Quick duties run one at a time in a process, slow ones too, beside them: shared by the clocks and Celery."""


def perform(duty: Duty, runtime: Runtime) -> bool:
    """Do one duty now. A failure is logged and answered with False; the next round tries again."""
    with _turns[duty.slow]:
        try:
            duty.act(runtime)
        except Exception:  # the worker outlives whatever one duty meets; doctor shows what stays undone
            log.exception("duty failed", duty=duty.name)
            return False
        return True


QUICK, SLOW = ([duty for duty in DUTIES if duty.slow is slow] for slow in (False, True))


def run(runtime: Runtime, stop: threading.Event, duties: Sequence[Duty] = QUICK) -> None:
    """Do every duty when it is due, in the order listed, until `stop` is set."""
    due = dict.fromkeys((duty.name for duty in duties), time.monotonic())
    while not stop.is_set():
        for duty in duties:
            if time.monotonic() >= due[duty.name] and not stop.is_set():
                pause = duty.seconds if perform(duty, runtime) else max(duty.seconds, AFTER_FAILURE)
                due[duty.name] = time.monotonic() + pause
        stop.wait(max(0.0, min(due.values()) - time.monotonic()))
