"""What `python -m benchmarks` does: each topic in a process of its own, its results printed and kept."""

import dataclasses
import os
import pathlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass

import click

from benchmarks import results
from benchmarks.corpus import KINDS
from benchmarks.results import Result
from benchmarks.rounds import ROUNDS


@dataclass(frozen=True)
class Options:
    """What to measure: the goals wanted, how many postings, which vectors, how many rounds."""

    goals: Set[str]
    sizes: tuple[int, ...]
    kinds: tuple[str, ...]
    rounds: int = ROUNDS

    def largest(self, most: int) -> int:
        """The largest size asked for, `most` at most: for what the goal names at one size."""
        return max((size for size in self.sizes if size <= most), default=min(self.sizes))


@dataclass(frozen=True)
class Topic:
    """Goals measured together, on the sizes named by the goal (`full`) or on small ones."""

    goals: tuple[str, ...]
    module: str
    small: tuple[int, ...]
    full: tuple[int, ...]
    kinds: tuple[str, ...] = KINDS[:1]


TOPICS = (
    Topic(("P1", "P2", "P3", "P4"), "benchmarks.hybrid", (3_000, 30_000), (10_000, 100_000, 1_000_000),
          KINDS[:2]),
    Topic(("P5",), "benchmarks.recall", (30_000,), (10_000, 100_000, 1_000_000), KINDS),
    Topic(("P6",), "benchmarks.memory", (30_000,), (10_000, 100_000, 1_000_000)),
    Topic(("P7",), "benchmarks.imports", (1_000,), (100_000,)),
    Topic(("S1",), "benchmarks.sheets", (1_000,), (50_000,)),
    Topic(("P8",), "benchmarks.feed", (3_000,), (10_000, 100_000)),
    Topic(("P9",), "benchmarks.site", (3_000,), (100_000,)),
    Topic(("P10", "day"), "benchmarks.assignment", (2_000,), (10_000,), ()),
    Topic(("page",), "benchmarks.matching", (500,), (4_000,), ()),
    Topic(("C1",), "benchmarks.selection", (2_000,), (10_000,), ()),
    Topic(("L1", "L2", "L3", "L4", "L5"), "benchmarks.ledger", (20_000,), (1_000_000,), ()),
)
IDS = [goal for topic in TOPICS for goal in topic.goals]


def run_topic(measure: Callable[[Options], Iterator[Result]], options: Options, keep: pathlib.Path) -> None:
    """Measure in this process; print and keep each result as it comes: a later one may fail."""
    done: list[Result] = []
    for one in measure(options):
        goal = one.goal.rstrip("b")
        done.append(dataclasses.replace(one, command=command_of(dataclasses.replace(options, goals={goal}))))
        click.echo(done[-1].line())
        sys.stdout.flush()
        results.write(keep, done)


def command_of(options: Options) -> str:
    """The command line that measures this again."""
    parts = [*sorted(options.goals, key=IDS.index), *(f"--size {size}" for size in options.sizes),
             *(f"--kind {kind}" for kind in options.kinds)]
    return " ".join(["python -m benchmarks", *parts, *([f"--rounds {options.rounds}"] * (options.rounds != ROUNDS))])


def run_apart(topic: Topic, options: Options, keep: pathlib.Path) -> list[Result]:
    """The topic in a fresh process with one thread a library, as a site runs. What it did not finish is `not run`."""
    words = [sys.executable, *command_of(options).split()[1:], "--here", str(keep)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    ended = subprocess.run(words, env=environment, check=False).returncode
    found = results.read(keep)[1] if keep.exists() else []
    missing = [goal for goal in topic.goals if goal in options.goals and not any(r.goal == goal for r in found)]
    return found + [results.not_run(goal, max(options.sizes), f"ended with {ended}") for goal in missing] \
        if ended or missing else found


def run_all(wanted: Set[str], sizes: tuple[int, ...], kinds: tuple[str, ...], rounds: int, full: bool,
            out: pathlib.Path | None) -> list[Result]:
    done: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="jiebang-benchmarks-") as folder:
        for topic in TOPICS:
            if not wanted & set(topic.goals):
                continue
            options = Options(wanted & set(topic.goals), sizes or (topic.full if full else topic.small),
                              kinds or topic.kinds, rounds)
            keep = (out or pathlib.Path(folder)) / f"{topic.module.rsplit('.')[-1]}.json"
            keep.unlink(missing_ok=True)
            done += run_apart(topic, options, keep)
    return done
