"""The same thing twice: merged records, clusters of demands

Revision: 0020, after 0019
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("record_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Enum("organisation", "demand", name="merged", native_enum=False), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False),
        sa.CheckConstraint("merged_id <> kept_id", name=op.f("ck_record_merge_two_records")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_record_merge_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_merge")),
        sa.UniqueConstraint("merged_id", name=op.f("uq_record_merge_merged_id")),
    )
    op.create_index(op.f("ix_record_merge_by_id"), "record_merge", ["by_id"])
    op.create_index("ix_record_merge_kept", "record_merge", ["kind", "kept_id"])
    op.create_table("demand_cluster",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["user_account.id"],
                                name=op.f("fk_demand_cluster_made_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_cluster")),
    )
    op.create_index(op.f("ix_demand_cluster_made_by_id"), "demand_cluster", ["made_by_id"])
    op.create_table("demand_cluster_member",
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("cluster_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["demand_cluster.id"], ondelete="CASCADE",
                                name=op.f("fk_demand_cluster_member_cluster_id_demand_cluster")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], ondelete="CASCADE",
                                name=op.f("fk_demand_cluster_member_demand_id_demand")),
        sa.PrimaryKeyConstraint("demand_id", name=op.f("pk_demand_cluster_member")),
    )
    op.create_index(op.f("ix_demand_cluster_member_cluster_id"), "demand_cluster_member", ["cluster_id"])


def downgrade() -> None:
    op.drop_table("demand_cluster_member")
    op.drop_table("demand_cluster")
    op.drop_table("record_merge")
