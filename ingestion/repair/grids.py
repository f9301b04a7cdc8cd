"""Tables seen by their blanks (columns set apart by spaces) and forms seen by their labels; the text stays as it is."""

import itertools
import re
from collections.abc import Iterator

from ingestion.repair.draft import Found
from ingestion.repair.layout import Line, lines_of
from ingestion.repair.repaired import Cell, Table

GAP = re.compile(r"[ \u3000]{2,}")
ROLE = re.compile(r"([\u4e00-\u9fff]{2,6})[：:](?=\S)")
FEWEST_ROWS = 3
FORM = re.compile(r"(?:报名|申报|申请|登记|推荐|审批|信息|汇总|备案)表$")
SUBTITLE = re.compile(r"（[^（）]{1,12}）|注[：:].*")
LABELS = re.compile(r"[\u4e00-\u9fff（）()/]{2,16}(?: +[\u4e00-\u9fff（）()/]{2,16})*")
BESIDE = re.compile(r"（.*）|年 *月 *日")
OPINION = re.compile(r"[\u4e00-\u9fff]{0,2}意见")
ALIGNED = "几列文字靠空格对齐，按列拆开"
A_FORM = "表格的栏目被拆成一行行文字：按栏目名拼起来，空格是要填的"


def read(text: str) -> Found:
    lines = lines_of(text)
    return Found(tables=[*_aligned(text, lines), *_forms(lines)])


def _aligned(text: str, lines: list[Line]) -> Iterator[Table]:
    for set_apart, run in itertools.groupby(lines, lambda line: bool(GAP.search(line.text))):
        rows = list(run)
        if set_apart and len(rows) >= FEWEST_ROWS:
            cells = [_cells(line) for line in rows]
            roles = any(len(row) > 2 for row in cells)
            yield Table(rows[0].start, rows[-1].end, tuple(
                (Cell(""), *row) if roles and len(row) == 2 else row for row in cells), ALIGNED)


def _cells(line: Line) -> tuple[Cell, ...]:
    """The columns of a line; a role before a colon (组长：) is a column of its own."""
    places, at = [], 0
    role = ROLE.match(line.text)
    if role:
        places.append((0, role.end(1)))
        at = role.end()
    for gap in GAP.finditer(line.text, at):
        places.append((at, gap.start()))
        at = gap.end()
    places.append((at, len(line.text)))
    return tuple(Cell("", ((line.start + start, line.start + end),)) for start, end in places)


def _forms(lines: list[Line]) -> Iterator[Table]:
    at = 0
    while at < len(lines):
        at += 1
        if not FORM.search(lines[at - 1].text):
            continue
        while at < len(lines) and SUBTITLE.fullmatch(lines[at].text):
            at += 1
        stop = at
        while stop < len(lines) and (LABELS.fullmatch(lines[stop].text) or BESIDE.fullmatch(lines[stop].text)):
            stop += 1
        rows = _rows(lines[at:stop])
        if len(rows) >= FEWEST_ROWS:
            yield Table(lines[at].start, lines[stop - 1].end, tuple(rows), A_FORM)
        at = stop


def _rows(lines: list[Line]) -> list[tuple[Cell, ...]]:
    """One row a line: a label and its blank, two of each, or the header of a list with a blank row below."""
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        words = [(line.start + word.start(), line.start + word.end()) for word in re.finditer(r"\S+", line.text)]
        whole = (line.start, line.end)
        if BESIDE.fullmatch(line.text) and rows:
            rows[-1] = _beside(rows[-1], whole, line.text.startswith("（"))
        elif OPINION.fullmatch(line.text) and rows and len(rows[-1]) == 2:
            rows[-1] = _beside(rows[-1], whole, True)
        elif len(words) > 2:
            rows += [tuple(Cell("", (word,)) for word in words), tuple(Cell("") for _word in words)]
        else:
            rows.append(tuple(cell for word in words for cell in (Cell("", (word,)), Cell(""))))
    return rows


def _beside(row: tuple[Cell, ...], span: tuple[int, int], of_label: bool) -> tuple[Cell, ...]:
    """The row with a line more: of its label, or (a date to fill in) of its blank."""
    place = len(row) - 2 if of_label else len(row) - 1
    return tuple(Cell("", (*cell.spans, span)) if number == place else cell for number, cell in enumerate(row))
