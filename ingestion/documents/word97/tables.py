"""Rows of a Word table as cells that know their column: one across several columns keeps those behind it in place."""

import bisect
from collections.abc import Iterator
from typing import NamedTuple

from ingestion.documents.pieces import Piece

SAME_EDGE = 50
"""Edges nearer than this (1/20 point: 0.9 mm) are one: Word places those of merged cells a little apart."""


class Row(NamedTuple):
    cells: list[str]
    edges: tuple[int, ...] = ()


def cells(rows: list[Row], table: int) -> Iterator[Piece]:
    grid = _grid(rows)
    for number, row in enumerate(rows, 1):
        for index, text in enumerate(row.cells):
            known = index < len(row.edges) - 1
            column = max(1, bisect.bisect_right(grid, row.edges[index] + SAME_EDGE)) if known else index + 1
            yield Piece(text, "cell", None, table, number, column)


def _grid(rows: list[Row]) -> list[int]:
    """The edges of the columns, those of all rows together."""
    grid: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not grid or edge > grid[-1] + SAME_EDGE:
            grid.append(edge)
    return grid
