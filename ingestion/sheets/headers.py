"""Where a sheet's table begins and ends: titles and notes above it, headers of two rows, totals and remarks below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.sheets.escaping import unescaped
from ingestion.sheets.fields import folded, named
from ingestion.sheets.grid import Grid, letters, spread
from models.sheets import SheetKind

LOOKED_AT = 30
"""Rows in which a header is looked for."""
LONGEST_NAME = 40
CONTINUED = re.compile(r"(.+)（续\d+）")
NOTE = re.compile(
    r"[\s　]*(?:(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|备\s*注|total|sum)\s*(?:$|[:：（(\d])|注\s*\d*\s*[:：.、]|"
    r"(?:填表|编制)?说\s*明\s*[:：]|"
    r"(?:填报|填表|制表|审核|联系|填|报)(?:人|单位|部门|日期|时间|电话)\s*[:：]|日\s*期\s*[:：]|单\s*位\s*[(（]?\s*(?:盖\s*章|公\s*章))",
    re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One row: its number as the person sees it (a line, or a sheet's row), and its cells by column name."""

    number: int
    cells: dict[str, str]
    error: str = ""
    """Why the row could not be read at all."""


@dataclass(frozen=True)
class Table:
    """The rows under a header. `skipped`: rows that look like totals or remarks, each with its words."""

    header: tuple[str, ...]
    rows: list[Row]
    columns: tuple[str, ...] = ()
    """The letter of each column, where the file has columns."""
    header_row: int = 0
    skipped: tuple[tuple[int, str], ...] = ()
    unvalued: frozenset[tuple[int, str]] = frozenset()
    """(row, column name) of formulas saved without their value."""
    from_1904: bool = False
    sheet: str = ""
    others: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def table_of(grid: Grid, kind: SheetKind | None) -> Table:
    """The table on a sheet. Without a kind the first filled row is the header and everything below it is data."""
    covered = spread(grid)
    start = _header_at(grid, kind) if kind else 0
    depth = _depth(grid, start, kind) if kind else 1
    names, places = _names(grid, start, depth, covered)
    body = grid.rows[start + depth:]
    kept, skipped = (body, []) if kind is None else _without_notes(body, grid)
    rows = [Row(number, {name: _cell(cells, place) or covered.get((number, place), "")
                         for name, place in zip(names, places, strict=True)}) for number, cells in kept]
    called = dict(zip(places, names, strict=True))
    names, rows = _with_continuations(names, rows)
    return Table(tuple(names), rows, tuple(letters(at) for at, name in called.items() if name in names),
                 grid.rows[start + depth - 1][0], tuple(skipped),
                 frozenset((row, called[place]) for row, place in grid.unvalued if place in called),
                 grid.from_1904, grid.sheet, grid.others, grid.warnings)


def _with_continuations(names: list[str], rows: list[Row]) -> tuple[list[str], list[Row]]:
    """Texts too long for a cell go on in columns named after the first: put together again."""
    parts = {name: found[1] for name in names if (found := CONTINUED.fullmatch(name)) and found[1] in names}
    if not parts:
        return names, rows
    whole = [Row(row.number, {
        name: text + "".join(unescaped(row.cells[part]) for part, first in parts.items() if first == name)
        for name, text in row.cells.items() if name not in parts}, row.error) for row in rows]
    return [name for name in names if name not in parts], whole


def _header_at(grid: Grid, kind: SheetKind) -> int:
    """The row with the most known names; where none has two, the first one that looks like names over data."""
    known = named(kind)
    head = grid.rows[:LOOKED_AT]
    scores = [sum(folded(cell) in known for cell in cells if cell.strip()) for _, cells in head]
    best = max(scores, default=0)
    if best >= 2 or (best == 1 and len(grid.rows[0][1]) == 1):
        return scores.index(best)
    return next((place for place, (_, cells) in enumerate(head) if _like_names(cells)), 0)


def _like_names(cells: Sequence[str]) -> bool:
    """At least two, all short, all different, none a number."""
    written = [cell.strip() for cell in cells if cell.strip()]
    return (len(written) >= 2 and len(set(written)) == len(written) and max(map(len, written)) <= LONGEST_NAME
            and not any(re.fullmatch(r"[\d.,\-/%]+", cell) for cell in written))


def _depth(grid: Grid, start: int, kind: SheetKind) -> int:
    """2 where a name stands over several columns that have names of their own in the next row, else 1."""
    if start + 1 >= len(grid.rows):
        return 1
    number, (following, below) = grid.rows[start][0], grid.rows[start + 1]
    wide = [area for area in grid.merged if area[0] == number and area[3] > area[1] and area[2] == number]
    tall = [area for area in grid.merged if area[0] == number and area[2] == number + 1]
    under = [_cell(below, place) for _, left, _, right in wide for place in range(left, right + 1)]
    under = [name for name in under if name.strip()]
    if following != number + 1 or not under or not all(len(name) <= LONGEST_NAME for name in under):
        return 1
    return 2 if tall or not any(re.fullmatch(r"[\d.,\-/%]+", name.strip()) for name in under) else 1


def _names(grid: Grid, start: int, depth: int, covered: dict[tuple[int, int], str]) -> tuple[list[str], list[int]]:
    """A name for every column that holds anything, and where it stands. Names met twice are told apart."""
    width = max((len(cells) for _, cells in grid.rows[start:]), default=0)
    used = [any(_cell(cells, place).strip() for _, cells in grid.rows[start:]) for place in range(width)]
    names, places, seen = [], [], {}
    for place in (place for place in range(width) if used[place]):
        parts = [(_cell(cells, place) or covered.get((number, place), "")).strip()
                 for number, cells in grid.rows[start:start + depth]]
        name = " ".join(" ".join(dict.fromkeys(filter(None, parts))).split()) or f"（{letters(place)} 列）"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}（{seen[name]}）")
        places.append(place)
    return names, places


def _without_notes(body: list[tuple[int, list[str]]], grid: Grid) -> tuple[list, list[tuple[int, str]]]:
    """The data, and what stands below or between as totals and remarks."""
    kept, skipped = [], []
    for number, cells in body:
        written = [cell for cell in cells if cell.strip()]
        first = written[0].strip()
        is_note = bool(NOTE.match(first)) and len(first) <= 200 and (first == cells[0].strip() or len(written) <= 3)
        if is_note:
            skipped.append((number, first[:60]))
        else:
            kept.append((number, cells))
    while kept and _lone_remark(kept[-1], grid):
        number, cells = kept.pop()
        skipped.append((number, next(cell for cell in cells if cell.strip()).strip()[:60]))
    return kept, sorted(skipped)


def _lone_remark(row: tuple[int, list[str]], grid: Grid) -> bool:
    """A last row that is one sentence merged across the table."""
    number, cells = row
    return len([cell for cell in cells if cell.strip()]) == 1 and any(
        top <= number <= bottom and right - left >= 2 for top, left, bottom, right in grid.merged)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
