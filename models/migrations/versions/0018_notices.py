"""Contest notices with what was read and decided, and the definitions adopted from them

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def column(name: str, kind: sa.types.TypeEngine, nullable: bool = False) -> sa.Column:
    return sa.Column(name, kind, nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "contest_notice",
        column("id", sa.Uuid()),
        column("name", sa.String(length=300)),
        column("text", sa.Text()),
        column("sha256", sa.String(length=64)),
        column("reading", DOCUMENT),
        column("decisions", DOCUMENT),
        column("created_by_id", sa.Uuid()),
        column("created_at", sa.DateTime(timezone=True)),
        column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        column("version", sa.Integer()),
        sa.ForeignKeyConstraint(["created_by_id"], ["user_account.id"],
                                name=op.f("fk_contest_notice_created_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest_notice")),
    )
    for name in ("sha256", "created_by_id", "created_at"):
        op.create_index(op.f(f"ix_contest_notice_{name}"), "contest_notice", [name])
    op.create_table(
        "contest_definition",
        column("id", sa.Uuid()),
        column("code", sa.String(length=40)),
        column("source", sa.Text()),
        column("notice_id", sa.Uuid()),
        column("adopted_by_id", sa.Uuid()),
        column("adopted_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["notice_id"], ["contest_notice.id"],
                                name=op.f("fk_contest_definition_notice_id_contest_notice")),
        sa.ForeignKeyConstraint(["adopted_by_id"], ["user_account.id"],
                                name=op.f("fk_contest_definition_adopted_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest_definition")),
        sa.UniqueConstraint("code", name=op.f("uq_contest_definition_code")),
    )
    op.create_index(op.f("ix_contest_definition_notice_id"), "contest_definition", ["notice_id"], unique=True)
    op.create_index(op.f("ix_contest_definition_adopted_by_id"), "contest_definition", ["adopted_by_id"])


def downgrade() -> None:
    op.drop_table("contest_definition")
    op.drop_table("contest_notice")
