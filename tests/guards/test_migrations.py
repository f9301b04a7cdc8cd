"""The migrations lead to the tables the code has, up and down, and every guard of the ledger survives the way."""

import datetime as dt
import uuid

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from models import migrate
from models.database import make_engine
from models.guards import missing_guards
from models.schema import metadata

AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


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


def test_entries_keep_what_hangs_on_them_when_their_table_is_built_anew(empty_engine):
    """0011 rebuilds `entry` on SQLite, where dropping the old table would cascade to its materials."""
    migrate.upgrade(empty_engine, "0010")
    old = sa.MetaData()
    old.reflect(empty_engine)
    user, season, entry, material = (uuid.uuid4().hex for _ in range(4))
    rows = {
        "user_account": dict(id=user, email="a@example.cn", phone="1", name="周砚秋", password_hash="", active=True,
                             locale="zh", care_mode=False, personalised=True, shortcuts=True, terms_version="",
                             created_at=AT),
        "season": dict(id=season, code="weihai-2020", year=2026, settings={}, created_at=AT, version=1),
        "entry": dict(id=entry, season_id=season, track="tech_challenge", user_id=user, status="draft", name="周砚秋",
                      phone="", employer="", summary="", returned_for="", created_at=AT, version=1),
        "entry_material": dict(id=material, entry_id=entry, code="report", original_seen=False),
    }
    with empty_engine.begin() as connection:
        for table, row in rows.items():
            connection.execute(old.tables[table].insert().values(row))
    migrate.upgrade(empty_engine)
    with empty_engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT kind, code FROM entry JOIN entry_material ON entry_id = entry.id"))
        assert kept.all() == [("person", "report")]
