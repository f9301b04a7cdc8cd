"""Lifecycles: cases and their moves, offices, the table of district quotas, the project's figures

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("case_office",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("district_code", sa.String(length=6), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=False),
        sa.Column("given_by_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["given_by_id"], ["user_account.id"], name=op.f("fk_case_office_given_by_id_user_account")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_case_office_organisation_id_organisation")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_case_office_season_id_season")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_case_office_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_office"))
    )
    op.create_index(op.f("ix_case_office_given_by_id"), "case_office", ["given_by_id"], unique=False)
    op.create_index(op.f("ix_case_office_organisation_id"), "case_office", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_case_office_season_id"), "case_office", ["season_id"], unique=False)
    op.create_index(op.f("ix_case_office_user_id"), "case_office", ["user_id"], unique=False)

    op.create_table("district_quota",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("district_code", sa.String(length=6), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("most >= 0", name=op.f("ck_district_quota_most_not_negative")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_district_quota_season_id_season")),
        sa.ForeignKeyConstraint(["set_by_id"], ["user_account.id"], name=op.f("fk_district_quota_set_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_district_quota")),
        sa.UniqueConstraint("season_id", "rule", "district_code", name=op.f("uq_district_quota_season_id_rule_district_code"))
    )
    op.create_index(op.f("ix_district_quota_season_id"), "district_quota", ["season_id"], unique=False)
    op.create_index(op.f("ix_district_quota_set_by_id"), "district_quota", ["set_by_id"], unique=False)

    op.create_table("lifecycle_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("lifecycle", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("period", sa.Date(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("district_code", sa.String(length=6), nullable=False),
        sa.Column("industry_code", sa.String(length=5), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moves_made", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_lifecycle_case_organisation_id_organisation")),
        sa.ForeignKeyConstraint(["parent_id"], ["lifecycle_case.id"], name=op.f("fk_lifecycle_case_parent_id_lifecycle_case")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_lifecycle_case_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lifecycle_case")),
        sa.UniqueConstraint("parent_id", "lifecycle", "period", name=op.f("uq_lifecycle_case_parent_id_lifecycle_period"))
    )
    op.create_index("ix_lifecycle_case_list", "lifecycle_case", ["season_id", "lifecycle", "state"], unique=False)
    op.create_index(op.f("ix_lifecycle_case_organisation_id"), "lifecycle_case", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_lifecycle_case_parent_id"), "lifecycle_case", ["parent_id"], unique=False)
    op.create_index(op.f("ix_lifecycle_case_season_id"), "lifecycle_case", ["season_id"], unique=False)

    op.create_table("case_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("period", sa.Date(), nullable=True),
        sa.Column("filled", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False),
        sa.Column("ledger_index", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_case_move_number_from_one")),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_case_move_actor_id_user_account")),
        sa.ForeignKeyConstraint(["case_id"], ["lifecycle_case.id"], name=op.f("fk_case_move_case_id_lifecycle_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_move")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_case_move_case_id_number")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_case_move_ledger_index"))
    )
    op.create_index(op.f("ix_case_move_actor_id"), "case_move", ["actor_id"], unique=False)
    op.create_index(op.f("ix_case_move_case_id"), "case_move", ["case_id"], unique=False)

    op.create_table("kpi_figure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("reported_by_id", sa.Uuid(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_kpi_figure_value_not_negative")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_kpi_figure_file_id_stored_file")),
        sa.ForeignKeyConstraint(["reported_by_id"], ["user_account.id"], name=op.f("fk_kpi_figure_reported_by_id_user_account")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_kpi_figure_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kpi_figure"))
    )
    op.create_index(op.f("ix_kpi_figure_file_id"), "kpi_figure", ["file_id"], unique=False)
    op.create_index(op.f("ix_kpi_figure_reported_by_id"), "kpi_figure", ["reported_by_id"], unique=False)
    op.create_index(op.f("ix_kpi_figure_season_id"), "kpi_figure", ["season_id"], unique=False)


def downgrade() -> None:
    for table in ("kpi_figure", "case_move", "lifecycle_case", "district_quota", "case_office"):
        op.drop_table(table)
