"""What demands and capabilities from sheets have in common: whose rows they may change, and the traces they leave."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from ingestion.findings import errors_of
from ingestion.sheets.judging import Judged, Origin, Verdict
from ingestion.sheets.keys import plain
from models.audit import Identified, record_each
from models.errors import Invalid
from models.index import PostingKind, enqueue_each


def refuse_problems(row: Judged, check: Callable[..., Any], *arguments: Any) -> None:
    """Run a check; what it raises is noted with the row, which is then refused."""
    try:
        check(*arguments)
    except Invalid as error:
        for one in errors_of(error):
            row.refuse(one.field or "", one.message)


def refuse_anothers(rows: Sequence[Judged], origin: Origin, message: str) -> None:
    """A sheet changes only what came by the same way: never what its owner wrote on the site."""
    for one in rows:
        if one.verdict is Verdict.changed and one.held.source != origin.source:
            one.refuse("", message)


def note_twins(rows: Sequence[Judged], held: Iterable[tuple[str, str]], body: str, note: str) -> None:
    """Leave out rows that say again what the owner has. `held`: title and text of each; `body`: the text's column."""
    there = {(plain(title), plain(text)) for title, text in held}
    for one in rows:
        if (plain(one.values["title"]), plain(one.values.get(body, ""))) in there:
            one.verdict, one.note = Verdict.duplicate, note


def write_traces(session: Session, origin: Origin, kind: PostingKind, table: type[Identified],
                 written: Sequence[tuple[uuid.UUID, bool]]) -> None:
    """An outbox row and an audit row for each posting. `written`: id, and whether it is new."""
    enqueue_each(session, kind, [one for one, _ in written])
    write_audit(session, origin, str(kind), table, written)


def write_audit(session: Session, origin: Origin, kind: str, table: type[Identified],
                written: Sequence[tuple[uuid.UUID, bool]]) -> None:
    """An audit row for each row of `table` that a sheet made or changed."""
    record_each(session, origin.actor, f"{kind}.imported", table, [one for one, _ in written],
                source=origin.source, **origin.batch)
