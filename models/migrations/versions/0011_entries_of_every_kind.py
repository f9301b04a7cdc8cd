"""Entries of teams, organisations, collectives and provinces: members in order, facts, several a person

Revision: 0011, after 0010. Whoever entered so far is a person.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KINDS = ("person", "team", "organisation", "collective", "province")
MEMBERS = ("university", "enterprise", "institute", "other")
SIDES = ("lead", "partner", "outside")
ONE_A_PERSON = ("uq_entry_season_id_track_user_id", ["season_id", "track", "user_id"])
ONE_A_NAME = ("uq_entry_season_id_track_user_id_name", ["season_id", "track", "user_id", "name"])


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "entry_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", _choice("memberkind", MEMBERS), nullable=False),
        sa.Column("organisation", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("student", sa.Boolean(), nullable=False),
        sa.Column("defender", sa.Boolean(), nullable=False),
        sa.Column("chair", sa.Boolean(), nullable=False),
        sa.Column("side", _choice("side", SIDES), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_entry_member_position_from_one")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_member_entry_id_entry"),
                                ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"],
                                name=op.f("fk_entry_member_organisation_id_organisation")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_entry_member_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_member")),
        sa.UniqueConstraint("entry_id", "position", name=op.f("uq_entry_member_entry_id_position")),
    )
    for column in ("entry_id", "organisation_id", "user_id"):
        op.create_index(op.f(f"ix_entry_member_{column}"), "entry_member", [column])
    with op.batch_alter_table("entry") as entry:
        entry.add_column(sa.Column("kind", _choice("entrantkind", KINDS), nullable=False, server_default="person"))
        entry.add_column(sa.Column("organisation_id", sa.Uuid(), nullable=True))
        entry.add_column(sa.Column("district_code", sa.String(length=6), nullable=False, server_default=""))
        entry.add_column(sa.Column("facts", DOCUMENT, nullable=False, server_default="{}"))
        entry.create_foreign_key(op.f("fk_entry_organisation_id_organisation"), "organisation", ["organisation_id"],
                                 ["id"])
        entry.drop_constraint(ONE_A_PERSON[0], type_="unique")
        entry.create_unique_constraint(*ONE_A_NAME)
        entry.create_index(op.f("ix_entry_organisation_id"), ["organisation_id"])


def downgrade() -> None:
    """Fails on the old constraint where a person has several entries in a track: they cannot be told as before."""
    op.drop_table("entry_member")
    with op.batch_alter_table("entry") as entry:
        entry.drop_index(op.f("ix_entry_organisation_id"))
        entry.drop_constraint(op.f("fk_entry_organisation_id_organisation"), type_="foreignkey")
        entry.drop_constraint(op.f("ck_entry_entrantkind"), type_="check")
        entry.drop_constraint(ONE_A_NAME[0], type_="unique")
        entry.create_unique_constraint(*ONE_A_PERSON)
        for column in ("facts", "district_code", "organisation_id", "kind"):
            entry.drop_column(column)
