"""A long sheet from the terminal: killed with -9 at any moment and resumed, no row is lost and none comes twice."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import func, select

from benchmarks import large_sheets
from models.database import Database
from models.demands import Demand
from models.sheets import BatchState, SheetBatch, SheetProblem
from tests.support.site import until
from tests.support.sources import ROOT

pytestmark = pytest.mark.slow
ROWS = 3_000


@pytest.fixture
def command(tmp_path, private_url):
    file = large_sheets.write(tmp_path / "sheet.xlsx", ROWS)
    environment = {**os.environ, "JIEBANG_DATA_DIR": str(tmp_path / "data"), "JIEBANG_DATABASE_URL": private_url,
                   "JIEBANG_LOG_LEVEL": "ERROR", "OMP_NUM_THREADS": "1"}
    words = [sys.executable, "-m", "cli", "import", "demands", str(file), "--partial"]
    return lambda: subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                    text=True)


def reached(database: Database, state: BatchState, done: int) -> bool:
    with database.read() as session:
        return bool(session.scalar(select(SheetBatch.id).where(SheetBatch.state == state, SheetBatch.done >= done)))


def test_killed_again_and_again_every_right_row_is_there_once(command, private_database):
    for state, done in ((BatchState.checking, 1_000), (BatchState.running, 500), (BatchState.running, 2_000)):
        process = command()
        until(lambda at=(state, done): reached(private_database, *at), f"{state} {done}")
        process.kill()
        process.communicate()
    process = command()
    told, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    assert f"有错没导入 {ROWS // large_sheets.EVERY}" in told
    with private_database.read() as session:
        held = session.scalars(select(Demand.external_id)).all()
        problems = session.execute(select(SheetProblem.row, SheetProblem.column).order_by(SheetProblem.row)).all()
        assert session.scalar(select(func.count()).select_from(SheetBatch)) == 1
    assert sorted(held) == sorted(f"row-{n}" for n in range(1, ROWS + 1) if n % large_sheets.EVERY)
    assert [tuple(one) for one in problems] == large_sheets.wrong_places(ROWS)
