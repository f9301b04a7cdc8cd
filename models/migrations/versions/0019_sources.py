"""Sources of postings that repeat

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watched_source",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("posting", sa.Enum("demand", "capability", name="postingkind", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("format", sa.Enum("feed", "html", "jsonl", "csv", name="sourceformat", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("location", sa.String(length=1000), nullable=False),
        sa.Column("entry_selector", sa.String(length=300), nullable=False),
        sa.Column("title_selector", sa.String(length=300), nullable=False),
        sa.Column("every_hours", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("good_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=300), nullable=False),
        sa.Column("etag", sa.String(length=300), nullable=False),
        sa.Column("last_modified", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("every_hours BETWEEN 1 AND 720", name=op.f("ck_watched_source_every_hours_range")),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name=op.f("fk_watched_source_owner_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watched_source")),
    )
    op.create_index(op.f("ix_watched_source_owner_id"), "watched_source", ["owner_id"])
    op.create_index("ix_watched_source_due", "watched_source", ["active", "due_at"])
    op.create_table(
        "source_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=1000), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ignored", sa.Boolean(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["watched_source.id"], name=op.f("fk_source_entry_source_id_watched_source"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_entry")),
        sa.UniqueConstraint("source_id", "key", name=op.f("uq_source_entry_source_id_key")),
    )
    op.create_index(op.f("ix_source_entry_source_id"), "source_entry", ["source_id"])
    op.create_index("ix_source_entry_list", "source_entry", ["source_id", "ignored", "found_at"])


def downgrade() -> None:
    op.drop_table("source_entry")
    op.drop_table("watched_source")
