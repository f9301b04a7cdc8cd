"""The worker process: Celery in one thread, the clocks in others. `jiebang serve` starts it; so may an operator."""

import threading

import structlog
from celery import signals

import jobs.tasks  # noqa: F401 - registers the tasks
from jobs import logs, schedule
from jobs.broker import make_celery
from jobs.runtime import runtime

STOP_SECONDS = 20

log = structlog.get_logger()


def main() -> None:
    """Work until told to stop (SIGTERM finishes what is in hand)."""
    here = runtime()
    logs.configure(here.settings.log_level)
    stop = threading.Event()
    clocks = [threading.Thread(target=schedule.run, args=(here, stop, duties), name=name, daemon=True)
              for name, duties in (("clock", schedule.QUICK), ("slow clock", schedule.SLOW))]
    signals.worker_shutting_down.connect(lambda **_: stop.set(), weak=False)
    for clock in clocks:
        clock.start()
    try:
        make_celery(here.settings).worker_main([
            "--quiet", "worker", "--pool=solo", f"--loglevel={here.settings.log_level}", "--without-gossip",
            "--without-mingle", "--without-heartbeat"])
    finally:
        stop.set()
        clocks[0].join(STOP_SECONDS)  # the slow one may be in the middle of minutes of work, which is safe to lose
        log.info("worker stopped")


if __name__ == "__main__":
    main()
