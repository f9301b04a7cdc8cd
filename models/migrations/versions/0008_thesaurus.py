"""What staff add to the thesaurus

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = ("synonym", "abbreviation", "translation", "wording", "whole")


def kind() -> sa.Column:
    return sa.Column("kind", sa.Enum(*KINDS, name="groupkind", native_enum=False, create_constraint=True, length=32),
                     nullable=False)


def words() -> sa.Column:
    return sa.Column("words", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "thesaurus_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        kind(),
        words(),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user_account.id"], name=op.f("fk_thesaurus_group_changed_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thesaurus_group"))
    )
    op.create_index(op.f("ix_thesaurus_group_changed_at"), "thesaurus_group", ["changed_at"], unique=False)
    op.create_index(op.f("ix_thesaurus_group_changed_by_id"), "thesaurus_group", ["changed_by_id"], unique=False)

    op.create_table(
        "thesaurus_revision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        kind(),
        words(),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_thesaurus_revision_by_id_user_account")),
        sa.ForeignKeyConstraint(["group_id"], ["thesaurus_group.id"], name=op.f("fk_thesaurus_revision_group_id_thesaurus_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thesaurus_revision")),
        sqlite_autoincrement=True
    )
    op.create_index(op.f("ix_thesaurus_revision_by_id"), "thesaurus_revision", ["by_id"], unique=False)
    op.create_index("ix_thesaurus_revision_group", "thesaurus_revision", ["group_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("thesaurus_revision")
    op.drop_table("thesaurus_group")
