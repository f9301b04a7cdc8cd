"""The migrations lead to the tables the code has, up and down, and every guard of the ledger survives the way."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from models import migrate
from models.database import make_engine
from models.guards import missing_guards
from models.schema import metadata


@pytest.fixture
def empty_engine(databases, dialect):
    engine = make_engine(databases.empty_url(dialect))
    yield engine
    engine.dispose()


def differences(connection) -> list:
    return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": False}), metadata)


def test_there_is_one_head():
    assert len(ScriptDirectory(str(migrate.FOLDER)).get_heads()) == 1


def test_the_head_has_the_tables_of_the_code(private_database):
    with private_database.engine.connect() as connection:
        assert differences(connection) == []
    assert migrate.current(private_database.engine) == migrate.head()


def test_the_head_has_every_guard_of_the_ledger(private_database):
    with private_database.engine.connect() as connection:
        assert missing_guards(connection) == []


def test_down_and_up_again_ends_at_the_same_place(empty_engine):
    migrate.upgrade(empty_engine)
    migrate.downgrade(empty_engine, "base")
    assert migrate.current(empty_engine) is None
    migrate.upgrade(empty_engine)
    with empty_engine.connect() as connection:
        assert differences(connection) == []
        assert missing_guards(connection) == []
