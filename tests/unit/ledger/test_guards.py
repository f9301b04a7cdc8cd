"""The triggers: no SQL the application could send changes what was recorded."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ledger import log
from ledger.signer import Signer
from models.guards import APPEND_ONLY, GUARD_TRIGGERS, guard_names, install_guards, missing_guards, remove_guards

SETTABLE = {"ledger_leaf": "body = 'x'", "ledger_node": "hash = zeroblob(32)", "ledger_reference": "cited = 0",
            "ledger_opening": "value = 'x'", "ledger_checkpoint": "note = 'x'"}
ZERO = {"sqlite": "zeroblob(32)", "postgresql": "decode(repeat('00', 32), 'hex')"}


@pytest.fixture
def recorded(session, tmp_path):
    """A log of three entries, one citing another, and a signed checkpoint."""
    for refs in ([], [0], []):
        log.append(session, "contract.confirmed", {"person": "甲"}, refs=refs)
    session.commit()
    log.sign_checkpoint(session, Signer.open(tmp_path / "keys"))
    session.flush()
    return session


def everything(session):
    return [session.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")).all() for table in (*SETTABLE, "ledger_head")]


def refused(session, sql, match="append-only"):
    before = everything(session)
    with pytest.raises(DBAPIError, match=match), session.begin_nested():
        session.execute(text(sql))
    assert everything(session) == before


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_recorded_row_is_updated_or_deleted(recorded, dialect, table):
    refused(recorded, f"UPDATE {table} SET {SETTABLE[table].replace('zeroblob(32)', ZERO[dialect])}")
    refused(recorded, f"DELETE FROM {table}")


@pytest.mark.parametrize("change", [
    "size = size + 2", "size = size - 1", "size = size", "origin = 'x', size = size + 1"])
def test_the_head_only_grows_by_one(recorded, change):
    refused(recorded, f"UPDATE ledger_head SET {change}", "grows by one")


def test_the_head_is_never_deleted(recorded):
    refused(recorded, "DELETE FROM ledger_head", "never deleted|append-only")


def test_a_leaf_takes_only_the_next_index(recorded, dialect):
    refused(recorded, "INSERT INTO ledger_leaf (idx, event_id, body, hash) "
                      f"VALUES (7, '00000000000000000000000000000000', 'x', {ZERO[dialect]})", "only the next index")


@pytest.mark.parametrize("row", [
    "SELECT 1, event_id, 'x', hash FROM ledger_leaf WHERE idx = 1",
    "SELECT 3, event_id, 'x', hash FROM ledger_leaf WHERE idx = 1",
])
def test_insert_or_replace_overwrites_no_leaf(recorded, dialect, row):
    if dialect != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    refused(recorded, f"INSERT OR REPLACE INTO ledger_leaf (idx, event_id, body, hash) {row}", "only the next index")


@pytest.mark.parametrize("table", ["ledger_node", "ledger_reference", "ledger_opening", "ledger_checkpoint"])
def test_insert_or_replace_overwrites_no_other_row(recorded, dialect, table):
    if dialect != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    refused(recorded, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_insert_or_replace_resets_no_head(recorded, dialect):
    if dialect != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    refused(recorded, "INSERT OR REPLACE INTO ledger_head VALUES (1, 'x', 0, x'')", "starts once")


@pytest.mark.parametrize("table", [*APPEND_ONLY, "ledger_head"])
def test_no_table_is_truncated(recorded, dialect, table):
    if dialect != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's")
    refused(recorded, f"TRUNCATE {table} CASCADE")


def test_a_head_starts_empty(session, dialect):
    with pytest.raises(DBAPIError, match="starts"), session.begin_nested():
        session.execute(text("INSERT INTO ledger_head (id, origin, size, frontier) VALUES (1, 'x', 5, '')"))


def test_every_guard_stands_after_migration_and_a_missing_one_is_named(private_database, dialect):
    with private_database.engine.begin() as connection:
        assert missing_guards(connection) == []
        remove_guards(connection)
        remove_guards(connection)
        assert missing_guards(connection) == [name for name, _ in GUARD_TRIGGERS[dialect]]
        install_guards(connection)
        install_guards(connection)
        assert guard_names(connection) >= {name for name, _ in GUARD_TRIGGERS[dialect]}
