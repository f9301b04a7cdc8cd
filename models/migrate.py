"""Bring a database to the newest schema, and say where it stands."""

import pathlib

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from models.database import READ_ONLY
from models.errors import Conflict

FOLDER = pathlib.Path(__file__).parent / "migrations"


def config_for(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    command.upgrade(config_for(engine), revision)


def downgrade(engine: Engine, revision: str) -> None:
    command.downgrade(config_for(engine), revision)


def current(engine: Engine) -> str | None:
    """The revision the database is at; None where no migration ran."""
    with engine.execution_options(**{READ_ONLY: True}).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The one newest revision. More than one head is an error of the code base, raised by alembic."""
    found = ScriptDirectory(str(FOLDER)).get_current_head()
    if found is None:
        raise RuntimeError(f"no migrations in {FOLDER}")
    return found


def require_newest(engine: Engine) -> None:
    """Conflict where the database is not at the newest schema: what is said to it would fail somewhere in between."""
    found, newest = current(engine), head()
    if found != newest:
        raise Conflict(f"数据库结构是 {found or '空的'}，程序要 {newest}。先运行 jiebang migrate")
