"""Lists of awards that one person proposes and another one decides

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
STATES = ("open", "confirmed", "dropped")
OWNERS = {"season_id": "season", "proposed_by_id": "user_account", "settled_by_id": "user_account"}


def upgrade() -> None:
    op.create_table(
        "award_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="proposalstate", native_enum=False, create_constraint=True, length=32),
                  nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("ballot", DOCUMENT, nullable=False),
        sa.Column("minutes", sa.String(length=300), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ledger_index", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'confirmed' OR (ledger_index IS NOT NULL AND settled_by_id <> proposed_by_id)",
                           name=op.f("ck_award_proposal_two_people")),
        *(sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_award_proposal_{name}_{table}"))
          for name, table in OWNERS.items()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_proposal")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_award_proposal_ledger_index")),
    )
    for name in OWNERS:
        op.create_index(op.f(f"ix_award_proposal_{name}"), "award_proposal", [name])
    op.create_index("uq_award_proposal_open", "award_proposal", ["season_id", "track"], unique=True,
                    sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))


def downgrade() -> None:
    op.drop_table("award_proposal")
