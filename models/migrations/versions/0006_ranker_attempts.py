"""What came of the last training of a ranker

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    document = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
    op.add_column("ranker_control", sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("ranker_control", sa.Column("attempt", document, nullable=False, server_default="{}"))


def downgrade() -> None:
    with op.batch_alter_table("ranker_control", schema=None) as batch_op:
        batch_op.drop_column("attempt")
        batch_op.drop_column("attempted_at")
