"""An entry that moves up (递补) holds two awards, of which one stands; a role may be given for a time

Revision: 0022, after 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STANDS = sa.text("revoked_at IS NULL")


def upgrade() -> None:
    op.add_column("role_grant", sa.Column("until", sa.Date(), nullable=True))
    with op.batch_alter_table("award") as table:
        table.drop_constraint("uq_award_entry_id", type_="unique")
    op.create_index("uq_award_standing", "award", ["entry_id"], unique=True, sqlite_where=STANDS, postgresql_where=STANDS)
    op.create_index(op.f("ix_award_entry_id"), "award", ["entry_id"])


def downgrade() -> None:
    op.drop_column("role_grant", "until")
    op.drop_index(op.f("ix_award_entry_id"), "award")
    op.drop_index("uq_award_standing", "award")
    with op.batch_alter_table("award") as table:
        table.create_unique_constraint("uq_award_entry_id", ["entry_id"])
