"""One parent that keeps its children running: whichever dies is started again, and all stop together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence

import structlog

PR_SET_PDEATHSIG = 1
STEADY_SECONDS = 10.0
"""A child that lived this long had started well: its next restart comes at once."""
LONGEST_PAUSE = 30.0
LOOK_SECONDS = 0.2
DRAIN_SECONDS = 30.0

log = structlog.get_logger()


def _end_with_parent() -> None:
    """In a fresh child: have the kernel stop it when the parent is killed, so that no orphan keeps the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One supervised command, in a process group of its own."""

    def __init__(self, name: str, command: Sequence[str], environment: dict[str, str] | None = None):
        self.name, self.command, self.environment = name, list(command), environment
        self.process: subprocess.Popen | None = None
        self.started = self.pause = self.next_start = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, env={**os.environ, **(self.environment or {})},
                                        start_new_session=True, preexec_fn=_end_with_parent)
        log.info("started", process=self.name, pid=self.process.pid)

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def look(self) -> None:
        """Start the child when it is due; when it has died, clear what it left and set the time of its restart."""
        if self.running():
            return
        if self.process is not None:
            log.error("process ended", process=self.name, pid=self.process.pid, code=self.process.returncode)
            self.signal(signal.SIGKILL)  # its own children, if it was killed before it could stop them
            steady = time.monotonic() - self.started >= STEADY_SECONDS
            self.pause = 0.0 if steady else min(LONGEST_PAUSE, self.pause * 2 or 0.5)
            self.next_start, self.process = time.monotonic() + self.pause, None
        if time.monotonic() >= self.next_start:
            self.start()

    def signal(self, number: int) -> None:
        """Signal the whole group. Nothing happens where nobody is left in it."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def ask_to_stop(self) -> None:
        """Have the child finish what it has in hand and end."""
        if self.running():
            self.process.terminate()

    def stop(self, deadline: float) -> None:
        """Wait for the child to end as asked; kill what still runs at `deadline` (monotonic seconds)."""
        self.ask_to_stop()
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        self.signal(signal.SIGKILL)
        self.process.wait()


def supervise(children: Sequence[Child], started: Callable[[], None] = lambda: None) -> None:
    """Run the children until SIGTERM or SIGINT, then let them finish what they have in hand."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    for child in children:
        child.look()
    started()
    while not stop.wait(LOOK_SECONDS):
        for child in children:
            child.look()
    deadline = time.monotonic() + DRAIN_SECONDS
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop(deadline)
