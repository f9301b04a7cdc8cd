"""The matching day: its settings, who takes part, its plans and their meetings

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("matching_day",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("pause", sa.Integer(), nullable=False),
        sa.Column("break_after", sa.Integer(), nullable=False),
        sa.Column("break_minutes", sa.Integer(), nullable=False),
        sa.Column("tables", sa.Integer(), nullable=False),
        sa.Column("demand_least", sa.Integer(), nullable=False),
        sa.Column("demand_most", sa.Integer(), nullable=False),
        sa.Column("expert_least", sa.Integer(), nullable=False),
        sa.Column("expert_most", sa.Integer(), nullable=False),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("break_after BETWEEN 0 AND slots AND break_minutes BETWEEN 0 AND 240", name=op.f("ck_matching_day_break_range")),
        sa.CheckConstraint("demand_least >= 0 AND demand_most >= demand_least", name=op.f("ck_matching_day_demand_limits")),
        sa.CheckConstraint("expert_least >= 0 AND expert_most >= expert_least", name=op.f("ck_matching_day_expert_limits")),
        sa.CheckConstraint("minutes BETWEEN 5 AND 240 AND pause BETWEEN 0 AND 120", name=op.f("ck_matching_day_minutes_range")),
        sa.CheckConstraint("slots BETWEEN 1 AND 48", name=op.f("ck_matching_day_slots_range")),
        sa.CheckConstraint("tables BETWEEN 1 AND 200", name=op.f("ck_matching_day_tables_range")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_matching_day_activity_id_activity")),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_matching_day"))
    )
    op.create_table("day_candidate",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        sa.Column("good", sa.Boolean(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["matching_day.activity_id"], name=op.f("fk_day_candidate_activity_id_matching_day")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_day_candidate_demand_id_demand")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_day_candidate_expert_id_expert")),
        sa.PrimaryKeyConstraint("activity_id", "demand_id", "expert_id", name=op.f("pk_day_candidate"))
    )
    op.create_table("day_demand",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("arrives_at", sa.String(length=5), nullable=False),
        sa.Column("leaves_at", sa.String(length=5), nullable=False),
        sa.CheckConstraint("least >= 0 AND most >= 0", name=op.f("ck_day_demand_not_negative")),
        sa.ForeignKeyConstraint(["activity_id"], ["matching_day.activity_id"], name=op.f("fk_day_demand_activity_id_matching_day")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_day_demand_demand_id_demand")),
        sa.PrimaryKeyConstraint("activity_id", "demand_id", name=op.f("pk_day_demand"))
    )
    op.create_index(op.f("ix_day_demand_demand_id"), "day_demand", ["demand_id"], unique=False)
    op.create_table("day_expert",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("arrives_at", sa.String(length=5), nullable=False),
        sa.Column("leaves_at", sa.String(length=5), nullable=False),
        sa.CheckConstraint("least >= 0 AND most >= 0", name=op.f("ck_day_expert_not_negative")),
        sa.ForeignKeyConstraint(["activity_id"], ["matching_day.activity_id"], name=op.f("fk_day_expert_activity_id_matching_day")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_day_expert_expert_id_expert")),
        sa.PrimaryKeyConstraint("activity_id", "expert_id", name=op.f("pk_day_expert"))
    )
    op.create_index(op.f("ix_day_expert_expert_id"), "day_expert", ["expert_id"], unique=False)
    op.create_table("meeting_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Enum("queued", "failed", "draft", "published", "replaced", name="planstate", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arranged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("figures", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False),
        sa.Column("fault", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["matching_day.activity_id"], name=op.f("fk_meeting_plan_activity_id_matching_day")),
        sa.ForeignKeyConstraint(["requested_by_id"], ["user_account.id"], name=op.f("fk_meeting_plan_requested_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_plan")),
        sa.UniqueConstraint("activity_id", "number", name=op.f("uq_meeting_plan_activity_id_number"))
    )
    op.create_index(op.f("ix_meeting_plan_activity_id"), "meeting_plan", ["activity_id"], unique=False)
    op.create_index(op.f("ix_meeting_plan_requested_by_id"), "meeting_plan", ["requested_by_id"], unique=False)
    op.create_index(op.f("ix_meeting_plan_state"), "meeting_plan", ["state"], unique=False)
    op.create_index("uq_meeting_plan_published", "meeting_plan", ["activity_id"], unique=True, sqlite_where=sa.text("state = 'published'"), postgresql_where=sa.text("state = 'published'"))
    op.create_table("meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("table", sa.Integer(), nullable=False),
        sa.Column("state", sa.Enum("planned", "declined", "cancelled", "held", "missed", name="meetingstate", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("enterprise_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expert_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_by", sa.Enum("enterprise", "expert", name="side", native_enum=False, create_constraint=True, length=32), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'declined') = (declined_by IS NOT NULL)", name=op.f("ck_meeting_declined_by_whom")),
        sa.CheckConstraint('slot >= 0 AND "table" >= 0', name=op.f("ck_meeting_places_from_nought")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_meeting_demand_id_demand")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_meeting_expert_id_expert")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_meeting_organisation_id_organisation")),
        sa.ForeignKeyConstraint(["plan_id"], ["meeting_plan.id"], name=op.f("fk_meeting_plan_id_meeting_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting"))
    )
    op.create_index(op.f("ix_meeting_demand_id"), "meeting", ["demand_id"], unique=False)
    op.create_index(op.f("ix_meeting_expert_id"), "meeting", ["expert_id"], unique=False)
    op.create_index(op.f("ix_meeting_organisation_id"), "meeting", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_meeting_plan_id"), "meeting", ["plan_id"], unique=False)
    op.create_index("uq_meeting_expert_id_slot", "meeting", ["plan_id", "slot", "expert_id"], unique=True, sqlite_where=sa.text("state IN ('planned', 'held', 'missed')"), postgresql_where=sa.text("state IN ('planned', 'held', 'missed')"))
    op.create_index("uq_meeting_organisation_id_slot", "meeting", ["plan_id", "slot", "organisation_id"], unique=True, sqlite_where=sa.text("state IN ('planned', 'held', 'missed')"), postgresql_where=sa.text("state IN ('planned', 'held', 'missed')"))
    op.create_index("uq_meeting_pair", "meeting", ["plan_id", "demand_id", "expert_id"], unique=True, sqlite_where=sa.text("state IN ('planned', 'held', 'missed')"), postgresql_where=sa.text("state IN ('planned', 'held', 'missed')"))
    op.create_index("uq_meeting_table_slot", "meeting", ["plan_id", "slot", "table"], unique=True, sqlite_where=sa.text("state IN ('planned', 'held', 'missed')"), postgresql_where=sa.text("state IN ('planned', 'held', 'missed')"))
    op.create_table("meeting_leftover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=True),
        sa.Column("expert_id", sa.Uuid(), nullable=True),
        sa.Column("short", sa.Integer(), nullable=False),
        sa.Column("bound", sa.String(length=32), nullable=False),
        sa.Column("cut", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False),
        sa.Column("relaxations", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False),
        sa.CheckConstraint("(demand_id IS NULL) <> (expert_id IS NULL)", name=op.f("ck_meeting_leftover_one_party")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_meeting_leftover_demand_id_demand")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_meeting_leftover_expert_id_expert")),
        sa.ForeignKeyConstraint(["plan_id"], ["meeting_plan.id"], name=op.f("fk_meeting_leftover_plan_id_meeting_plan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_leftover"))
    )
    op.create_index(op.f("ix_meeting_leftover_demand_id"), "meeting_leftover", ["demand_id"], unique=False)
    op.create_index(op.f("ix_meeting_leftover_expert_id"), "meeting_leftover", ["expert_id"], unique=False)
    op.create_index(op.f("ix_meeting_leftover_plan_id"), "meeting_leftover", ["plan_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_meeting_leftover_plan_id"), table_name="meeting_leftover")
    op.drop_index(op.f("ix_meeting_leftover_expert_id"), table_name="meeting_leftover")
    op.drop_index(op.f("ix_meeting_leftover_demand_id"), table_name="meeting_leftover")
    op.drop_table("meeting_leftover")
    op.drop_index("uq_meeting_table_slot", table_name="meeting", sqlite_where=sa.text("state IN ('planned', 'held', 'missed')"), postgresql_where=sa.text("state IN ('planned', 'held', 'missed')"))
    op.drop_index("uq_meeting_pair", table_name="meeting", sqlite_where=sa.text("state IN ('planned', 'held', 'missed')"), postgresql_where=sa.text("state IN ('planned', 'held', 'missed')"))
    op.drop_index("uq_meeting_organisation_id_slot", table_name="meeting", sqlite_where=sa.text("state IN ('planned', 'held', 'missed')"), postgresql_where=sa.text("state IN ('planned', 'held', 'missed')"))
    op.drop_index("uq_meeting_expert_id_slot", table_name="meeting", sqlite_where=sa.text("state IN ('planned', 'held', 'missed')"), postgresql_where=sa.text("state IN ('planned', 'held', 'missed')"))
    op.drop_index(op.f("ix_meeting_plan_id"), table_name="meeting")
    op.drop_index(op.f("ix_meeting_organisation_id"), table_name="meeting")
    op.drop_index(op.f("ix_meeting_expert_id"), table_name="meeting")
    op.drop_index(op.f("ix_meeting_demand_id"), table_name="meeting")
    op.drop_table("meeting")
    op.drop_index("uq_meeting_plan_published", table_name="meeting_plan", sqlite_where=sa.text("state = 'published'"), postgresql_where=sa.text("state = 'published'"))
    op.drop_index(op.f("ix_meeting_plan_state"), table_name="meeting_plan")
    op.drop_index(op.f("ix_meeting_plan_requested_by_id"), table_name="meeting_plan")
    op.drop_index(op.f("ix_meeting_plan_activity_id"), table_name="meeting_plan")
    op.drop_table("meeting_plan")
    op.drop_index(op.f("ix_day_expert_expert_id"), table_name="day_expert")
    op.drop_table("day_expert")
    op.drop_index(op.f("ix_day_demand_demand_id"), table_name="day_demand")
    op.drop_table("day_demand")
    op.drop_table("day_candidate")
    op.drop_table("matching_day")
