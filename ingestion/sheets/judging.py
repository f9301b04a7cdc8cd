"""What a row of a sheet would do: its verdict, its values and what is wrong with it."""

import enum
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.orm import Session

from ingestion.sheets.cells import Cells
from ingestion.sheets.headers import Row
from models.accounts import User
from models.sheets import SheetKind

MOST_KEY = 120


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


@dataclass(frozen=True)
class Origin:
    """Where rows come from and who answers for them."""

    actor: User | None = None
    source: str = "file"
    batch_id: uuid.UUID | None = None


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
