"""Whose drafts the rows of an uploaded sheet become: an enterprise's demands, an expert's capabilities

Revision: 0025, after 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

OWNERS = {"organisation_id": "organisation", "expert_id": "expert"}


def upgrade() -> None:
    with op.batch_alter_table("sheet_batch") as table:
        for column, owner in OWNERS.items():
            table.add_column(sa.Column(column, sa.Uuid(), nullable=True))
            table.create_foreign_key(op.f(f"fk_sheet_batch_{column}_{owner}"), owner, [column], ["id"])
            table.create_index(op.f(f"ix_sheet_batch_{column}"), [column])


def downgrade() -> None:
    with op.batch_alter_table("sheet_batch") as table:
        for column, owner in OWNERS.items():
            table.drop_index(op.f(f"ix_sheet_batch_{column}"))
            table.drop_constraint(op.f(f"fk_sheet_batch_{column}_{owner}"), type_="foreignkey")
            table.drop_column(column)
