"""What the matcher found for each open demand

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "demand_outlook",
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("best", sa.Enum("good", "partial", "none", name="best", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("examined", sa.Integer(), nullable=False),
        sa.Column("required", sa.Integer(), nullable=False),
        sa.Column("covered", sa.Integer(), nullable=False),
        sa.Column("binding", sa.String(length=300), nullable=False),
        sa.Column("figure", sa.String(length=300), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("nearest", sa.Text(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("short_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demand_outlook_demand_id_demand")),
        sa.PrimaryKeyConstraint("demand_id", name=op.f("pk_demand_outlook")),
    )
    op.create_index(op.f("ix_demand_outlook_best"), "demand_outlook", ["best"])


def downgrade() -> None:
    op.drop_table("demand_outlook")
