"""Alembic's entry: runs online against the engine it is handed (models/migrate.py), or the configured database."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection

import settings
from models.base import UtcDateTime, Yuan
from models.database import make_engine
from models.schema import metadata


def render_item(kind, item, autogen_context):
    """Write the product's column types as their plain SQL types: a migration must not change when code does."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Yuan):
        return "sa.BigInteger()"
    return False


@contextmanager
def rebuilding(connection: Connection) -> Iterator[None]:
    """On SQLite a table is changed by dropping it once it was copied: until the end nothing may hang on it.

    Which rows hang on which is looked at before the commit (https://sqlite.org/lang_altertable.html, 7).
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys = OFF")  # before the transaction: within one it does nothing
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def refuse_orphans(connection: Connection) -> None:
    """RuntimeError where a migration left rows that hang on nothing."""
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            raise RuntimeError(f"the migration leaves rows that hang on nothing: {orphans[:5]}")


def run() -> None:
    engine = context.config.attributes.get("engine") or make_engine(settings.load().database)
    with engine.connect() as connection, rebuilding(connection):
        context.configure(connection=connection, target_metadata=metadata, render_item=render_item,
                          render_as_batch=connection.dialect.name == "sqlite", compare_type=True)
        with context.begin_transaction():
            context.run_migrations()
            refuse_orphans(connection)


run()
