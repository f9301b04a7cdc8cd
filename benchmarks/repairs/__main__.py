"""`make repairs`: repairs the founding documents, prints what was joined, left apart and brought back, right or not."""

import pathlib
import sys
import tomllib

import click

from benchmarks.repairs.table import Score, score
from ingestion.repair.passes import repair

TABLES = pathlib.Path(__file__).parent / "founding"
RECEIVED = pathlib.Path(__file__).parents[2].parent / "shared" / "data" / "notices"
FOLDER = click.Path(file_okay=False, path_type=pathlib.Path)


def measured(table: pathlib.Path, documents: pathlib.Path) -> Score | None:
    """The score of one document; None where its text is not here."""
    text = documents / f"{table.stem}.txt"
    if not text.exists():
        return None
    return score(tomllib.loads(table.read_text(encoding="utf-8")), repair(text.read_text(encoding="utf-8")))


@click.command(help="修复五份原文，和人工写的表逐项比对。")
@click.option("--documents", type=FOLDER, default=RECEIVED, show_default=True, help="五份原文所在的文件夹。")
def main(documents: pathlib.Path) -> None:
    failed = False
    click.echo("文件    断行要接  接对  接错  接行准确率  接行召回率  其他事实  不符")
    for table in sorted(TABLES.glob("*.toml")):
        found = measured(table, documents)
        if found is None:
            click.echo(f"{table.stem}  没有原文，跳过（{documents}）")
            continue
        click.echo(f"{table.stem:<8}{found.joins:>8}{found.found:>6}{len(found.wrong):>6}{found.precision:>11.1%}"
                   f"{found.recall:>11.1%}{found.facts:>9}{len(found.missed):>6}")
        for words in [*(f"接错 {one}" for one in found.wrong), *found.missed]:
            click.echo(f"    {words}")
        failed |= bool(found.wrong or found.missed)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
