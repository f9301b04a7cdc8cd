"""What demands and capabilities from sheets have in common: whose rows they may change, and the traces they leave."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from ingestion.findings import errors_of
from ingestion.sheets.judging import Judged, Origin, Problem, Verdict
from models.audit import Identified, record_each
from models.errors import Invalid
from models.index import PostingKind, enqueue_each


def refuse(row: Judged, column: str, message: str) -> None:
    """Say what is wrong in one cell, or without a column with the row."""
    row.problems.append(Problem(row.row.number, column, message))
    row.verdict = Verdict.refused


def refuse_problems(row: Judged, check: Callable[..., Any], *arguments: Any) -> None:
    """Run a check; what it raises is noted with the row, which is then refused."""
    try:
        check(*arguments)
    except Invalid as error:
        row.problems += [Problem(row.row.number, one.field or "", one.message) for one in errors_of(error)]
        row.verdict = Verdict.refused


def refuse_anothers(rows: Sequence[Judged], origin: Origin, message: str) -> None:
    """A sheet changes only what came by the same way: never what its owner wrote on the site."""
    for one in rows:
        if one.verdict is Verdict.changed and one.held.source != origin.source:
            refuse(one, "", message)


def write_traces(session: Session, origin: Origin, kind: PostingKind, table: type[Identified],
                 written: Sequence[tuple[uuid.UUID, bool]]) -> None:
    """An outbox row and an audit row for each posting. `written`: id, and whether it is new."""
    enqueue_each(session, kind, [one for one, _ in written])
    write_audit(session, origin, str(kind), table, written)


def write_audit(session: Session, origin: Origin, kind: str, table: type[Identified],
                written: Sequence[tuple[uuid.UUID, bool]]) -> None:
    """An audit row for each row of `table` that a sheet made or changed."""
    detail = {"source": origin.source} | ({"batch": str(origin.batch_id)} if origin.batch_id else {})
    record_each(session, origin.actor, f"{kind}.imported", table, [one for one, _ in written], **detail)
