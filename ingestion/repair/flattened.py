"""A table that a PDF gave up as runs of lines, cell after cell: put together by its header and what its cells hold."""

import re
from dataclasses import dataclass, field

from ingestion.repair.layout import HEADING, SENTENCE_ENDS, Line
from ingestion.repair.repaired import Cell, Table

HEADER = re.compile(r"[\u4e00-\u9fff]{2,10}(?: +[\u4e00-\u9fff]{2,10}){2,9}")
KEYED = re.compile(r"编号|序号|代码")
KEY = re.compile(r"[A-Za-z]{1,8}-?\d{2,}(?= )|\d{1,3}(?= )")
CONTACT = re.compile(r"联系|电话|手机")
ORGANISATION = re.compile(r"单位|机构|部门|学校|公司")
PHONE = re.compile(r"1\d{10}|(?:0\d{2,3}-)?\d{7,8}")
NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
NARROW = 20
"""Columns: a cell of names is set no wider, a cell of sentences never so narrow."""
WHY = "表格被拆成一行行文字：按表头、行号和每格内容重新拼起来"


@dataclass
class Row:
    """The lines of one row; pieces[c] are stretches of the text that belong to column c."""

    lines: list[Line]
    pieces: list[list[tuple[int, int]]]


@dataclass
class Region:
    """A flattened table: its lines, header first, and the pairs of lines that are one run of text."""

    header: list[tuple[int, int]]
    lines: list[Line]
    rows: list[Row] = field(default_factory=list)
    joins: set[tuple[Line, Line]] = field(default_factory=set)

    def table(self) -> Table:
        head = tuple(Cell("", (span,)) for span in self.header)
        rows = tuple(tuple(Cell("", tuple(pieces)) for pieces in row.pieces) for row in self.rows)
        return Table(self.lines[0].start, self.lines[-1].end, (head, *rows), WHY)


def column_runs(lines: list[Line]) -> list[Region]:
    """The flattened tables among the lines: a header whose first column numbers the rows, and two rows or more."""
    found, at = [], 0
    while at < len(lines):
        names = lines[at].text.split() if HEADER.fullmatch(lines[at].text) else [""]
        region = _region(lines, at, names) if KEYED.search(names[0]) else None
        if region:
            found.append(region)
        at += len(region.lines) if region else 1
    return found


def _region(lines: list[Line], at: int, names: list[str]) -> Region | None:
    stop = at + 1
    while stop < len(lines) and not (HEADING.match(lines[stop].text) and not KEY.match(lines[stop].text)):
        stop += 1
    starts = [place for place in range(at + 1, stop) if KEY.match(lines[place].text)]
    if len(starts) < 2 or starts[0] != at + 1:
        return None
    region = Region(_words(lines[at], len(names)), lines[at:stop])
    columns = min(len(names), *(len(lines[place].text.split()) for place in starts))
    for start, end in zip(starts, [*starts[1:], stop], strict=True):
        region.rows.append(_row(lines[start:end], names, columns, region.joins))
    return region


def _words(line: Line, most: int) -> list[tuple[int, int]]:
    """Where the first `most` words of a line stand; the last takes the rest."""
    places = [match.span() for match in re.finditer(r"\S+", line.text)]
    places = [*places[:most - 1], (places[most - 1][0], len(line.text))] if len(places) > most else places
    return [(line.start + start, line.start + end) for start, end in places]


def _row(lines: list[Line], names: list[str], most: int, joins: set[tuple[Line, Line]]) -> Row:
    row = Row(lines, [[] for _name in names])
    words = _words(lines[0], most)
    for column, word in enumerate(words):
        row.pieces[column].append(word)
    main = len(words) - 1
    columns = [main, *_columns(lines[1:], names, main)]
    for line, column in zip(lines[1:], columns[1:], strict=True):
        row.pieces[column].append((line.start, line.end))
    for (line, column), (after, next_column) in zip(zip(lines, columns, strict=True),
                                                    list(zip(lines, columns, strict=True))[1:], strict=False):
        if column == next_column and not CONTACT.search(names[column]) and line.text[-1] not in SENTENCE_ENDS:
            joins.add((line, after))
    return row


def _columns(lines: list[Line], names: list[str], main: int) -> list[int]:
    """The column of each line: telephones and the names above them, the narrow lines above those, all else `main`."""
    contact = next((c for c, name in enumerate(names) if CONTACT.search(name)), None)
    body = next((c for c, name in enumerate(names) if c > main and ORGANISATION.search(name)), None)
    columns = [main] * len(lines)
    for place, line in enumerate(lines):
        if contact is None or not PHONE.fullmatch(line.text):
            continue
        columns[place] = contact
        above = place - 1
        if above >= 0 and NAME.fullmatch(lines[above].text):
            columns[above] = contact
            above -= 1
        while body is not None and above >= 0 and columns[above] == main and _narrow(lines[above]):
            columns[above] = body
            above -= 1
    return columns


def _narrow(line: Line) -> bool:
    return line.width <= NARROW and line.text[-1] not in SENTENCE_ENDS
