"""A file brought in at one go: checked row by row, written all or none, and nothing new when the file comes again."""

import pathlib
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ingestion.sheets.checking import Judge, Tally
from ingestion.sheets.judging import Judged, Origin, Verdict
from ingestion.sheets.mapping import recognised
from ingestion.sheets.tables import open_table
from models.errors import Invalid
from models.sheets import SheetKind

Progress = Callable[[int, int], None]
"""Called with rows done and rows in all."""
WRITTEN = frozenset({Verdict.new, Verdict.changed})


@dataclass
class ImportReport:
    """What an import did, or would do. With errors it did nothing."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    errors: list[tuple[int, str, str]] = field(default_factory=list)
    """(row number, column, message), in row order."""


def import_file(session: Session, kind: SheetKind | str, path: pathlib.Path | str, *, dry_run: bool = False,
                progress: Progress | None = None) -> ImportReport:
    """Bring in the rows of a JSONL, CSV, XLSX or XLS file; postings are published at once. Flushes.

    A row is known again by its number: changed ones are updated, equal ones left alone. Any error: nothing is written.
    Invalid where the file itself cannot be read.
    """
    kind, path = kind_of(str(kind)), pathlib.Path(path)
    if not path.is_file():
        raise Invalid(f"没有这个文件：{path}", field="file")
    table = open_table(path.name, path.read_bytes(), kind)
    judge, origin, tally = Judge(kind, table, recognised(table, kind)), Origin(), Tally()
    changes: list[Judged] = []
    for rows in judge.chunks():
        judged = judge.judge(session, origin, rows)
        tally.add(judged)
        changes += [one for one in judged if one.verdict in WRITTEN]
        if progress:
            progress(sum(tally.counts.values()), len(table.rows))
    report = _report(tally)
    if not table.rows:
        report.errors.append((0, "", judge.refusal()))
    if not report.errors and not dry_run:
        judge.rows_of.write(session, origin, changes)
    return report


def kind_of(name: str) -> SheetKind:
    """demands, demand, capabilities … → the kind."""
    return next(kind for kind in SheetKind if name in (kind, f"{kind}s", f"{str(kind).removesuffix('y')}ies"))


def _report(tally: Tally) -> ImportReport:
    errors = [(one.row, one.column, one.message) for one in sorted(tally.problems, key=lambda one: one.row)]
    return ImportReport(tally[Verdict.new], tally[Verdict.changed], tally[Verdict.unchanged], tally[Verdict.duplicate],
                        errors)
