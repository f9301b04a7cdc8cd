"""docs/acceptance.md has one line for every row of the table, and the tests it names are there."""

import re

from tests.support.sources import ROOT

TABLE = ROOT / "docs/acceptance.md"
ROW = re.compile(r"^\| ([0-4X]\.\d{1,2}) \| (done|partly|not done) \| (.*) \|$", re.MULTILINE)
LENGTHS = {"0": 21, "1": 12, "2": 16, "3": 14, "4": 17, "X": 6}
"""How many rows each document's part of the table has."""
TEST = re.compile(r"(?<!\w)tests/[\w/]+\.py")


def rows() -> list[tuple[str, str, str]]:
    return ROW.findall(TABLE.read_text())


def test_every_row_stands_there_once_in_order():
    wanted = [f"{part}.{number:02}" if part != "X" else f"X.{number}"
              for part, length in LENGTHS.items() for number in range(1, length + 1)]
    assert [row for row, _, _ in rows()] == wanted


def test_what_is_done_or_partly_done_says_where():
    assert [row for row, state, where in rows() if state != "not done" and not where.strip()] == []


def test_the_tests_it_names_are_there():
    named = {name for _, _, where in rows() for name in TEST.findall(where)}
    assert {name for name in named if not (ROOT / name).exists()} == set()
