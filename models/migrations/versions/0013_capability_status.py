"""No index on the status of a capability: nearly all have the same, and SQLite read them all for a few ids

Revision: 0013, after 0012
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_capability_status", "capability")


def downgrade() -> None:
    op.create_index("ix_capability_status", "capability", ["status"], unique=False)
