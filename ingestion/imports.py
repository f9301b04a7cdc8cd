"""Postings from a file: checked row by row, written all or none, and the same again when the file comes again."""

import pathlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ingestion.findings import errors_of
from ingestion.import_columns import read_capability, read_demand
from ingestion.import_leaks import check_capability, check_demand
from ingestion.tables import Row, read
from models.audit import record
from models.base import now
from models.capabilities import Capability
from models.demands import Demand, DemandEvent, DemandStatus
from models.errors import Invalid
from models.index import PostingKind, enqueue

SOURCE = "file"
Progress = Callable[[int, int], None]
"""Called with rows done and rows in all."""


@dataclass
class ImportReport:
    """What an import did, or would do. With errors it did nothing."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[tuple[int, str, str]] = field(default_factory=list)
    """(row number, column, message), in row order."""


def import_file(session: Session, kind: PostingKind | str, path: pathlib.Path | str, *, dry_run: bool = False,
                progress: Progress | None = None) -> ImportReport:
    """Bring in the demands or capabilities of a JSONL, CSV or XLSX file; they are published at once. Flushes.

    A row is known again by its `_id`: changed ones are updated, equal ones left alone. Any error: nothing is written.
    Invalid where the file itself cannot be read.
    """
    kind = PostingKind(str(kind).removesuffix("s") if str(kind) != "capabilities" else "capability")
    rows = read(pathlib.Path(path))
    report = ImportReport()
    read_rows = _check(kind, rows, report)
    known = _known(session, kind, [values["external_id"] for _, values in read_rows])
    _check_leaks(kind, read_rows, known, report)
    if report.errors:
        return report
    checked = [values for _, values in read_rows]
    changed = []
    for done, values in enumerate(checked, 1):
        posting = known.get(values["external_id"])
        if posting is not None and _same(posting, values):
            report.unchanged += 1
        else:
            changed.append((posting, values))
            report.created, report.updated = report.created + (posting is None), report.updated + (posting is not None)
        if progress:
            progress(done, len(checked))
    if not dry_run:
        _write(session, kind, changed)
    return report


def _check(kind: PostingKind, rows: list[Row], report: ImportReport) -> list[tuple[Row, dict]]:
    reader = read_demand if kind is PostingKind.demand else read_capability
    first_seen: dict[str, int] = {}
    checked = []
    for row in rows:
        try:
            if row.error:
                raise Invalid(row.error, field="")
            values = reader(row.cells)
            earlier = first_seen.setdefault(values["external_id"], row.number)
            if earlier != row.number:
                raise Invalid(f"和第 {earlier} 行的 _id 一样", field="_id")
            checked.append((row, values))
        except Invalid as error:
            report.errors += [(row.number, one.field or "", one.message) for one in errors_of(error)]
    if not rows:
        report.errors.append((0, "", "文件里只有表头，没有内容"))
    return checked


def _check_leaks(kind: PostingKind, rows: list[tuple[Row, dict]], known: dict[str, Demand | Capability],
                 report: ImportReport) -> None:
    """Note what the rows would give away: they are public at once."""
    for row, values in rows:
        try:
            if kind is PostingKind.demand:
                check_demand(row.cells, values, known.get(values["external_id"]))
            else:
                check_capability(row.cells, values)
        except Invalid as error:
            report.errors += [(row.number, one.field or "", one.message) for one in errors_of(error)]
    report.errors.sort(key=lambda error: error[0])


def _known(session: Session, kind: PostingKind, external_ids: list[str]) -> dict[str, Demand | Capability]:
    table: Any = Demand if kind is PostingKind.demand else Capability
    wanted = set(external_ids)
    query = select(table).where(table.source == SOURCE)
    if table is Demand:
        query = query.options(selectinload(Demand.targets))
    return {posting.external_id: posting for posting in session.scalars(query) if posting.external_id in wanted}


def _same(posting: Demand | Capability, values: dict) -> bool:
    return all(getattr(posting, column) == value for column, value in values.items())


def _write(session: Session, kind: PostingKind, changed: list[tuple[Demand | Capability | None, dict]]) -> None:
    postings = [_put(session, kind, posting, values) for posting, values in changed]
    session.flush()
    for (before, _), posting in zip(changed, postings, strict=True):
        if kind is PostingKind.demand and before is None:
            session.add(DemandEvent(demand_id=posting.id, status=DemandStatus.published))
        enqueue(session, kind, posting.id)
        record(session, None, f"{kind}.imported", posting, source=SOURCE)
    session.flush()


def _put(session: Session, kind: PostingKind, posting: Demand | Capability | None, values: dict):
    if posting is None:
        posting = (Demand(source=SOURCE, status=DemandStatus.published, published_at=now())
                   if kind is PostingKind.demand else Capability(source=SOURCE))
        session.add(posting)
    for column, value in values.items():
        setattr(posting, column, value)
    posting.updated_at = now()
    return posting
