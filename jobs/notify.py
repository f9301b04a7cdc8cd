"""Waking the worker after a commit. A nudge, nothing more: with the broker away the worker's own round comes anyway."""

import functools
import time

import structlog
from celery import Celery
from kombu.exceptions import OperationalError

from jobs.broker import QUEUE, make_celery
from settings import Settings

STALE_SECONDS = 30
"""A nudge that nobody took in this time is dropped: the worker's round has long been there."""
SILENCE_SECONDS = 30.0
"""How long a broker that failed is left alone, so that no request waits for it twice."""

log = structlog.get_logger()


class Waker:
    """Sends nudges over one broker, and stops for a while when it does not answer."""

    def __init__(self, celery: Celery):
        self.celery = celery
        self.silent_until = 0.0

    def wake(self, task: str) -> bool:
        """Ask the worker to run `task` now; whether the broker took the message. Never raises for a broker away."""
        if time.monotonic() < self.silent_until:
            return False
        try:
            self.celery.send_task(task, queue=QUEUE, expires=STALE_SECONDS, retry=False, ignore_result=True)
        except (OperationalError, OSError, ValueError) as error:  # ValueError: a control file read half written
            self.silent_until = time.monotonic() + SILENCE_SECONDS
            log.warning("broker does not answer; the worker's own round will do", error=repr(error))
            return False
        return True


@functools.cache
def waker(settings: Settings) -> Waker:
    return Waker(make_celery(settings))


def outbox_changed(settings: Settings) -> bool:
    """Have the worker look at the outbox now."""
    return waker(settings).wake("jobs.drain_outbox")


def sheets_waiting(settings: Settings) -> bool:
    """Have the worker look at the sheets now."""
    return waker(settings).wake("jobs.bring_in_sheets")


def plan_requested(settings: Settings) -> bool:
    """Have the worker arrange the matching day now."""
    return waker(settings).wake("jobs.arrange_meetings")
