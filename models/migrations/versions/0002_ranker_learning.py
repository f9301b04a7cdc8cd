"""Impressions, and the rankers learned from what became of recommended pairs

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ranker_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("encoder", sa.String(length=120), nullable=False),
        sa.Column("state", sa.Enum("candidate", "in_use", "held", "retired", name="rankerstate", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("trained_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False),
        sa.Column("trained_on", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False),
        sa.Column("comparison", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False),
        sa.Column("better", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranker_version")),
        sa.UniqueConstraint("encoder", "digest", name=op.f("uq_ranker_version_encoder_digest")),
        sa.UniqueConstraint("number", name=op.f("uq_ranker_version_number"))
    )
    op.create_index("uq_ranker_version_in_use", "ranker_version", ["state"], unique=True, sqlite_where=sa.text("state = 'in_use'"), postgresql_where=sa.text("state = 'in_use'"))

    op.create_table(
        "ranker_control",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.Column("training", sa.Uuid(), nullable=True),
        sa.Column("training_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user_account.id"], name=op.f("fk_ranker_control_changed_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranker_control"))
    )
    op.create_index(op.f("ix_ranker_control_changed_by_id"), "ranker_control", ["changed_by_id"], unique=False)

    op.create_table(
        "ranker_switch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Enum("automatic", "chosen", "rolled_back", name="switchkind", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_ranker_switch_by_id_user_account")),
        sa.ForeignKeyConstraint(["from_id"], ["ranker_version.id"], name=op.f("fk_ranker_switch_from_id_ranker_version")),
        sa.ForeignKeyConstraint(["to_id"], ["ranker_version.id"], name=op.f("fk_ranker_switch_to_id_ranker_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranker_switch"))
    )
    op.create_index(op.f("ix_ranker_switch_at"), "ranker_switch", ["at"], unique=False)
    op.create_index(op.f("ix_ranker_switch_by_id"), "ranker_switch", ["by_id"], unique=False)
    op.create_index(op.f("ix_ranker_switch_from_id"), "ranker_switch", ["from_id"], unique=False)
    op.create_index(op.f("ix_ranker_switch_to_id"), "ranker_switch", ["to_id"], unique=False)

    op.create_table(
        "impression",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("viewer_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Enum("enterprise", "expert", name="side", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("position >= 1", name=op.f("ck_impression_position_from_one")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_impression_demand_id_demand")),
        sa.ForeignKeyConstraint(["viewer_id"], ["user_account.id"], name=op.f("fk_impression_viewer_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impression")),
        sa.UniqueConstraint("viewer_id", "demand_id", "candidate_id", "shown_on", "position", name="uq_impression_once"),
        sqlite_autoincrement=True
    )
    op.create_index("ix_impression_pair", "impression", ["demand_id", "candidate_id"], unique=False)
    op.create_index(op.f("ix_impression_shown_at"), "impression", ["shown_at"], unique=False)
    op.create_index(op.f("ix_impression_viewer_id"), "impression", ["viewer_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_impression_viewer_id"), table_name="impression")
    op.drop_index(op.f("ix_impression_shown_at"), table_name="impression")
    op.drop_index("ix_impression_pair", table_name="impression")

    op.drop_table("impression")
    op.drop_index(op.f("ix_ranker_switch_to_id"), table_name="ranker_switch")
    op.drop_index(op.f("ix_ranker_switch_from_id"), table_name="ranker_switch")
    op.drop_index(op.f("ix_ranker_switch_by_id"), table_name="ranker_switch")
    op.drop_index(op.f("ix_ranker_switch_at"), table_name="ranker_switch")

    op.drop_table("ranker_switch")
    op.drop_index(op.f("ix_ranker_control_changed_by_id"), table_name="ranker_control")

    op.drop_table("ranker_control")
    op.drop_index("uq_ranker_version_in_use", table_name="ranker_version")

    op.drop_table("ranker_version")
