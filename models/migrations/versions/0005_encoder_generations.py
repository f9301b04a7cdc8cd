"""Generations of the encoder; a second vector for models that tell who asks from who is found

Revision: 0005, after 0004. The vectors that are there become the first generation in use.
"""

import datetime as dt
import uuid

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATES = ("preparing", "ready", "in_use", "retired", "failed")


def upgrade() -> None:
    table = op.create_table(
        "encoder_generation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("query_prompt", sa.Text(), nullable=False),
        sa.Column("document_prompt", sa.Text(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("dimensions", sa.Integer(), nullable=False),
        sa.Column("symmetric", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="generationstate", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_use_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["user_account.id"], name=op.f("fk_encoder_generation_created_by_id_user_account")),
        sa.ForeignKeyConstraint(["replaces_id"], ["encoder_generation.id"], name=op.f("fk_encoder_generation_replaces_id_encoder_generation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encoder_generation")),
        sa.UniqueConstraint("name", name=op.f("uq_encoder_generation_name")),
    )
    op.create_index("uq_encoder_generation_in_use", "encoder_generation", ["state"], unique=True, sqlite_where=sa.text("state = 'in_use'"), postgresql_where=sa.text("state = 'in_use'"))
    op.create_index(op.f("ix_encoder_generation_created_by_id"), "encoder_generation", ["created_by_id"], unique=False)
    op.create_index(op.f("ix_encoder_generation_replaces_id"), "encoder_generation", ["replaces_id"], unique=False)
    op.add_column("posting_vector", sa.Column("query_vector", sa.LargeBinary(), nullable=True))
    _adopt(table)


def _adopt(table: sa.Table) -> None:
    """The model that embedded last is in use; what others left is kept for a while, as after any change."""
    vectors = sa.table("posting_vector", sa.column("encoder"), sa.column("seq"), sa.column("vector"))
    found = op.get_bind().execute(
        sa.select(vectors.c.encoder, sa.func.max(sa.func.length(vectors.c.vector)))
        .where(vectors.c.encoder != "none").group_by(vectors.c.encoder).order_by(sa.func.max(vectors.c.seq).desc())).all()
    now = dt.datetime.now(dt.UTC)
    for place, (name, size) in enumerate(found):
        source = "" if name.startswith("encoder@") else name.split("@")[0]
        op.bulk_insert(table, [{
            "id": uuid.uuid4(), "name": name, "source": source, "query_prompt": "", "document_prompt": "", "tokens": 512,
            "dimensions": size // 4, "symmetric": True, "state": "ready" if place else "in_use", "wanted": False,
            "automatic": False, "attempts": 0, "error": "", "created_at": now, "created_by_id": None, "finished_at": now,
            "in_use_since": now, "used_until": now if place else None, "retired_at": None, "replaces_id": None}])


def downgrade() -> None:
    with op.batch_alter_table("posting_vector") as batch_op:
        batch_op.drop_column("query_vector")
    op.drop_index(op.f("ix_encoder_generation_replaces_id"), table_name="encoder_generation")
    op.drop_index(op.f("ix_encoder_generation_created_by_id"), table_name="encoder_generation")
    op.drop_index("uq_encoder_generation_in_use", table_name="encoder_generation")
    op.drop_table("encoder_generation")
