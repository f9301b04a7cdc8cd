"""Looking at the rows of a table: what each would do, a few hundred at a time, and the sums over all of them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ingestion.findings import errors_of
from ingestion.sheets.cells import Cells, Columns
from ingestion.sheets.headers import Row, Table
from ingestion.sheets.judging import Judged, Origin, Problem, RowKind, Verdict
from ingestion.sheets.kinds import OWN_ROWS, ROWS
from ingestion.sheets.mapping import missing
from models.errors import Invalid
from models.sheets import SheetKind

CHUNK = 500
"""Rows looked at together, and written in one transaction."""


@dataclass
class Tally:
    """How many rows of each verdict, and what is wrong with the refused ones."""

    counts: Counter = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def add(self, rows: Sequence[Judged]) -> None:
        self.counts.update(one.verdict for one in rows)
        self.problems += [problem for one in rows for problem in one.problems]

    def __getitem__(self, verdict: Verdict) -> int:
        return self.counts[verdict]


class Judge:
    """Judges the rows of one table. Twins within the file are known from the start, so any part may come first."""

    def __init__(self, kind: SheetKind, table: Table, mapping: Mapping[str, str], *, own: bool = False):
        self.rows_of: RowKind = (OWN_ROWS if own else ROWS)[kind]
        self.table, self.columns = table, Columns(kind, table, mapping)
        self.lacking = missing(kind, mapping)
        self.first: dict[str, Row] = {}
        self.holders: dict[tuple[str, str], int] = {}
        for row in table.rows:
            self._note(row, self.columns.of(row))

    def _note(self, row: Row, cells: Cells) -> None:
        """Keep which row has a key, or a value that no other may have, first."""
        if (key := self.rows_of.key(cells)):
            self.first.setdefault(key, row)
        for name in self.rows_of.unique:
            if (value := cells(name).strip()):
                self.holders.setdefault((name, value), row.number)

    def refusal(self) -> str:
        """Why no row of this table can come in, if so."""
        if not self.table.rows:
            return "文件里只有表头，没有内容"
        if self.lacking:
            return f"没有找到“{'”“'.join(field.label for field in self.lacking)}”这一列。请在下面指给它是哪一列，或在表头里写上"
        return ""

    def chunks(self, after: int = 0) -> Iterator[Sequence[Row]]:
        """The rows from place `after` on, in parts."""
        for start in range(after, len(self.table.rows), CHUNK):
            yield self.table.rows[start:start + CHUNK]

    def judge(self, session: Session, origin: Origin, rows: Sequence[Row]) -> list[Judged]:
        """Verdicts on some rows as the database stands now. Reads only."""
        cells = {row.number: self.columns.of(row) for row in rows}
        judged = [self._alone(row, cells[row.number]) for row in rows]
        live = [one for one in judged if one.verdict is Verdict.new]
        held = self.rows_of.known(session, origin, [one.key for one in live])
        for one in live:
            one.held = held.get(one.key)
            if one.held is not None:
                one.verdict = Verdict.unchanged if self.rows_of.same(one.held, one.values) else Verdict.changed
            elif one.verdict is Verdict.new:
                for column in cells[one.row.number].withheld():
                    one.refuse(column, "导出的人看不到这一格，所以是空的。新的行要把它写上")
        self.rows_of.settle(session, origin, judged, cells)
        return judged

    def _alone(self, row: Row, cells: Cells) -> Judged:
        """A row by itself: its values, or what is wrong with them; `new` stands for `good so far`."""
        if row.error:
            return _refused(row, "", [Problem(row.number, "", row.error)])
        key = self.rows_of.key(cells)
        first = self.first.get(key)
        if first is not None and first.number != row.number:
            if self._same_cells(first, row):
                return Judged(row, key, Verdict.duplicate, note=f"和第 {first.number} 行一样，没有再加")
            return _refused(row, key, [Problem(row.number, self.columns.name(self._named_by()),
                                               f"和第 {first.number} 行的{self._called()}一样，别的列不一样。留一行，或改成不同的")])
        problems = [Problem(row.number, column, "这一格是公式，文件里没有存它算出来的值。请在 Excel 里打开、保存再传，或改成数")
                    for column in cells.without_value()]
        for name in self.rows_of.unique:
            if (holder := self.holders.get((name, cells(name).strip()), row.number)) != row.number:
                problems.append(Problem(row.number, self.columns.name(name), f"和第 {holder} 行的一样"))
        try:
            values = self.rows_of.read(cells, key)
        except Invalid as error:
            problems += [Problem(row.number, one.field or "", one.message) for one in errors_of(error)]
            values = {}
        return _refused(row, key, problems) if problems else Judged(row, key, Verdict.new, values)

    def _named_by(self) -> str:
        given = self.columns.column
        return next((key for key in ("_id", "demand", "day", "phone", "uscc", "title", "name") if key in given), "")

    def _called(self) -> str:
        return "编号" if self._named_by() == "_id" else self.columns.name(self._named_by())

    def _same_cells(self, one: Row, other: Row) -> bool:
        return all(one.cells.get(column, "").strip() == other.cells.get(column, "").strip()
                   for column in self.columns.column.values())


def _refused(row: Row, key: str, problems: list[Problem]) -> Judged:
    return Judged(row, key, Verdict.refused, problems=problems)
