"""Goals P1 to P10 of shared/docs/performance.md, each one command that prints its ratio, spread and verdict:

    python -m benchmarks P1 [P2 …] [--size 10000 …] [--kind unclustered …] [--full] [--out FOLDER]

Without goals: all of them. `--full` takes the sizes that the goals name; otherwise small ones, in minutes. `--out`
keeps the results as JSON, from which `python -m benchmarks.report FOLDER` writes the tables of docs/benchmarks.md.
"""

import importlib
import pathlib

import click

from benchmarks.command import IDS, TOPICS, Options, run_all, run_topic
from benchmarks.corpus import KINDS
from benchmarks.results import NOT_RUN, table
from benchmarks.rounds import ROUNDS

FOLDER = click.Path(file_okay=False, path_type=pathlib.Path)


@click.command(help=__doc__)
@click.argument("goals", nargs=-1, type=click.Choice(IDS))
@click.option("--size", "sizes", multiple=True, type=click.IntRange(100), help="Postings; several times for several.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="How the vectors lie.")
@click.option("--rounds", default=ROUNDS, show_default=True, type=click.IntRange(1))
@click.option("--full", is_flag=True, help="The sizes that the goals name. Hours, and some 12 GB.")
@click.option("--out", type=FOLDER, help="Keep the results here.")
@click.option("--here", type=click.Path(path_type=pathlib.Path), hidden=True)
def main(goals: tuple[str, ...], sizes: tuple[int, ...], kinds: tuple[str, ...], rounds: int, full: bool,
         out: pathlib.Path | None, here: pathlib.Path | None) -> None:
    wanted = frozenset(goals or IDS)
    if here:  # the process that run_all starts for one topic
        topic = next(topic for topic in TOPICS if wanted <= set(topic.goals))
        run_topic(importlib.import_module(topic.module).measure, Options(wanted, sizes, kinds, rounds), here)
        return
    done = run_all(wanted, sizes, kinds, rounds, full, out)
    click.echo("\n" + "\n".join(table(done)))
    if any(one.status == NOT_RUN for one in done):
        click.echo("What was not run counts as not reached.")


if __name__ == "__main__":
    main()
