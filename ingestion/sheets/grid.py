"""A sheet as it lies on the page: filled rows with their numbers, before anything is known of its columns."""

from collections.abc import Iterable
from dataclasses import dataclass

CELL_LIMIT = 1_000_000
"""Characters of a cell. What is longer is cut, and refused for its length by whatever reads it."""
MOST_ROWS = 200_000
MOST_COLUMNS = 400

Area = tuple[int, int, int, int]
"""Top, left, bottom, right of a merged cell; rows from 1, columns from 0, ends included."""


@dataclass(frozen=True)
class Grid:
    """`rows`: (row number as the person sees it, cells as text); rows without any content are left out."""

    rows: list[tuple[int, list[str]]]
    merged: tuple[Area, ...] = ()
    unvalued: frozenset[tuple[int, int]] = frozenset()
    """(row, column) of formulas that were saved without their value."""
    from_1904: bool = False
    """Whether bare day numbers count from 1904, as in books of an old Mac."""
    sheet: str = ""
    others: tuple[str, ...] = ()
    """Further sheets of the book that hold something and are not read."""
    warnings: tuple[str, ...] = ()
    """What a person should look at because of how the file's bytes were read."""


def filled(rows: Iterable[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """The rows that hold something, without the empty cells at their ends."""
    kept = []
    for number, cells in rows:
        last = next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)
        if last:
            kept.append((number, cells[:last]))
    return kept


def letters(column: int) -> str:
    """0 → A, 26 → AA: a column as spreadsheets call it."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def spread(grid: Grid) -> dict[tuple[int, int], str]:
    """(row, column) → the text of the merged cell that covers it, for every place but the cell's own corner."""
    rows = dict(grid.rows)
    covered = {}
    for top, left, bottom, right in grid.merged:
        corner = rows.get(top, [])
        text = corner[left] if left < len(corner) else ""
        if text.strip() and (bottom - top + 1) * (right - left + 1) <= MOST_ROWS:
            covered |= {(row, column): text for row in range(top, bottom + 1) for column in range(left, right + 1)
                        if (row, column) != (top, left)}
    return covered
