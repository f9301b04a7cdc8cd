"""`make notices`: reads every document that has a table and prints facts, right, wrong and missed."""

import pathlib
import sys
import tomllib

import click

from benchmarks.notices.table import Score, score
from ingestion.notices.opening import notice_text
from ingestion.notices.reader import read
from ingestion.notices.shown import as_json

HERE = pathlib.Path(__file__).parent
FOUNDING, INVENTED, STRANGERS, HELD_OUT = (HERE / name for name in ("founding", "invented", "strangers", "held_out"))
"""Held-out ones are written by somebody who has not seen the reader, and nobody tunes it on them. Who does moves them
to the invented ones and has new ones written; five were moved on 27 November 2026."""
RECEIVED = HERE.parents[1].parent / "shared" / "data" / "notices"
NAMES = {FOUNDING: "五份原文", INVENTED: "虚构的，照着调过", STRANGERS: "虚构的，没见过程序的人写的，量过以后照着调过", HELD_OUT: "虚构的，没有照着调过"}
LEAST = 0.95
FOLDER = click.Path(file_okay=False, path_type=pathlib.Path)


def measured(table: pathlib.Path, texts: pathlib.Path) -> Score | None:
    """The score of one document; None where its text is not here."""
    text = texts / f"{table.stem}.txt"
    if not text.exists():
        return None
    return score(tomllib.loads(table.read_text()), as_json(read(notice_text(text.name, text.read_bytes()))))


def told(name: str, found: Score, verbose: bool) -> list[str]:
    share = found.right / found.facts
    lines = [f"{name:<10}{found.facts:>5}{found.right:>7}{len(found.wrong):>7}{len(found.missed):>7}{share:>8.1%}"]
    details = [f"    错：{one}" for one in found.wrong] + [f"    漏：{one}" for one in found.missed]
    return lines + details if verbose else lines


@click.command(help="读通知，和人工写的表逐项比对。")
@click.option("--documents", type=FOLDER, default=RECEIVED, show_default=True, help="五份原文所在的文件夹。")
@click.option("-v", "--verbose", is_flag=True, help="逐条列出错的和漏的。")
def main(documents: pathlib.Path, verbose: bool) -> None:
    failed = False
    click.echo("文件        事实    读对    读错    漏读    读对占比")
    for tables, texts in ((FOUNDING, documents), (INVENTED, INVENTED), (STRANGERS, STRANGERS),
                          (HELD_OUT, HELD_OUT)):
        click.echo(f"— {NAMES[tables]}")
        for table in sorted(tables.glob("*.toml")):
            found = measured(table, texts)
            if found is None:
                click.echo(f"{table.stem:<10}没有原文，跳过（{texts}）")
                continue
            click.echo("\n".join(told(table.stem, found, verbose)))
            failed |= tables == FOUNDING and (bool(found.wrong) or found.right < LEAST * found.facts)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
