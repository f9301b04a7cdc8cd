"""Sealed terms of selection, and awards

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def column(name: str, kind: sa.types.TypeEngine, nullable: bool = False) -> sa.Column:
    return sa.Column(name, kind, nullable=nullable)


def references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}_{target}"))
            for name, target in columns.items()]


def upgrade() -> None:
    op.create_table(
        "sealed_terms",
        column("id", sa.Uuid()),
        column("season_id", sa.Uuid()),
        column("track", sa.String(length=40)),
        column("terms", DOCUMENT),
        column("minutes", sa.String(length=300)),
        column("sealed_by_id", sa.Uuid()),
        column("sealed_at", sa.DateTime(timezone=True)),
        column("ledger_index", sa.BigInteger()),
        *references("sealed_terms", season_id="season", sealed_by_id="user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_terms")),
        sa.UniqueConstraint("season_id", "track", name=op.f("uq_sealed_terms_season_id_track")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_sealed_terms_ledger_index")),
    )
    op.create_table(
        "award",
        column("id", sa.Uuid()),
        column("season_id", sa.Uuid()),
        column("track", sa.String(length=40)),
        column("entry_id", sa.Uuid()),
        column("grade", sa.String(length=40)),
        column("rank", sa.Integer()),
        column("points", sa.BigInteger()),
        column("minutes", sa.String(length=300)),
        column("decided_by_id", sa.Uuid()),
        column("decided_at", sa.DateTime(timezone=True)),
        column("ledger_index", sa.BigInteger()),
        column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        column("revoked_for", sa.String(length=300)),
        column("version", sa.Integer()),
        sa.CheckConstraint("rank >= 1", name=op.f("ck_award_rank_range")),
        sa.CheckConstraint("points >= 0", name=op.f("ck_award_points_range")),
        sa.CheckConstraint("revoked_at IS NULL OR revoked_for <> ''", name=op.f("ck_award_revoked_for_a_reason")),
        *references("award", season_id="season", entry_id="entry", decided_by_id="user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_award_entry_id")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_award_ledger_index")),
    )
    for table, columns in (("sealed_terms", ("season_id", "sealed_by_id")), ("award", ("season_id", "decided_by_id"))):
        for name in columns:
            op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def downgrade() -> None:
    op.drop_table("award")
    op.drop_table("sealed_terms")
