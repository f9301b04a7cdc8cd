"""First schema

Revision: 0001, the beginning
"""

import sqlalchemy as sa
from alembic import op

from models.guards import install_guards, remove_guards
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "index_clock",
        sa.Column(
            "kind",
            sa.Enum("demand", "capability", name="postingkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_index_clock")),
    )
    op.create_table(
        "ledger_checkpoint",
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(root) = 32", name=op.f("ck_ledger_checkpoint_root_length")),
        sa.CheckConstraint("size >= 1", name=op.f("ck_ledger_checkpoint_size_range")),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_ledger_checkpoint")),
    )
    op.create_table(
        "ledger_head",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("origin", sa.String(length=300), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_ledger_head_only_one")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_ledger_head_size_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_head")),
    )
    op.create_table(
        "ledger_leaf",
        sa.Column("idx", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(hash) = 32", name=op.f("ck_ledger_leaf_hash_length")),
        sa.PrimaryKeyConstraint("idx", name=op.f("pk_ledger_leaf")),
        sa.UniqueConstraint("event_id", name=op.f("uq_ledger_leaf_event_id")),
    )
    op.create_table(
        "ledger_node",
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("idx", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(hash) = 32", name=op.f("ck_ledger_node_hash_length")),
        sa.CheckConstraint("level >= 1", name=op.f("ck_ledger_node_level_range")),
        sa.PrimaryKeyConstraint("level", "idx", name=op.f("pk_ledger_node")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "enterprise",
                "university",
                "studio",
                "union",
                "institute",
                name="organisationkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("short_name", sa.String(length=120), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("district_code", sa.String(length=6), nullable=False),
        sa.Column("industry_code", sa.String(length=5), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "approved",
                "returned",
                "revoked",
                name="admission",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("uscc IS NULL OR length(uscc) = 18", name=op.f("ck_organisation_uscc_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
        sa.UniqueConstraint("uscc", name=op.f("uq_organisation_uscc")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_status"), ["status"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("demand", "capability", name="postingkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("posting_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_pending", ["done_at", "id"], unique=False)

    op.create_table(
        "posting_vector",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("demand", "capability", name="postingkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("posting_id", sa.Uuid(), nullable=False),
        sa.Column("encoder", sa.String(length=120), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_vector")),
        sa.UniqueConstraint("kind", "posting_id", "encoder", name=op.f("uq_posting_vector_kind_posting_id_encoder")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("posting_vector", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_vector_seq"), ["seq"], unique=False)

    op.create_table(
        "season",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season")),
        sa.UniqueConstraint("code", "year", name=op.f("uq_season_code_year")),
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("care_mode", sa.Boolean(), nullable=False),
        sa.Column("personalised", sa.Boolean(), nullable=False),
        sa.Column("shortcuts", sa.Boolean(), nullable=False),
        sa.Column("terms_version", sa.String(length=20), nullable=False),
        sa.Column("terms_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
        sa.UniqueConstraint("phone", name=op.f("uq_user_account_phone")),
    )
    op.create_table(
        "activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "matching",
                "results",
                "training",
                name="activitykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.String(length=5), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("district_code", sa.String(length=6), nullable=False),
        sa.Column("organiser_id", sa.Uuid(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seats IS NULL OR seats > 0", name=op.f("ck_activity_seats_positive")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user_account.id"], name=op.f("fk_activity_created_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["organiser_id"], ["organisation.id"], name=op.f("fk_activity_organiser_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_held_on"), ["held_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_organiser_id"), ["organiser_id"], unique=False)

    op.create_table(
        "api_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_api_token_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_token_digest")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_user_id"), ["user_id"], unique=False)

    op.create_table(
        "audit_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("detail", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_audit_event_actor_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_action"), ["action"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_at"), ["at"], unique=False)
        batch_op.create_index("ix_audit_event_subject", ["subject_type", "subject_id"], unique=False)

    op.create_table(
        "broker",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_broker_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_broker_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broker")),
    )
    with op.batch_alter_table("broker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_broker_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_broker_user_id"), ["user_id"], unique=True)

    op.create_table(
        "demand",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("external_id", sa.String(length=120), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("constraints", sa.Text(), nullable=False),
        sa.Column("tried", sa.Text(), nullable=False),
        sa.Column("offers", sa.Text(), nullable=False),
        sa.Column("ownership", sa.String(length=300), nullable=False),
        sa.Column("industry_code", sa.String(length=5), nullable=False),
        sa.Column("district_code", sa.String(length=6), nullable=False),
        sa.Column(
            "cooperation_type",
            sa.Enum(
                "development",
                "transfer",
                "licence",
                "consulting",
                "service",
                name="cooperationtype",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("budget_min", sa.BigInteger(), nullable=True),
        sa.Column("budget_max", sa.BigInteger(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column(
            "confidentiality",
            sa.Enum(
                "public",
                "summary",
                "nda",
                "internal",
                name="confidentiality",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "published",
                "taken",
                "withdrawn",
                "expired",
                "closed",
                name="demandstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "budget_min IS NULL OR budget_max IS NULL OR budget_max >= budget_min", name=op.f("ck_demand_budget_order")
        ),
        sa.CheckConstraint("budget_min IS NULL OR budget_min >= 0", name=op.f("ck_demand_budget_not_negative")),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_demand_author_id_user_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_demand_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand")),
        sa.UniqueConstraint("number", name=op.f("uq_demand_number")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_demand_source_external_id")),
    )
    with op.batch_alter_table("demand", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_demand_cooperation_type"), ["cooperation_type"], unique=False)
        batch_op.create_index(batch_op.f("ix_demand_deadline"), ["deadline"], unique=False)
        batch_op.create_index(batch_op.f("ix_demand_district_code"), ["district_code"], unique=False)
        batch_op.create_index("ix_demand_hall", ["status", "published_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_demand_industry_code"), ["industry_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_demand_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_demand_published_at"), ["published_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_demand_status"), ["status"], unique=False)

    op.create_table(
        "entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "withdrawn",
                name="entrystatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=120), nullable=False),
        sa.Column("employer", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snapshot", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("returned_for", sa.Text(), nullable=False),
        sa.Column("paper_received_on", sa.Date(), nullable=True),
        sa.Column("paper_received_by_id", sa.Uuid(), nullable=True),
        sa.Column("ledger_index", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status <> 'submitted' OR (declared_at IS NOT NULL AND ledger_index IS NOT NULL)",
            name=op.f("ck_entry_submitted_is_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["paper_received_by_id"], ["user_account.id"], name=op.f("fk_entry_paper_received_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_entry_season_id_season")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_entry_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_entry_ledger_index")),
        sa.UniqueConstraint("season_id", "track", "user_id", name=op.f("uq_entry_season_id_track_user_id")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_paper_received_by_id"), ["paper_received_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_season_id"), ["season_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_user_id"), ["user_id"], unique=False)

    op.create_table(
        "expert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("university", "skilled", name="expertkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("field", sa.String(length=120), nullable=False),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column("district_code", sa.String(length=6), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("capacity BETWEEN 0 AND 20", name=op.f("ck_expert_capacity_range")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_expert_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_expert_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert")),
    )
    with op.batch_alter_table("expert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_district_code"), ["district_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_expert_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_expert_user_id"), ["user_id"], unique=True)

    op.create_table(
        "ledger_opening",
        sa.Column("idx", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.CheckConstraint("length(salt) = 32", name=op.f("ck_ledger_opening_salt_length")),
        sa.ForeignKeyConstraint(["idx"], ["ledger_leaf.idx"], name=op.f("fk_ledger_opening_idx_ledger_leaf")),
        sa.PrimaryKeyConstraint("idx", "field", name=op.f("pk_ledger_opening")),
    )
    op.create_table(
        "ledger_reference",
        sa.Column("idx", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("cited", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.CheckConstraint("cited < idx", name=op.f("ck_ledger_reference_cites_earlier")),
        sa.ForeignKeyConstraint(["cited"], ["ledger_leaf.idx"], name=op.f("fk_ledger_reference_cited_ledger_leaf")),
        sa.ForeignKeyConstraint(["idx"], ["ledger_leaf.idx"], name=op.f("fk_ledger_reference_idx_ledger_leaf")),
        sa.PrimaryKeyConstraint("idx", "cited", name=op.f("pk_ledger_reference")),
    )
    with op.batch_alter_table("ledger_reference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_reference_cited"), ["cited"], unique=False)

    op.create_table(
        "login_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_login_session_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_notice_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_inbox", ["user_id", "read_at", "created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_user_id"), ["user_id"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "enterprise",
                "expert",
                "broker",
                "staff",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "approved",
                "returned",
                "revoked",
                name="admission",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("detail", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_role_grant_decided_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_role_grant_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_role_grant_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "user_id", "role", "organisation_id", name=op.f("uq_role_grant_user_id_role_organisation_id")
        ),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_grant_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_role_grant_queue", ["status", "applied_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_grant_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_grant_user_id"), ["user_id"], unique=False)

    op.create_table(
        "season_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("value", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_season_decision_decided_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_season_decision_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season_decision")),
    )
    with op.batch_alter_table("season_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_season_decision_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_season_decision_season_id"), ["season_id"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("uploaded_by_id", sa.Uuid(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_stored_file_sha256_length")),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["user_account.id"], name=op.f("fk_stored_file_uploaded_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_file_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_stored_file_uploaded_by_id"), ["uploaded_by_id"], unique=False)

    op.create_table(
        "activity_demand",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_demand_activity_id_activity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_activity_demand_demand_id_demand")),
        sa.PrimaryKeyConstraint("activity_id", "demand_id", name=op.f("pk_activity_demand")),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("signed_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_attendance_activity_id_activity")),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["user_account.id"], name=op.f("fk_attendance_confirmed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_attendance_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("activity_id", "user_id", name=op.f("uq_attendance_activity_id_user_id")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_confirmed_by_id"), ["confirmed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_user_id"), ["user_id"], unique=False)

    op.create_table(
        "capability",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("external_id", sa.String(length=120), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=120), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "published", "hidden", name="capabilitystatus", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_capability_expert_id_expert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capability")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_capability_source_external_id")),
    )
    with op.batch_alter_table("capability", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_capability_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_capability_status"), ["status"], unique=False)

    op.create_table(
        "demand_attachment",
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["demand_id"], ["demand.id"], name=op.f("fk_demand_attachment_demand_id_demand"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_demand_attachment_file_id_stored_file")),
        sa.PrimaryKeyConstraint("demand_id", "file_id", name=op.f("pk_demand_attachment")),
    )
    op.create_table(
        "demand_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "published",
                "taken",
                "withdrawn",
                "expired",
                "closed",
                name="demandstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_demand_event_actor_id_user_account")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demand_event_demand_id_demand")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_event")),
    )
    with op.batch_alter_table("demand_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_event_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_demand_event_demand_id"), ["demand_id"], unique=False)

    op.create_table(
        "demand_target",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("figure", sa.String(length=120), nullable=False),
        sa.Column("measure", sa.String(length=300), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("derived", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["demand_id"], ["demand.id"], name=op.f("fk_demand_target_demand_id_demand"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_target")),
        sa.UniqueConstraint("demand_id", "position", name=op.f("uq_demand_target_demand_id_position")),
    )
    with op.batch_alter_table("demand_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_target_demand_id"), ["demand_id"], unique=False)

    op.create_table(
        "disclosure_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_disclosure_log_demand_id_demand")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_disclosure_log_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_log")),
    )
    with op.batch_alter_table("disclosure_log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosure_log_demand_id"), ["demand_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disclosure_log_user_id"), ["user_id"], unique=False)

    op.create_table(
        "engagement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        sa.Column(
            "opening",
            sa.Enum(
                "interest",
                "invitation",
                "introduction",
                name="opening",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "interest",
                "visit",
                "trial",
                "contract",
                "ended",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "end_code",
            sa.Enum(
                "target_out_of_reach",
                "other_field",
                "price",
                "schedule",
                "ownership",
                "chose_another",
                "no_reply",
                "demand_changed",
                "other",
                name="endcode",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "ended_by",
            sa.Enum("enterprise", "expert", name="side", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("approach", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(stage = 'ended') = (end_code IS NOT NULL)", name=op.f("ck_engagement_ended_has_code")),
        sa.CheckConstraint("days IS NULL OR days BETWEEN 1 AND 3650", name=op.f("ck_engagement_days_range")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_engagement_demand_id_demand")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_engagement_expert_id_expert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement")),
        sa.UniqueConstraint("demand_id", "expert_id", name=op.f("uq_engagement_demand_id_expert_id")),
    )
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_engagement_demand_id"), ["demand_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_engagement_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_engagement_stage"), ["stage"], unique=False)

    op.create_table(
        "entry_material",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("original_seen", sa.Boolean(), nullable=False),
        sa.Column("seen_by_id", sa.Uuid(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_material_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_entry_material_file_id_stored_file")),
        sa.ForeignKeyConstraint(
            ["seen_by_id"], ["user_account.id"], name=op.f("fk_entry_material_seen_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_material")),
        sa.UniqueConstraint("entry_id", "code", name=op.f("uq_entry_material_entry_id_code")),
    )
    with op.batch_alter_table("entry_material", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_material_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_material_file_id"), ["file_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_material_seen_by_id"), ["seen_by_id"], unique=False)

    op.create_table(
        "follow",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_follow_demand_id_demand")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_follow_user_id_user_account")),
        sa.PrimaryKeyConstraint("user_id", "demand_id", name=op.f("pk_follow")),
    )
    op.create_table(
        "sanction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_sanction_decided_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_sanction_entry_id_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction")),
    )
    with op.batch_alter_table("sanction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sanction_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sanction_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "capability_claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("capability_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column(
            "proof",
            sa.Enum(
                "none",
                "paper",
                "patent",
                "contract",
                "test_report",
                "shop_record",
                "employer",
                name="proofkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.CheckConstraint("year IS NULL OR year BETWEEN 1950 AND 2100", name=op.f("ck_capability_claim_year_range")),
        sa.ForeignKeyConstraint(
            ["capability_id"],
            ["capability.id"],
            name=op.f("fk_capability_claim_capability_id_capability"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capability_claim")),
        sa.UniqueConstraint("capability_id", "position", name=op.f("uq_capability_claim_capability_id_position")),
    )
    with op.batch_alter_table("capability_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_capability_claim_capability_id"), ["capability_id"], unique=False)

    op.create_table(
        "contract",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "recorded",
                "agreed",
                "confirmed",
                "cancelled",
                name="contractstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_contract_engagement_id_engagement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_contract_fingerprint")),
    )
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_engagement_id"), ["engagement_id"], unique=True)

    op.create_table(
        "dismissal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=True),
        sa.Column("capability_id", sa.Uuid(), nullable=True),
        sa.Column("by_user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "code",
            sa.Enum(
                "other_field",
                "target_out_of_reach",
                "no_time",
                "too_far",
                "budget",
                "known_already",
                "other",
                name="dismissalcode",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(expert_id IS NULL) <> (capability_id IS NULL)", name=op.f("ck_dismissal_one_subject")),
        sa.ForeignKeyConstraint(["by_user_id"], ["user_account.id"], name=op.f("fk_dismissal_by_user_id_user_account")),
        sa.ForeignKeyConstraint(
            ["capability_id"], ["capability.id"], name=op.f("fk_dismissal_capability_id_capability")
        ),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_dismissal_demand_id_demand")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_dismissal_expert_id_expert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissal")),
        sa.UniqueConstraint(
            "demand_id", "expert_id", "by_user_id", name=op.f("uq_dismissal_demand_id_expert_id_by_user_id")
        ),
    )
    with op.batch_alter_table("dismissal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dismissal_by_user_id"), ["by_user_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dismissal_capability_id"), ["capability_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dismissal_demand_id"), ["demand_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dismissal_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index("ix_dismissal_pair", ["demand_id", "expert_id"], unique=False)

    op.create_table(
        "engagement_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "interest",
                "visit",
                "trial",
                "contract",
                "ended",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user_account.id"], name=op.f("fk_engagement_event_actor_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_engagement_event_engagement_id_engagement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement_event")),
    )
    with op.batch_alter_table("engagement_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_engagement_event_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_engagement_event_engagement_id"), ["engagement_id"], unique=False)

    op.create_table(
        "introduction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        sa.Column("broker_id", sa.Uuid(), nullable=True),
        sa.Column("requested_by_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enterprise_consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expert_consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "refused_by",
            sa.Enum("enterprise", "expert", name="side", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "refusal_code",
            sa.Enum(
                "target_out_of_reach",
                "other_field",
                "price",
                "schedule",
                "ownership",
                "chose_another",
                "no_reply",
                "demand_changed",
                "other",
                name="endcode",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("engagement_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(refused_at IS NULL) = (refused_by IS NULL)", name=op.f("ck_introduction_refusal_whole")),
        sa.ForeignKeyConstraint(["broker_id"], ["broker.id"], name=op.f("fk_introduction_broker_id_broker")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_introduction_demand_id_demand")),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_introduction_engagement_id_engagement")
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_introduction_expert_id_expert")),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["user_account.id"], name=op.f("fk_introduction_requested_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
        sa.UniqueConstraint(
            "demand_id", "expert_id", "broker_id", name=op.f("uq_introduction_demand_id_expert_id_broker_id")
        ),
    )
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_introduction_broker_id"), ["broker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_introduction_demand_id"), ["demand_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_introduction_engagement_id"), ["engagement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_introduction_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index("ix_introduction_pair", ["demand_id", "expert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_introduction_requested_by_id"), ["requested_by_id"], unique=False)

    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_message_author_id_user_account")),
        sa.ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_message_engagement_id_engagement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_engagement_id"), ["engagement_id"], unique=False)

    op.create_table(
        "benefit_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("realised", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("proof_id", sa.Uuid(), nullable=False),
        sa.Column("reported_by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_index", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("realised >= 0", name=op.f("ck_benefit_report_realised_not_negative")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_benefit_report_contract_id_contract")),
        sa.ForeignKeyConstraint(["proof_id"], ["stored_file.id"], name=op.f("fk_benefit_report_proof_id_stored_file")),
        sa.ForeignKeyConstraint(
            ["reported_by_id"], ["user_account.id"], name=op.f("fk_benefit_report_reported_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit_report")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_benefit_report_ledger_index")),
    )
    with op.batch_alter_table("benefit_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_benefit_report_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_benefit_report_proof_id"), ["proof_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_benefit_report_reported_by_id"), ["reported_by_id"], unique=False)

    op.create_table(
        "broker_share",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("broker_id", sa.Uuid(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name=op.f("ck_broker_share_percent_range")),
        sa.ForeignKeyConstraint(["broker_id"], ["broker.id"], name=op.f("fk_broker_share_broker_id_broker")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_broker_share_contract_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broker_share")),
        sa.UniqueConstraint("contract_id", "broker_id", name=op.f("uq_broker_share_contract_id_broker_id")),
    )
    with op.batch_alter_table("broker_share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_broker_share_broker_id"), ["broker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_broker_share_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "collaboration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "confirmed",
                "verified",
                "returned",
                "withdrawn",
                name="collaborationstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_index", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_collaboration_contract_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collaboration")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_collaboration_ledger_index")),
        sa.UniqueConstraint("number", name=op.f("uq_collaboration_number")),
    )
    with op.batch_alter_table("collaboration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_collaboration_confirmed_at"), ["confirmed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_collaboration_contract_id"), ["contract_id"], unique=True)
        batch_op.create_index(batch_op.f("ix_collaboration_queued_at"), ["queued_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_collaboration_status"), ["status"], unique=False)

    op.create_table(
        "contract_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("contract_number", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "development",
                "transfer",
                "licence",
                "consulting",
                "service",
                name="cooperationtype",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("expected_benefit", sa.BigInteger(), nullable=False),
        sa.Column("party_a", sa.String(length=120), nullable=False),
        sa.Column("party_b", sa.String(length=120), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("enterprise", "expert", name="side", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_contract_revision_amount_positive")),
        sa.CheckConstraint("expected_benefit >= 0", name=op.f("ck_contract_revision_benefit_not_negative")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_contract_revision_author_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_revision_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["stored_file.id"], name=op.f("fk_contract_revision_scan_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_revision")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_contract_revision_contract_id_number")),
    )
    with op.batch_alter_table("contract_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_revision_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_revision_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_revision_scan_id"), ["scan_id"], unique=False)

    op.create_table(
        "contract_confirmation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("enterprise", "expert", name="side", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["contract_revision.id"],
            name=op.f("fk_contract_confirmation_revision_id_contract_revision"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_contract_confirmation_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_confirmation")),
        sa.UniqueConstraint("revision_id", "side", name=op.f("uq_contract_confirmation_revision_id_side")),
    )
    with op.batch_alter_table("contract_confirmation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_confirmation_revision_id"), ["revision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_confirmation_user_id"), ["user_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=False),
        sa.Column("collaboration_id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("claimant_id", sa.Uuid(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("expected_benefit", sa.BigInteger(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "pending",
                "verified",
                "returned",
                "withdrawn",
                name="evidencestatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ledger_index", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("share BETWEEN 1 AND 100", name=op.f("ck_evidence_share_range")),
        sa.ForeignKeyConstraint(
            ["claimant_id"], ["user_account.id"], name=op.f("fk_evidence_claimant_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["collaboration_id"], ["collaboration.id"], name=op.f("fk_evidence_collaboration_id_collaboration")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_evidence_contract_id_contract")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_evidence_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_evidence_ledger_index")),
        sa.UniqueConstraint(
            "season_id",
            "track",
            "contract_id",
            "claimant_id",
            name=op.f("uq_evidence_season_id_track_contract_id_claimant_id"),
        ),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_claimant_id"), ["claimant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_collaboration_id"), ["collaboration_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_season_id"), ["season_id"], unique=False)

    op.create_table(
        "verification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("collaboration_id", sa.Uuid(), nullable=False),
        sa.Column("verifier_id", sa.Uuid(), nullable=False),
        sa.Column(
            "finding",
            sa.Enum(
                "approved",
                "returned",
                "second_opinion",
                "recused",
                "undone",
                name="finding",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("original_seen", sa.Boolean(), nullable=False),
        sa.Column("receipt", sa.String(length=120), nullable=False),
        sa.Column("opinions", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_index", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "finding <> 'approved' OR original_seen", name=op.f("ck_verification_approved_saw_original")
        ),
        sa.ForeignKeyConstraint(
            ["collaboration_id"], ["collaboration.id"], name=op.f("fk_verification_collaboration_id_collaboration")
        ),
        sa.ForeignKeyConstraint(
            ["verifier_id"], ["user_account.id"], name=op.f("fk_verification_verifier_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_verification_ledger_index")),
    )
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verification_collaboration_id"), ["collaboration_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_verification_verifier_id"), ["verifier_id"], unique=False)

    op.create_table(
        "entry_evidence",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_evidence_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_entry_evidence_evidence_id_evidence")),
        sa.PrimaryKeyConstraint("entry_id", "evidence_id", name=op.f("pk_entry_evidence")),
    )
    install_guards(op.get_bind())


def downgrade() -> None:
    remove_guards(op.get_bind())
    op.drop_table("entry_evidence")
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verification_verifier_id"))
        batch_op.drop_index(batch_op.f("ix_verification_collaboration_id"))

    op.drop_table("verification")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_season_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_contract_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_collaboration_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_claimant_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("contract_confirmation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_confirmation_user_id"))
        batch_op.drop_index(batch_op.f("ix_contract_confirmation_revision_id"))

    op.drop_table("contract_confirmation")
    with op.batch_alter_table("contract_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_revision_scan_id"))
        batch_op.drop_index(batch_op.f("ix_contract_revision_contract_id"))
        batch_op.drop_index(batch_op.f("ix_contract_revision_author_id"))

    op.drop_table("contract_revision")
    with op.batch_alter_table("collaboration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_collaboration_status"))
        batch_op.drop_index(batch_op.f("ix_collaboration_queued_at"))
        batch_op.drop_index(batch_op.f("ix_collaboration_contract_id"))
        batch_op.drop_index(batch_op.f("ix_collaboration_confirmed_at"))

    op.drop_table("collaboration")
    with op.batch_alter_table("broker_share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_broker_share_contract_id"))
        batch_op.drop_index(batch_op.f("ix_broker_share_broker_id"))

    op.drop_table("broker_share")
    with op.batch_alter_table("benefit_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_benefit_report_reported_by_id"))
        batch_op.drop_index(batch_op.f("ix_benefit_report_proof_id"))
        batch_op.drop_index(batch_op.f("ix_benefit_report_contract_id"))

    op.drop_table("benefit_report")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_engagement_id"))
        batch_op.drop_index(batch_op.f("ix_message_author_id"))

    op.drop_table("message")
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_introduction_requested_by_id"))
        batch_op.drop_index("ix_introduction_pair")
        batch_op.drop_index(batch_op.f("ix_introduction_expert_id"))
        batch_op.drop_index(batch_op.f("ix_introduction_engagement_id"))
        batch_op.drop_index(batch_op.f("ix_introduction_demand_id"))
        batch_op.drop_index(batch_op.f("ix_introduction_broker_id"))

    op.drop_table("introduction")
    with op.batch_alter_table("engagement_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_engagement_event_engagement_id"))
        batch_op.drop_index(batch_op.f("ix_engagement_event_actor_id"))

    op.drop_table("engagement_event")
    with op.batch_alter_table("dismissal", schema=None) as batch_op:
        batch_op.drop_index("ix_dismissal_pair")
        batch_op.drop_index(batch_op.f("ix_dismissal_expert_id"))
        batch_op.drop_index(batch_op.f("ix_dismissal_demand_id"))
        batch_op.drop_index(batch_op.f("ix_dismissal_capability_id"))
        batch_op.drop_index(batch_op.f("ix_dismissal_by_user_id"))

    op.drop_table("dismissal")
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_engagement_id"))

    op.drop_table("contract")
    with op.batch_alter_table("capability_claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_capability_claim_capability_id"))

    op.drop_table("capability_claim")
    with op.batch_alter_table("sanction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sanction_entry_id"))
        batch_op.drop_index(batch_op.f("ix_sanction_decided_by_id"))

    op.drop_table("sanction")
    op.drop_table("follow")
    with op.batch_alter_table("entry_material", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_material_seen_by_id"))
        batch_op.drop_index(batch_op.f("ix_entry_material_file_id"))
        batch_op.drop_index(batch_op.f("ix_entry_material_entry_id"))

    op.drop_table("entry_material")
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_engagement_stage"))
        batch_op.drop_index(batch_op.f("ix_engagement_expert_id"))
        batch_op.drop_index(batch_op.f("ix_engagement_demand_id"))

    op.drop_table("engagement")
    with op.batch_alter_table("disclosure_log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosure_log_user_id"))
        batch_op.drop_index(batch_op.f("ix_disclosure_log_demand_id"))

    op.drop_table("disclosure_log")
    with op.batch_alter_table("demand_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demand_target_demand_id"))

    op.drop_table("demand_target")
    with op.batch_alter_table("demand_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demand_event_demand_id"))
        batch_op.drop_index(batch_op.f("ix_demand_event_actor_id"))

    op.drop_table("demand_event")
    op.drop_table("demand_attachment")
    with op.batch_alter_table("capability", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_capability_status"))
        batch_op.drop_index(batch_op.f("ix_capability_expert_id"))

    op.drop_table("capability")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_user_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_confirmed_by_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_activity_id"))

    op.drop_table("attendance")
    op.drop_table("activity_demand")
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_file_uploaded_by_id"))
        batch_op.drop_index(batch_op.f("ix_stored_file_sha256"))

    op.drop_table("stored_file")
    with op.batch_alter_table("season_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_season_decision_season_id"))
        batch_op.drop_index(batch_op.f("ix_season_decision_decided_by_id"))

    op.drop_table("season_decision")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_user_id"))
        batch_op.drop_index(batch_op.f("ix_role_grant_status"))
        batch_op.drop_index("ix_role_grant_queue")
        batch_op.drop_index(batch_op.f("ix_role_grant_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_role_grant_decided_by_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_user_id"))
        batch_op.drop_index("ix_notice_inbox")

    op.drop_table("notice")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_user_id"))

    op.drop_table("login_session")
    with op.batch_alter_table("ledger_reference", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_reference_cited"))

    op.drop_table("ledger_reference")
    op.drop_table("ledger_opening")
    with op.batch_alter_table("expert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expert_user_id"))
        batch_op.drop_index(batch_op.f("ix_expert_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_expert_district_code"))

    op.drop_table("expert")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_user_id"))
        batch_op.drop_index(batch_op.f("ix_entry_season_id"))
        batch_op.drop_index(batch_op.f("ix_entry_paper_received_by_id"))

    op.drop_table("entry")
    with op.batch_alter_table("demand", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demand_status"))
        batch_op.drop_index(batch_op.f("ix_demand_published_at"))
        batch_op.drop_index(batch_op.f("ix_demand_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_demand_industry_code"))
        batch_op.drop_index("ix_demand_hall")
        batch_op.drop_index(batch_op.f("ix_demand_district_code"))
        batch_op.drop_index(batch_op.f("ix_demand_deadline"))
        batch_op.drop_index(batch_op.f("ix_demand_cooperation_type"))
        batch_op.drop_index(batch_op.f("ix_demand_author_id"))

    op.drop_table("demand")
    with op.batch_alter_table("broker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_broker_user_id"))
        batch_op.drop_index(batch_op.f("ix_broker_organisation_id"))

    op.drop_table("broker")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_event_subject")
        batch_op.drop_index(batch_op.f("ix_audit_event_at"))
        batch_op.drop_index(batch_op.f("ix_audit_event_actor_id"))
        batch_op.drop_index(batch_op.f("ix_audit_event_action"))

    op.drop_table("audit_event")
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_token_user_id"))

    op.drop_table("api_token")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_organiser_id"))
        batch_op.drop_index(batch_op.f("ix_activity_held_on"))
        batch_op.drop_index(batch_op.f("ix_activity_created_by_id"))

    op.drop_table("activity")
    op.drop_table("user_account")
    op.drop_table("season")
    with op.batch_alter_table("posting_vector", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_vector_seq"))

    op.drop_table("posting_vector")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_pending")

    op.drop_table("outbox")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_status"))

    op.drop_table("organisation")
    op.drop_table("ledger_node")
    op.drop_table("ledger_leaf")
    op.drop_table("ledger_head")
    op.drop_table("ledger_checkpoint")
    op.drop_table("index_clock")
    op.drop_table("counter")
