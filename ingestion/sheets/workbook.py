"""An XLSX or XLS read in a process of its own, within a time and a memory."""

import json
import pathlib
import subprocess
import sys

from ingestion.sheets.grid import Grid
from models.errors import Invalid

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WALL_SECONDS = 120
ROOT = pathlib.Path(__file__).resolve().parents[2]


def is_workbook(data: bytes) -> bool:
    return data.startswith((ZIP, OLE))


def read_workbook(data: bytes) -> Grid:
    """The first visible sheet that holds something. Invalid says why a book is not read."""
    try:
        done = subprocess.run([sys.executable, "-m", "ingestion.sheets.workbook_process"], input=data, cwd=ROOT,
                              capture_output=True, timeout=WALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Invalid("这份表两分钟还没有读完。请删掉空的行和列，或分成几份", field="file") from None
    if done.returncode:  # it ran out of memory or time, or met what its library could not bear
        raise Invalid("这份表读不下：展开后太大，或者已经损坏。请重新保存，只留要导入的行和列", field="file")
    found = json.loads(done.stdout)
    if "refused" in found:
        raise Invalid(found["refused"], field="file")
    return Grid([(number, cells) for number, cells in found["rows"]],
                tuple((top, left, bottom, right) for top, left, bottom, right in found["merged"]),
                frozenset((row, column) for row, column in found["unvalued"]), found["from_1904"], found["sheet"],
                tuple(found["others"]))
