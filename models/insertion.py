"""Inserting a row that another transaction may insert at the same moment."""

import typing
from collections.abc import Sequence

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.base import Base

INSERT: dict[str, typing.Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def insert_once(session: Session, table: type[Base], **values: object) -> None:
    """Insert a row unless one with the same key is there: nothing is raised, nothing overwritten, no object made."""
    session.execute(INSERT[session.get_bind().dialect.name](table).values(values).on_conflict_do_nothing())


def insert_each_once(session: Session, table: type[Base], rows: Sequence[dict[str, object]]) -> None:
    """The same for many rows in one statement; without rows nothing happens."""
    if rows:
        statement = INSERT[session.get_bind().dialect.name](table).values(list(rows)).on_conflict_do_nothing()
        session.execute(statement)
