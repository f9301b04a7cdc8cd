"""Why doubtful words stay in a confidential demand's public text

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leak_confirmation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_leak_confirmation_demand_id_demand"),
                                ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"],
                                name=op.f("fk_leak_confirmation_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leak_confirmation")),
    )
    op.create_index(op.f("ix_leak_confirmation_demand_id"), "leak_confirmation", ["demand_id"])
    op.create_index(op.f("ix_leak_confirmation_user_id"), "leak_confirmation", ["user_id"])


def downgrade() -> None:
    op.drop_table("leak_confirmation")
