"""What the columns of a sheet hold, shown to whoever says which is which

Revision: 0021, after 0020
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    op.add_column("sheet_batch", sa.Column("columns", DOCUMENT, nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("sheet_batch", "columns")
