"""The product as it runs: `jiebang serve` in a process of its own, over a database of the test's own."""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

import psutil

from models.database import Database
from tests.support.sources import ROOT

PATIENCE = 120.0
"""Seconds: a busy machine loads the site in a few, and the model in a few more."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(holds: Callable[[], object], what: str, seconds: float = PATIENCE):
    """Wait for `holds()` to be true and return it; a failure names what was waited for."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(0.05)
    return found


class RunningSite:
    """Site and worker over one database. `kill` is kill -9."""

    def __init__(self, folder: pathlib.Path, database_url: str):
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = Database.connect(database_url)
        self.environment = {**os.environ, "JIEBANG_DATA_DIR": str(folder / "data"),
                            "JIEBANG_DATABASE_URL": database_url, "JIEBANG_RATE_LIMITS": "false",
                            "JIEBANG_LOG_LEVEL": "WARNING", "OMP_NUM_THREADS": "1"}
        self.process: subprocess.Popen | None = None

    def start(self) -> "RunningSite":
        with (self.folder / "serve.log").open("ab") as output:
            self.process = subprocess.Popen([sys.executable, "-m", "cli", "serve", "--port", str(self.port)], cwd=ROOT,
                                            env=self.environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            until(self.answers, "the site to answer")
        except AssertionError as error:
            self.stop()
            raise AssertionError(f"{error}; it said: {self.said()}") from error
        return self

    def said(self) -> str:
        return (self.folder / "serve.log").read_text(errors="replace")[-2000:]

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/login", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def pid(self, part: str) -> int | None:
        """The process of `granian` or `jobs.worker`, None while it is being started."""
        children = psutil.Process(self.process.pid).children()
        return next((child.pid for child in children if child.is_running() and part in " ".join(child.cmdline())), None)

    def kill(self, part: str) -> None:
        os.kill(until(lambda: self.pid(part), f"{part} to run"), signal.SIGKILL)

    def kill_all(self) -> None:
        """Kill the parent; its children must end by themselves."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.kill()
        self.process.wait()
        _, left = psutil.wait_procs(children, timeout=PATIENCE)
        assert left == []

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)
        self.database.engine.dispose()
