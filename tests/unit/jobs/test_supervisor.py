"""The parent starts again what dies, takes its orphans with it, and stops all when told."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from jobs.supervisor import Child
from tests.support.sources import ROOT

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
PARENT = """
import pathlib, subprocess, sys, time
pathlib.Path(sys.argv[1]).write_text(str(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid))
time.sleep(60)
"""


def until(holds, seconds: float = 10.0):
    """Wait until `holds()` is true; fails after `seconds`."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return found


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.fixture
def child():
    child = Child("sleeper", SLEEPER)
    yield child
    child.stop(time.monotonic())


def test_a_killed_child_is_started_again(child):
    child.look()
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    until(lambda: (child.look() or child.running()) and child.process.pid != first)


def test_a_child_that_keeps_dying_is_started_less_and_less_often():
    child = Child("broken", [sys.executable, "-c", "raise SystemExit(1)"])
    for _ in range(3):
        child.next_start = 0.0
        child.look()
        child.process.wait()
        child.look()
    assert child.pause == 2.0
    assert child.process is None


def test_what_a_killed_child_left_running_is_ended_too(tmp_path):
    child = Child("parent", [sys.executable, "-c", PARENT, str(tmp_path / "pid")])
    child.look()
    orphan = int(until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text()))
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.wait()
    child.next_start = float("inf")
    child.look()
    until(lambda: gone(orphan))
    child.stop(time.monotonic())


def test_stopping_asks_first_and_kills_at_the_deadline():
    ignore = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
    stubborn = Child("stubborn", [sys.executable, "-c", ignore])
    stubborn.look()
    time.sleep(0.3)
    began = time.monotonic()
    stubborn.stop(began + 0.3)
    assert not stubborn.running()
    assert time.monotonic() - began < 5


def test_children_end_with_a_parent_that_is_killed(tmp_path):
    code = ("import sys, time; from jobs.supervisor import Child; "
            f"child = Child('sleeper', {SLEEPER!r}); child.look(); "
            "print(child.process.pid, flush=True); time.sleep(60)")
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    lines = iter(parent.stdout.readline, "")
    grandchild = int(next(line for line in lines if line.strip().isdigit()))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until(lambda: gone(grandchild))
