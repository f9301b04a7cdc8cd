"""Each goal's command runs and prints its line. What it measures is no matter here."""

import json
import os
import subprocess
import sys

import pytest

from benchmarks.command import TOPICS
from tests.support.sources import ROOT

pytestmark = pytest.mark.slow


def benchmark(*words, **environment) -> str:
    return subprocess.run([sys.executable, "-m", "benchmarks", *words], cwd=ROOT, text=True, check=True, timeout=300,
                          capture_output=True, env={**os.environ, **environment}).stdout


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.goals[0])
def test_a_goal_prints_its_ratio_verdict_and_command(topic, tmp_path):
    growing = ("--size", "400", "--kind", "clustered") if "P4" in topic.goals else ()
    said = benchmark(*topic.goals, "--size", "300", *growing, "--rounds", "1", "--out", str(tmp_path))
    assert "ended with" not in said  # a topic that broke is no peer that is not installed
    kept = json.loads(next(tmp_path.glob("*.json")).read_text())["results"]
    for goal in topic.goals:
        line = next(line for line in said.splitlines() if line.startswith(f"{goal} "))
        assert any(word in line for word in ("pass", "falls short", "measured", "not run")), line
        ran = [one for one in kept if one["goal"] == goal]
        assert ran
        if any(one["value"] is not None for one in ran):  # a peer that is not installed is not run
            assert f"python -m benchmarks {goal} --size 300" in said


def test_a_goal_that_cannot_be_measured_is_not_run_and_never_passed(tmp_path):
    assert "not run" in benchmark("page", "--out", str(tmp_path), BENCHMARK_DATA=str(tmp_path / "missing"))
