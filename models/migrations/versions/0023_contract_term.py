"""How long a contract runs: the days it begins and ends on, where it names them

Revision: 0023, after 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contract_revision", sa.Column("starts_on", sa.Date(), nullable=True))
    op.add_column("contract_revision", sa.Column("ends_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("contract_revision", "ends_on")
    op.drop_column("contract_revision", "starts_on")
