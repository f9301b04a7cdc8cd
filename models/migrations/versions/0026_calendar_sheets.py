"""Sheets of holidays and make-up days

Revision: 0026, after 0025
"""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

OLD = ("demand", "capability", "organisation", "expert", "engagement", "contract", "activity", "member", "conflict")
NEW = "calendar"


def upgrade() -> None:
    _allow_kinds(*OLD, NEW)


def downgrade() -> None:
    op.execute(f"DELETE FROM sheet_problem WHERE batch_id IN (SELECT id FROM sheet_batch WHERE kind = '{NEW}')")
    for table in ("sheet_batch", "sheet_mapping"):
        op.execute(f"DELETE FROM {table} WHERE kind = '{NEW}'")
    _allow_kinds(*OLD)


def _allow_kinds(*kinds: str) -> None:
    """SQLite rebuilds the tables for it."""
    allowed = ", ".join(repr(kind) for kind in kinds)
    for name in ("sheet_batch", "sheet_mapping"):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"ck_{name}_sheetkind"), type_="check")
            table.create_check_constraint(op.f(f"ck_{name}_sheetkind"), f"kind IN ({allowed})")
