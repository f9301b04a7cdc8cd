"""The engine and its sessions: SQLite pragmas, locking, and the refusal of settings that could lose a commit."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

BUSY_TIMEOUT_MS = 10_000
READ_ONLY = "jiebang_read_only"

Reader = Callable[[], AbstractContextManager[Session]]
"""Gives a session for one short look. On SQLite whoever reads keeps every commit waiting: nobody works meanwhile."""


def holding(session: Session) -> Reader:
    """For who looks from inside a transaction anyway: always this session."""
    return lambda: nullcontext(session)


def _on_connect(connection: sqlite3.Connection, _record) -> None:
    connection.isolation_level = None  # SQLAlchemy's own BEGIN below is the only one
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "foreign_keys = ON",
        "synchronous = FULL",
        "trusted_schema = OFF",
        "recursive_triggers = ON",  # otherwise INSERT OR REPLACE overwrites a ledger leaf past its DELETE trigger
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection) -> None:
    """Writers take the lock at once, so a transaction never fails half way for want of it; readers do not."""
    read_only = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def make_engine(url: str) -> Engine:
    """An engine for `url`. SQLite keeps its rollback journal: WAL below 3.51.3 can lose committed writes."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, isolation_level="READ COMMITTED", hide_parameters=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


class Database:
    """One engine and two ways in: `write()` commits on success, `read()` never does."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self.sessions = sessionmaker(engine, expire_on_commit=False)
        self.readers = sessionmaker(engine.execution_options(**{READ_ONLY: True}), expire_on_commit=False)

    @classmethod
    def connect(cls, url: str) -> "Database":
        return cls(make_engine(url))

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits when the block ends well and rolls back when it does not."""
        with self.sessions() as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for reading only: on SQLite it takes no write lock."""
        with self.readers() as session:
            yield session
