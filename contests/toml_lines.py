"""Where in a TOML source a key stands, so that an error can name its line (tomllib keeps no positions)."""

import re
from collections.abc import Iterator

HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"^\s*([\w.\-]+)\s*=")
FENCE = re.compile(r'"""|\'\'\'')

Path = tuple[str | int, ...]


def line_of(source: str, path: Path) -> int:
    """The 1-based line of the deepest part of `path` that has a line of its own; 1 where none has."""
    lines: dict[Path, int] = {}
    for found, number in _positions(source):
        lines.setdefault(found, number)
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def _positions(source: str) -> Iterator[tuple[Path, int]]:
    table: Path = ()
    counts: dict[Path, int] = {}
    for number, line in _outside_fences(source):
        if header := HEADER.match(line):
            table = _open_table(counts, header[2].split("."), array=header[1] == "[[")
            yield table, number
        elif key := KEY.match(line):
            yield (*table, *key[1].split(".")), number


def _open_table(counts: dict[Path, int], names: list[str], *, array: bool) -> Path:
    """The path of a table header, with the index of every array of tables it passes through."""
    path: Path = ()
    for position, name in enumerate(names):
        path = (*path, name)
        if array and position == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _outside_fences(source: str) -> Iterator[tuple[int, str]]:
    """Numbered lines, without those inside a multi-line string."""
    inside = False
    for number, line in enumerate(source.splitlines(), start=1):
        if not inside:
            yield number, line
        if len(FENCE.findall(line)) % 2:
            inside = not inside
