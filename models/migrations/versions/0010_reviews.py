"""评审: committees, rounds, sheets, live turns, recusals; the role of a reviewer

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ROLES = ("enterprise", "expert", "broker", "staff", "admin")
TABLES = ("sheet_score", "review_sheet", "recusal",
          "live_turn", "review_round", "committee_minutes", "committee_member", "committee")


def upgrade() -> None:
    _allow_roles(*ROLES, "reviewer")
    op.create_table("committee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_committee_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee")),
        sa.UniqueConstraint("season_id", "name", name=op.f("uq_committee_season_id_name"))
    )
    op.create_index(op.f("ix_committee_season_id"), "committee", ["season_id"])
    op.create_table("committee_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("organisation", sa.String(length=120), nullable=False),
        sa.Column("chair", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("left_for", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_committee_member_term_in_order")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"],
                                name=op.f("fk_committee_member_committee_id_committee")),
        sa.ForeignKeyConstraint(["replaces_id"], ["committee_member.id"],
                                name=op.f("fk_committee_member_replaces_id_committee_member")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"],
                                name=op.f("fk_committee_member_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_member")),
        sa.UniqueConstraint("committee_id", "seat", name=op.f("uq_committee_member_committee_id_seat"))
    )
    op.create_index(op.f("ix_committee_member_committee_id"), "committee_member", ["committee_id"])
    op.create_index(op.f("ix_committee_member_replaces_id"), "committee_member", ["replaces_id"])
    op.create_index(op.f("ix_committee_member_user_id"), "committee_member", ["user_id"])
    op.create_table("committee_minutes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"],
                                name=op.f("fk_committee_minutes_committee_id_committee")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"],
                                name=op.f("fk_committee_minutes_file_id_stored_file")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user_account.id"],
                                name=op.f("fk_committee_minutes_recorded_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_minutes"))
    )
    op.create_index(op.f("ix_committee_minutes_committee_id"), "committee_minutes", ["committee_id"])
    op.create_index(op.f("ix_committee_minutes_file_id"), "committee_minutes", ["file_id"])
    op.create_index(op.f("ix_committee_minutes_recorded_by_id"), "committee_minutes", ["recorded_by_id"])
    op.create_table("review_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.Enum("written", "live", name="roundmode",
                          native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("state", sa.Enum("forming", "scoring", "opened", name="roundstate",
                          native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("draw_seed", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_by_id", sa.Uuid(), nullable=True),
        sa.Column("opened_for", sa.Text(), nullable=False),
        sa.Column("ledger_index", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'opened') = (opened_at IS NOT NULL)",
                            name=op.f("ck_review_round_opened_has_time")),
        sa.CheckConstraint("reviews BETWEEN 0 AND 50", name=op.f("ck_review_round_reviews_range")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"],
                                name=op.f("fk_review_round_committee_id_committee")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["user_account.id"],
                                name=op.f("fk_review_round_opened_by_id_user_account")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_review_round_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_round")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_review_round_ledger_index")),
        sa.UniqueConstraint("season_id", "track", "stage", name=op.f("uq_review_round_season_id_track_stage"))
    )
    op.create_index(op.f("ix_review_round_committee_id"), "review_round", ["committee_id"])
    op.create_index(op.f("ix_review_round_opened_by_id"), "review_round", ["opened_by_id"])
    op.create_index(op.f("ix_review_round_season_id"), "review_round", ["season_id"])
    op.create_table("live_turn",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("closed_for", sa.Text(), nullable=False),
        sa.CheckConstraint("revealed_at IS NULL OR opened_at IS NOT NULL",
                            name=op.f("ck_live_turn_opened_before_revealed")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["user_account.id"],
                                name=op.f("fk_live_turn_closed_by_id_user_account")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_live_turn_entry_id_entry")),
        sa.ForeignKeyConstraint(["round_id"], ["review_round.id"], name=op.f("fk_live_turn_round_id_review_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_turn")),
        sa.UniqueConstraint("round_id", "entry_id", name=op.f("uq_live_turn_round_id_entry_id")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_live_turn_round_id_position"))
    )
    op.create_index(op.f("ix_live_turn_closed_by_id"), "live_turn", ["closed_by_id"])
    op.create_index(op.f("ix_live_turn_entry_id"), "live_turn", ["entry_id"])
    op.create_index(op.f("ix_live_turn_round_id"), "live_turn", ["round_id"])
    op.create_table("recusal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_recusal_entry_id_entry")),
        sa.ForeignKeyConstraint(["member_id"], ["committee_member.id"],
                                name=op.f("fk_recusal_member_id_committee_member")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user_account.id"],
                                name=op.f("fk_recusal_recorded_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
        sa.UniqueConstraint("member_id", "entry_id", name=op.f("uq_recusal_member_id_entry_id"))
    )
    op.create_index(op.f("ix_recusal_entry_id"), "recusal", ["entry_id"])
    op.create_index(op.f("ix_recusal_member_id"), "recusal", ["member_id"])
    op.create_index(op.f("ix_recusal_recorded_by_id"), "recusal", ["recorded_by_id"])
    op.create_table("review_sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_for", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("ledger_index", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(submitted_at IS NULL) = (ledger_index IS NULL)",
                            name=op.f("ck_review_sheet_submitted_is_in_ledger")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_review_sheet_entry_id_entry")),
        sa.ForeignKeyConstraint(["member_id"], ["committee_member.id"],
                                name=op.f("fk_review_sheet_member_id_committee_member")),
        sa.ForeignKeyConstraint(["round_id"], ["review_round.id"],
                                name=op.f("fk_review_sheet_round_id_review_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_sheet")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_review_sheet_ledger_index")),
        sa.UniqueConstraint("round_id", "member_id", "entry_id",
                            name=op.f("uq_review_sheet_round_id_member_id_entry_id"))
    )
    op.create_index(op.f("ix_review_sheet_entry_id"), "review_sheet", ["entry_id"])
    op.create_index(op.f("ix_review_sheet_member_id"), "review_sheet", ["member_id"])
    op.create_index(op.f("ix_review_sheet_round_id"), "review_sheet", ["round_id"])
    op.create_table("sheet_score",
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("indicator", sa.String(length=40), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["review_sheet.id"], name=op.f("fk_sheet_score_sheet_id_review_sheet")),
        sa.PrimaryKeyConstraint("sheet_id", "indicator", name=op.f("pk_sheet_score"))
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.execute("DELETE FROM role_grant WHERE role = 'reviewer'")
    _allow_roles(*ROLES)


def _allow_roles(*roles: str) -> None:
    """SQLite rebuilds the table for it."""
    name = op.f("ck_role_grant_role")
    with op.batch_alter_table("role_grant") as table:
        table.drop_constraint(name, type_="check")
        table.create_check_constraint(name, _among("role", roles))


def _among(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
