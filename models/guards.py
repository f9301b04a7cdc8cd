"""Triggers that keep the ledger append-only whatever SQL the application sends.

They are guard rails: who owns the tables can drop them, and then the signed checkpoints tell. A migration that
rebuilds a table (alembic's batch mode on SQLite) loses its triggers silently, so each ends with `install_guards`.
"""

from sqlalchemy import Connection

APPEND_ONLY = ("ledger_leaf", "ledger_node", "ledger_reference", "ledger_opening", "ledger_checkpoint")
"""Openings too: erasure will destroy the key they are encrypted under and leave the row."""


def _sqlite(name: str, when: str, table: str, condition: str, message: str) -> tuple[str, str]:
    where = f"WHEN {condition} " if condition else ""
    return name, (f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {when} ON {table} FOR EACH ROW {where}"
                  f"BEGIN SELECT RAISE(ABORT, '{message}'); END")


def _sqlite_guards() -> list[tuple[str, str]]:
    guards = []
    for table in APPEND_ONLY:
        guards += [_sqlite(f"{table}_no_{act.lower()}", act, table, "", f"{table} is append-only")
                   for act in ("UPDATE", "DELETE")]
    return guards + [
        _sqlite("ledger_leaf_next", "INSERT", "ledger_leaf",
                "NEW.idx IS NOT (SELECT size FROM ledger_head) "
                "OR EXISTS (SELECT 1 FROM ledger_leaf WHERE event_id = NEW.event_id)",
                "ledger_leaf takes only the next index and a new event"),
        _sqlite("ledger_head_first", "INSERT", "ledger_head", "NEW.size <> 0 OR EXISTS (SELECT 1 FROM ledger_head)",
                "ledger_head starts once, empty"),
        _sqlite("ledger_head_step", "UPDATE", "ledger_head",
                "NEW.size <> OLD.size + 1 OR NEW.origin <> OLD.origin OR NEW.id <> OLD.id",
                "ledger_head grows by one"),
        _sqlite("ledger_head_no_delete", "DELETE", "ledger_head", "", "ledger_head is never deleted"),
    ]


POSTGRESQL_FUNCTIONS = {
    "ledger_refuse": "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = '23001';",
    "ledger_leaf_next": "IF NEW.idx IS DISTINCT FROM (SELECT size FROM ledger_head) THEN "
                        "RAISE EXCEPTION USING MESSAGE = 'ledger_leaf takes only the next index', ERRCODE = '23001'; "
                        "END IF; RETURN NEW;",
    "ledger_head_first": "IF NEW.size <> 0 THEN "
                         "RAISE EXCEPTION USING MESSAGE = 'ledger_head starts empty', ERRCODE = '23001'; "
                         "END IF; RETURN NEW;",
    "ledger_head_step": "IF NEW.size <> OLD.size + 1 OR NEW.origin <> OLD.origin OR NEW.id <> OLD.id THEN "
                        "RAISE EXCEPTION USING MESSAGE = 'ledger_head grows by one', ERRCODE = '23001'; "
                        "END IF; RETURN NEW;",
}
"""Bodies of the trigger functions; 23001 is restrict_violation, so drivers raise an integrity error."""


def _postgresql(name: str, when: str, table: str, function: str, each: str = "ROW") -> tuple[str, str]:
    return name, (f"CREATE OR REPLACE TRIGGER {name} BEFORE {when} ON {table} FOR EACH {each} "
                  f"EXECUTE FUNCTION {function}()")


def _postgresql_guards() -> list[tuple[str, str]]:
    guards = []
    for table in APPEND_ONLY:
        guards += [
            _postgresql(f"{table}_no_update", "UPDATE", table, "ledger_refuse"),
            _postgresql(f"{table}_no_delete", "DELETE", table, "ledger_refuse"),
            _postgresql(f"{table}_no_truncate", "TRUNCATE", table, "ledger_refuse", "STATEMENT"),
        ]
    return guards + [
        _postgresql("ledger_leaf_next", "INSERT", "ledger_leaf", "ledger_leaf_next"),
        _postgresql("ledger_head_first", "INSERT", "ledger_head", "ledger_head_first"),
        _postgresql("ledger_head_step", "UPDATE", "ledger_head", "ledger_head_step"),
        _postgresql("ledger_head_no_delete", "DELETE", "ledger_head", "ledger_refuse"),
        _postgresql("ledger_head_no_truncate", "TRUNCATE", "ledger_head", "ledger_refuse", "STATEMENT"),
    ]


GUARD_TRIGGERS: dict[str, list[tuple[str, str]]] = {"sqlite": _sqlite_guards(), "postgresql": _postgresql_guards()}
"""Dialect name → (trigger name, DDL)."""

PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                  "WHERE NOT tgisinternal AND tgenabled <> 'D' AND pg_table_is_visible(pg_class.oid)",
}


def install_guards(connection: Connection) -> None:
    """Create every guard that is not there. Runs again without harm."""
    dialect = connection.dialect.name
    if dialect == "postgresql":
        for name, body in POSTGRESQL_FUNCTIONS.items():
            connection.exec_driver_sql(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
    for _, ddl in GUARD_TRIGGERS[dialect]:
        connection.exec_driver_sql(ddl)


def remove_guards(connection: Connection) -> None:
    """Drop the guards: for a migration that must rebuild or drop the ledger's tables."""
    dialect = connection.dialect.name
    present = guard_names(connection)
    for name, ddl in GUARD_TRIGGERS[dialect]:
        if name in present:
            table = ddl.split(" ON ", 1)[1].split(" ", 1)[0]
            connection.exec_driver_sql(f"DROP TRIGGER {name}" + (f" ON {table}" if dialect == "postgresql" else ""))
    if dialect == "postgresql":
        for name in POSTGRESQL_FUNCTIONS:
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}()")


def guard_names(connection: Connection) -> set[str]:
    """Names of the enabled triggers present in the database, guards or not."""
    return {row[0] for row in connection.exec_driver_sql(PRESENT[connection.dialect.name])}


def missing_guards(connection: Connection) -> list[str]:
    """Names of the guards that ought to be present and are not; empty when all is well."""
    present = guard_names(connection)
    return [name for name, _ in GUARD_TRIGGERS[connection.dialect.name] if name not in present]
