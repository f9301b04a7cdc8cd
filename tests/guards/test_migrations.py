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


GIVEN = {"user_account.email": "a@example.cn", "entry.status": "draft", "entry.kind": "person",
         "public_notice.status": "open"}
"""What a column must hold where just anything would not do."""
ANYTHING = {sa.String: "x", sa.Text: "x", sa.JSON: {}, sa.Boolean: False, sa.DateTime: AT, sa.Date: AT.date()}


def one_row(connection, tables, name: str, made: dict[str, str]) -> str:
    """The id of a row of the table `name`, put in with everything that it hangs on."""
    if name not in made:
        row = {"id": uuid.uuid4().hex}
        for column in tables[name].columns:
            if column.name != "id" and not column.nullable:
                parent = next(iter(column.foreign_keys), None)
                row[column.name] = (one_row(connection, tables, parent.column.table.name, made) if parent else
                                    GIVEN.get(f"{name}.{column.name}", value_of(column.type)))
        connection.execute(tables[name].insert().values(row))
        made[name] = row["id"]
    return made[name]


def value_of(kind):
    return next((value for known, value in ANYTHING.items() if isinstance(kind, known)), 1)


def test_awards_keep_what_hangs_on_them_when_their_table_is_built_anew(empty_engine):
    """0022 rebuilds `award` on SQLite while lines of a 公示 hang on it."""
    migrate.upgrade(empty_engine, "0021")
    old = sa.MetaData()
    old.reflect(empty_engine)
    with empty_engine.begin() as connection:
        made = {}
        one_row(connection, old.tables, "notice_line", made)
    migrate.upgrade(empty_engine)
    with empty_engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT award.id FROM award JOIN notice_line ON award_id = award.id"))
        assert [uuid.UUID(str(key)).hex for key, in kept] == [made["award"]]
