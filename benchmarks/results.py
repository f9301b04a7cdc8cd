"""What a benchmark found: one line on the screen, one row of JSON, one row of the table in docs/benchmarks.md."""

import dataclasses
import datetime as dt
import json
import os
import pathlib
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version

from benchmarks.rounds import Spread

PASS, SHORT, NOT_RUN, MEASURED = "pass", "falls short", "not run", "measured"
LIBRARIES = ("faiss-cpu", "numpy", "numba", "jieba")


@dataclass(frozen=True)
class Goal:
    """What is measured, and what it may be at most, or with `at_least` at least. P1 to P10 are those of
    shared/docs/performance.md, L1 to L5 those of shared/docs/trust.md, C1 that of the contests, S1 that of sheets;
    without `limit` there is no goal."""

    id: str
    title: str
    limit: float | None = None
    at_least: bool = False
    unit: str = ""

    @property
    def said(self) -> str:
        """The limit in words."""
        return "" if self.limit is None else f"{'≥' if self.at_least else '≤'} {figure(self.limit)}{unit(self)}"

    def met(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit

    def margin(self, value: float) -> float:
        """How far from the limit, as a share of it; negative is on the wrong side."""
        return (value - self.limit) / self.limit * (1 if self.at_least else -1)


GOALS = {goal.id: goal for goal in (
    Goal("P1", "hybrid search ÷ its two legs alone", 1.25),
    Goal("P2", "hybrid search ÷ txtai", 0.1),
    Goal("P2b", "overlap of the ten best with the exact legs fused alike", 0.95, at_least=True),
    Goal("P3", "hybrid search ÷ raw faiss + bm25s", 1.3),
    Goal("P4", "exponent of growth", 0.6),
    Goal("P5", "recall of the ten nearest", 0.95, at_least=True),
    Goal("P6", "memory a document", 1000, unit="B"),
    Goal("P7", "bulk import ÷ its floor, rows a second", 0.5, at_least=True),
    Goal("S1", "a sheet brought in ÷ reading, tokenising, embedding it", 1.5),
    Goal("P8", "until a new posting is found, p95", 1.0, unit="s"),
    Goal("P8b", "search during a feed ÷ search without", 1.2),
    Goal("P9", "HTTP recommendation beyond the same in process", 0.4, unit="ms"),
    Goal("P10", "assignment 10,000 × 10,000", 2.0, unit="s"),
    Goal("P10b", "share of the optimal total", 0.99, at_least=True),
    Goal("day", "a matching day with its timetable", unit="s"),
    Goal("page", "a page on real texts, CPU", unit="ms"),
    Goal("C1", "entries ranked and selected under caps", 2.0, unit="s"),
    Goal("L1", "appends a second, eight writers", 500, at_least=True),
    Goal("L2", "append, p99", 100, unit="ms"),
    Goal("L3", "proof in a log of a million", 50, unit="ms"),
    Goal("L4", "root rebuilt from a million", 5, unit="s"),
    Goal("L5", "dossier of 50 entries", 2, unit="s"),
)}


@dataclass(frozen=True)
class Result:
    """One measured figure. `value` is the median of the rounds, `low` and `high` their ends; None where nothing ran."""

    goal: str
    size: int
    variant: str
    value: float | None
    low: float | None = None
    high: float | None = None
    detail: str = ""
    command: str = ""
    judged: bool = True
    """False: printed for what it shows, outside the goal (a kind of data that the goal does not name)."""
    figures: dict[str, float] = dataclasses.field(default_factory=dict)
    """What else was measured, by name and unit: docs/growth.md reckons with some of it."""

    @property
    def status(self) -> str:
        if self.value is None:
            return NOT_RUN
        if GOALS[self.goal].limit is None:
            return MEASURED
        return PASS if GOALS[self.goal].met(self.value) else SHORT

    def line(self) -> str:
        goal = GOALS[self.goal]
        if self.value is None:
            return f"{self.goal:<4} {NOT_RUN:<11} {goal.title}: {self.detail}"
        ends = f" ({figure(self.low)}–{figure(self.high)})" if self.low is not None else ""
        note = "" if self.judged else " [not judged]"
        return (f"{self.goal:<4} {self.status:<11} {goal.title}: {figure(self.value)}{ends}{unit(goal)}"
                f"{goal.said and ', goal ' + goal.said} · {self.size:,} {self.variant}{note} · {self.detail}\n"
                f"     {self.command}")


def found(goal: str, size: int, variant: str, spread: Spread, detail: str = "", **more) -> Result:
    return Result(goal, size, variant, spread.median, spread.low, spread.high, detail, **more)


def not_run(goal: str, size: int, why: str) -> Result:
    return Result(goal, size, "", None, detail=why)


def figure(value: float) -> str:
    """Three digits that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def unit(goal: Goal) -> str:
    return f" {goal.unit}" if goal.unit else ""


def worst(results: Iterable[Result]) -> Result:
    """The one that decides whether a goal is met: what did not run, else what lies furthest on the wrong side."""
    judged = [one for one in results if one.judged]
    missing = [one for one in judged if one.value is None]
    if missing or GOALS[judged[0].goal].limit is None:
        return (missing or judged)[0]
    return min(judged, key=lambda one: GOALS[one.goal].margin(one.value))


def table(results: Iterable[Result]) -> list[str]:
    """One line a goal: the deciding figure, and whether the goal is met."""
    by_goal: dict[str, list[Result]] = {}
    for one in results:
        by_goal.setdefault(one.goal, []).append(one)
    lines = []
    for goal in GOALS.values():
        if not any(one.judged for one in by_goal.get(goal.id, [])):
            continue
        one = worst(by_goal[goal.id])
        value = "–" if one.value is None else f"{figure(one.value)}{unit(goal)}"
        where = one.detail if one.value is None else f"{one.size:,} {one.variant}"
        lines.append(f"{goal.id:<5}{goal.title:<56}{value:>10}  {goal.said and 'goal ' + goal.said:<15}"
                     f"{one.status:<13}{where}")
    return lines


def machine() -> dict[str, str]:
    """The class of machine, the versions that matter, and the day."""
    here = pathlib.Path(__file__).parent
    commit = subprocess.run(["git", "-C", str(here), "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2 ** 30
    where = f"{os.cpu_count()} cores, {_processor()}, {memory:.0f} GiB, shared; load {os.getloadavg()[0]:.1f}"
    return {"date": dt.datetime.now(dt.UTC).date().isoformat(), "commit": commit.stdout.strip(), "machine": where,
            "python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


def _processor() -> str:
    rows = [line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")] if pathlib.Path("/proc/cpuinfo").exists() else []
    return rows[0] if rows else platform.machine()


def write(path: pathlib.Path, results: Iterable[Result]) -> None:
    rows = [dataclasses.asdict(one) for one in results]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": machine(), "results": rows}, ensure_ascii=False, indent=1) + "\n")


def read(path: pathlib.Path) -> tuple[dict[str, str], list[Result]]:
    saved = json.loads(path.read_text())
    return saved["machine"], [Result(**row) for row in saved["results"]]
