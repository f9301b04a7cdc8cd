"""Write the tables of docs/benchmarks.md and docs/growth.md from kept results, so that no figure is copied by hand:

    python -m benchmarks P1 --full --out benchmarks/results
    python -m benchmarks.report [FOLDER]
"""

import pathlib
from collections.abc import Iterable, Iterator

import click

from benchmarks import growth, results
from benchmarks.command import TOPICS
from benchmarks.results import GOALS, Result, figure, unit, worst

HERE = pathlib.Path(__file__).parent
PAGE, GROWTH = HERE.parent / "docs" / "benchmarks.md", HERE.parent / "docs" / "growth.md"
BEGIN, END = "<!-- written by python -m benchmarks.report -->", "<!-- end -->"


def rows(header: Iterable[str], lines: Iterable[Iterable[str]]) -> Iterator[str]:
    header = list(header)
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    yield from (f"| {' | '.join(line)} |" for line in lines)


def verdict(goal: str, found: list[Result]) -> list[str]:
    one, known = worst(found), GOALS[goal]
    status = f"**{one.status}**" if one.status in (results.SHORT, results.NOT_RUN) else one.status
    value = "–" if one.value is None else f"{figure(one.value)}{unit(known)}"
    return [goal, known.title, known.said or "–", value, status,
            one.detail if one.value is None else f"{one.size:,} {one.variant}"]


def every(one: Result) -> list[str]:
    goal = GOALS[one.goal]
    value = "–" if one.value is None else f"{figure(one.value)}{unit(goal)}"
    ends = f"{figure(one.low)}–{figure(one.high)}" if one.low is not None else ""
    note = "" if one.judged else " (not judged)"
    return [one.goal, f"{one.size:,}", one.variant + note, value, ends, one.status, one.detail]


def kept(folder: pathlib.Path) -> list[tuple[dict[str, str], list[Result]]]:
    """Every run, in the order of the topics; a topic may have several: hybrid.json, hybrid-unclustered.json."""
    names = [topic.module.rsplit(".")[-1] for topic in TOPICS]
    return [results.read(file) for name in names for file in sorted(folder.glob(f"{name}*.json"))]


def reckoned(folder: pathlib.Path) -> str:
    """The table of docs/growth.md, with what it was reckoned from."""
    known = growth.Inputs.of(one for _, found in kept(folder) for one in found)
    if known is None:
        return "P1 and P6 have not both been measured."
    said = (f"Reckoned from: {known.resident:,.0f} B a posting, {known.vectors:,.0f} of them vectors (P6); "
            f"{known.milliseconds:.2f} ms a search at {known.size:,}, {known.lexical:.2f} of them lexical (P1).")
    return "\n".join([*rows(growth.HEADER, growth.rows(known)), "", said])


def written(folder: pathlib.Path) -> str:
    """The tables: one line a goal, then every result of each run with its day and machine."""
    runs = kept(folder)
    done = [one for _, found in runs for one in found]
    present = [goal for goal in GOALS if any(one.goal == goal and one.judged for one in done)]
    lines = [*rows(("goal", "what", "to reach", "worst measured", "", "where"),
                   (verdict(goal, [one for one in done if one.goal == goal]) for goal in present)), ""]
    for machine, found in runs:
        facts = {**machine}
        day, commit, where = (facts.pop(name) for name in ("date", "commit", "machine"))
        versions = ", ".join(f"{name} {number}" for name, number in facts.items())
        commands = list(dict.fromkeys(one.command for one in found if one.command))
        lines += [f"### {', '.join(dict.fromkeys(one.goal for one in found if not one.goal.endswith('b')))}", "",
                  f"{day}, commit {commit}, {where}; {versions}.", "", *(f"    {command}" for command in commands), "",
                  *rows(("goal", "size", "of", "median", "rounds", "", "measured"), map(every, found)), ""]
    return "\n".join(lines)


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(path_type=pathlib.Path, file_okay=False, exists=True),
                default=HERE / "results")
def main(folder: pathlib.Path) -> None:
    for page, text in ((PAGE, written(folder)), (GROWTH, reckoned(folder))):
        before, rest = page.read_text().split(BEGIN)
        page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}")
        click.echo(f"written: {page}")


if __name__ == "__main__":
    main()
