"""Sheets on their way in: batches, what is wrong in them, how columns were read

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def column(name: str, kind: sa.types.TypeEngine, nullable: bool = False) -> sa.Column:
    return sa.Column(name, kind, nullable=nullable)


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def kind() -> sa.Enum:
    return choice("sheetkind", "demand", "capability", "organisation", "expert")


def upgrade() -> None:
    op.create_table(
        "sheet_batch",
        column("id", sa.Uuid()),
        column("kind", kind()),
        column("name", sa.String(length=300)),
        column("sha256", sa.String(length=64)),
        column("size", sa.BigInteger()),
        column("user_id", sa.Uuid(), nullable=True),
        column("fingerprint", sa.String(length=64)),
        column("mapping", DOCUMENT),
        column("state", choice("batchstate", "checking", "checked", "running", "done", "dropped", "failed")),
        column("paused", sa.Boolean()),
        column("partial", sa.Boolean()),
        column("rows", sa.Integer()),
        column("done", sa.Integer()),
        column("found", DOCUMENT),
        column("written", DOCUMENT),
        column("remarks", DOCUMENT),
        column("fault", sa.Text()),
        column("created_at", sa.DateTime(timezone=True)),
        column("checked_at", sa.DateTime(timezone=True), nullable=True),
        column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("done >= 0 AND rows >= 0", name=op.f("ck_sheet_batch_not_negative")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_sheet_batch_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_batch")),
    )
    for name in ("sha256", "user_id", "state", "created_at"):
        op.create_index(op.f(f"ix_sheet_batch_{name}"), "sheet_batch", [name])
    op.create_table(
        "sheet_problem",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        column("batch_id", sa.Uuid()),
        column("row", sa.Integer()),
        column("column", sa.Text()),
        column("message", sa.Text()),
        sa.ForeignKeyConstraint(["batch_id"], ["sheet_batch.id"], name=op.f("fk_sheet_problem_batch_id_sheet_batch"),
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_problem")),
    )
    op.create_index("ix_sheet_problem_place", "sheet_problem", ["batch_id", "row"])
    op.create_table(
        "sheet_mapping",
        column("id", sa.Uuid()),
        column("owner", sa.String(length=60)),
        column("kind", kind()),
        column("fingerprint", sa.String(length=64)),
        column("mapping", DOCUMENT),
        column("used_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_mapping")),
        sa.UniqueConstraint("owner", "kind", "fingerprint", name=op.f("uq_sheet_mapping_owner_kind_fingerprint")),
    )


def downgrade() -> None:
    op.drop_table("sheet_mapping")
    op.drop_table("sheet_problem")
    op.drop_table("sheet_batch")
