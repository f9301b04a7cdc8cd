"""Alembic's entry: runs online against the engine it is handed (models/migrate.py), or the configured database."""

from alembic import context

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


def run() -> None:
    engine = context.config.attributes.get("engine") or make_engine(settings.load().database)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=metadata, render_item=render_item,
                          render_as_batch=connection.dialect.name == "sqlite", compare_type=True)
        with context.begin_transaction():
            context.run_migrations()


run()
