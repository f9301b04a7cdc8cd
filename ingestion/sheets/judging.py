"""What a row of a sheet would do: its verdict, its values and what is wrong with it."""

import enum
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from ingestion.sheets.cells import Cells
from ingestion.sheets.headers import Row
from models.accounts import User
from models.sheets import SheetKind

MOST_KEY = 120
READ_AT_ONCE = 500


class Verdict(enum.StrEnum):
    new = "new"
    changed = "changed"
    unchanged = "unchanged"
    duplicate = "duplicate"
    """The same row stands further up in the file, or the same thing is there already under another number."""
    refused = "refused"


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell; `column` is empty where it is the row as a whole."""

    row: int
    column: str
    message: str


@dataclass
class Judged:
    """A row and what would become of it. `values` are column values of the row's table, checked."""

    row: Row
    key: str
    verdict: Verdict
    values: dict[str, Any] = field(default_factory=dict)
    held: Any = None
    """The row of the database that it changes or equals."""
    problems: list[Problem] = field(default_factory=list)
    note: str = ""

    def refuse(self, column: str, message: str) -> None:
        """Note what is wrong in a column, as the file calls it, or with the row as a whole; it does not come in."""
        self.problems.append(Problem(self.row.number, column, message))
        self.verdict = Verdict.refused


@dataclass(frozen=True)
class Origin:
    """Where rows come from and who answers for them."""

    actor: User | None = None
    source: str = "file"
    batch_id: uuid.UUID | None = None
    owner_id: uuid.UUID | None = None
    """The organisation or the expert whose drafts the rows become. None: postings that staff bring in."""

    @property
    def batch(self) -> dict[str, str]:
        """What an audit row says of the batch."""
        return {"batch": str(self.batch_id)} if self.batch_id else {}


class RowKind(Protocol):
    """How one kind of row is read, compared and written. Everything works on a few hundred rows at once."""

    kind: SheetKind
    unique: tuple[str, ...]
    """Fields that no two rows of a file may share, besides the key."""

    def key(self, cells: Cells) -> str:
        """By what the row is known again: its number, or what identifies such a thing without one."""

    def read(self, cells: Cells, key: str) -> dict[str, Any]:
        """Checked values. InvalidForm, each error's field the column as the file calls it."""

    def known(self, session: Session, origin: Origin, keys: Sequence[str]) -> Mapping[str, Any]:
        """Key → the row of the database that has it."""

    def settle(self, session: Session, origin: Origin, rows: Sequence[Judged], cells: Mapping[int, Cells]) -> None:
        """What takes a look at the database and at several rows: others' rows, twins, references."""

    def same(self, held: Any, values: Mapping[str, Any]) -> bool: ...

    def write(self, session: Session, origin: Origin, rows: Sequence[Judged]) -> None:
        """Write new and changed rows with their traces. Flushes."""


def held_anew(session: Session, rows: Sequence[Judged]) -> list[Judged]:
    """The rows, what they change read again in the session that will write it: another one's objects it never writes.

    StaleDataError where something changed or went since the rows were judged.
    """
    changed = [one for one in rows if one.held is not None]
    for start in range(0, len(changed), READ_AT_ONCE):
        part = changed[start:start + READ_AT_ONCE]
        table = type(part[0].held)
        there = session.scalars(select(table).where(table.id.in_([one.held.id for one in part])))
        found = {one.id: one for one in there}
        for one in part:
            fresh = found.get(one.held.id)
            if fresh is None or getattr(fresh, "version", 0) != getattr(one.held, "version", 0):
                raise StaleDataError(f"row {one.row.number} of the sheet changes what has changed meanwhile")
            one.held = fresh
    return list(rows)
