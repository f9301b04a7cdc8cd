"""Declared conflicts of interest

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PARTIES = ("expert", "organisation", "organisation", "user_account")
COLUMNS = ("expert_id", "organisation_id", "against_id", "declared_by_id")


def upgrade() -> None:
    op.create_table(
        "conflict_of_interest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("against_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("declared_by_id", sa.Uuid(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(expert_id IS NULL) <> (organisation_id IS NULL)",
                           name=op.f("ck_conflict_of_interest_one_side")),
        *(sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_conflict_of_interest_{column}_{table}"))
          for column, table in zip(COLUMNS, PARTIES, strict=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_of_interest")),
    )
    for column in COLUMNS:
        op.create_index(op.f(f"ix_conflict_of_interest_{column}"), "conflict_of_interest", [column])


def downgrade() -> None:
    op.drop_table("conflict_of_interest")
