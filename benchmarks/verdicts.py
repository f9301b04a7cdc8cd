"""How often the three-way verdict on a target and a passage is right. One command, one confusion matrix:

    python -m benchmarks.verdicts tests/unit/matching/reasons/development_pairs.tsv [--half even|odd] [--wrong]

A file has the columns what, figure, title (what the passage stands under; may be missing), passage and verdict, as a
person judged it. Halves are the rows with an even or an odd number, the first row being 1.
"""

import csv
import pathlib
from collections import Counter
from collections.abc import Sequence

import click
import numpy as np

from matching.reasons.judging import judge
from matching.reasons.targets import Passage, Target, Verdict

RESAMPLES, SEED = 2000, 20261126
Row = dict[str, str]


def read(path: pathlib.Path, half: str) -> list[Row]:
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    kept = {"all": rows, "odd": rows[::2], "even": rows[1::2]}
    return kept[half]


def verdict_on(row: Row) -> Verdict:
    passage = Passage(row["passage"], "claim", context=row.get("title", ""))
    return judge(Target(row["what"], row["figure"]), passage).verdict


def interval(right: Sequence[bool]) -> tuple[float, float]:
    """The middle 95 % of the accuracy over resampled rows (percentile bootstrap, fixed seed)."""
    drawn = np.random.default_rng(SEED).choice(np.array(right, float), (RESAMPLES, len(right)))
    low, high = np.percentile(drawn.mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def report(rows: Sequence[Row], found: Sequence[Verdict]) -> None:
    counts = Counter((row["verdict"], given.value) for row, given in zip(rows, found, strict=True))
    click.echo(f"{'judged / found':<16}" + "".join(f"{v.value:>15}" for v in Verdict))
    for judged in Verdict:
        click.echo(f"{judged.value:<16}" + "".join(f"{counts[judged.value, v.value]:>15}" for v in Verdict))
    right = [row["verdict"] == given for row, given in zip(rows, found, strict=True)]
    low, high = interval(right)
    click.echo(f"right: {sum(right)} of {len(right)} = {np.mean(right):.3f}, 95 % interval {low:.3f} to {high:.3f}")


@click.command()
@click.argument("pairs", type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False), nargs=-1, required=True)
@click.option("--half", type=click.Choice(["all", "even", "odd"]), default="all", show_default=True)
@click.option("--wrong", is_flag=True, help="List the rows that were judged otherwise.")
def main(pairs: Sequence[pathlib.Path], half: str, wrong: bool) -> None:
    rows = [row for path in pairs for row in read(path, half)]
    found = [verdict_on(row) for row in rows]
    report(rows, found)
    for row, given in zip(rows, found, strict=True):
        if wrong and row["verdict"] != given:
            click.echo("\t".join([row["what"], row["figure"], row.get("title", ""), row["passage"],
                                  f"judged {row['verdict']}", f"found {given.value}"]))


if __name__ == "__main__":
    main()
