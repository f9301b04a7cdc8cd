"""公示, results, certificates and what follows an award

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("calendar_day",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Enum("off", "work", name="daykind", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["set_by_id"], ["user_account.id"], name=op.f("fk_calendar_day_set_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("day", name=op.f("uq_calendar_day_day"))
    )
    op.create_index(op.f("ix_calendar_day_set_by_id"), "calendar_day", ["set_by_id"], unique=False)
    op.create_table("tax_treatment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("treatment", sa.Enum("occasional", "exempt", "wages", name="treatment", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rate BETWEEN 0 AND 45", name=op.f("ck_tax_treatment_rate_range")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["user_account.id"], name=op.f("fk_tax_treatment_confirmed_by_id_user_account")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_tax_treatment_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_treatment"))
    )
    op.create_index(op.f("ix_tax_treatment_confirmed_by_id"), "tax_treatment", ["confirmed_by_id"], unique=False)
    op.create_index(op.f("ix_tax_treatment_season_id"), "tax_treatment", ["season_id"], unique=False)
    op.create_table("public_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("season_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=False),
        sa.Column("status", sa.Enum("open", "withdrawn", "settled", name="noticestatus", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("approved_by", sa.String(length=120), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.String(length=300), nullable=False),
        sa.Column("minutes_file_id", sa.Uuid(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_for", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ledger_index", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("approved_on <= opened_on", name=op.f("ck_public_notice_approved_before")),
        sa.CheckConstraint("days >= 0", name=op.f("ck_public_notice_days_not_negative")),
        sa.CheckConstraint("last_day >= opened_on", name=op.f("ck_public_notice_days_in_order")),
        sa.ForeignKeyConstraint(["minutes_file_id"], ["stored_file.id"], name=op.f("fk_public_notice_minutes_file_id_stored_file")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["user_account.id"], name=op.f("fk_public_notice_opened_by_id_user_account")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_public_notice_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_notice")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_public_notice_ledger_index")),
        sa.UniqueConstraint("season_id", "number", name=op.f("uq_public_notice_season_id_number"))
    )
    op.create_index(op.f("ix_public_notice_minutes_file_id"), "public_notice", ["minutes_file_id"], unique=False)
    op.create_index(op.f("ix_public_notice_opened_by_id"), "public_notice", ["opened_by_id"], unique=False)
    op.create_index(op.f("ix_public_notice_season_id"), "public_notice", ["season_id"], unique=False)
    op.create_index('uq_public_notice_one_open', 'public_notice', ['season_id', 'track'], unique=True, sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"))
    op.create_table("notice_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("organisation", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_notice_line_award_id_award")),
        sa.ForeignKeyConstraint(["notice_id"], ["public_notice.id"], name=op.f("fk_notice_line_notice_id_public_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_line")),
        sa.UniqueConstraint("notice_id", "award_id", name=op.f("uq_notice_line_notice_id_award_id")),
        sa.UniqueConstraint("notice_id", "position", name=op.f("uq_notice_line_notice_id_position"))
    )
    op.create_index(op.f("ix_notice_line_award_id"), "notice_line", ["award_id"], unique=False)
    op.create_index(op.f("ix_notice_line_notice_id"), "notice_line", ["notice_id"], unique=False)
    op.create_table("result_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("document_number", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("addressees", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.String(length=120), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("issued_by_id", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_index", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["issued_by_id"], ["user_account.id"], name=op.f("fk_result_document_issued_by_id_user_account")),
        sa.ForeignKeyConstraint(["notice_id"], ["public_notice.id"], name=op.f("fk_result_document_notice_id_public_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_document")),
        sa.UniqueConstraint("document_number", name=op.f("uq_result_document_document_number")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_result_document_ledger_index"))
    )
    op.create_index(op.f("ix_result_document_issued_by_id"), "result_document", ["issued_by_id"], unique=False)
    op.create_index(op.f("ix_result_document_notice_id"), "result_document", ["notice_id"], unique=True)
    op.create_table("certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_for", sa.Text(), nullable=False),
        sa.Column("revoked_by_id", sa.Uuid(), nullable=True),
        sa.Column("ledger_index", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["result_document.id"], name=op.f("fk_certificate_document_id_result_document")),
        sa.ForeignKeyConstraint(["line_id"], ["notice_line.id"], name=op.f("fk_certificate_line_id_notice_line")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["user_account.id"], name=op.f("fk_certificate_revoked_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_certificate_ledger_index")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number"))
    )
    op.create_index(op.f("ix_certificate_document_id"), "certificate", ["document_id"], unique=False)
    op.create_index(op.f("ix_certificate_line_id"), "certificate", ["line_id"], unique=True)
    op.create_index(op.f("ix_certificate_revoked_by_id"), "certificate", ["revoked_by_id"], unique=False)
    op.create_table("objection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("filed_by_id", sa.Uuid(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Enum("open", "upheld", "rejected", name="objectionstatus", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("effect", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ledger_index", sa.BigInteger(), nullable=False),
        sa.Column("decided_index", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(status = 'open') = (answered_at IS NULL)", name=op.f('ck_objection_answered_is_whole')),
        sa.ForeignKeyConstraint(["answered_by_id"], ["user_account.id"], name=op.f("fk_objection_answered_by_id_user_account")),
        sa.ForeignKeyConstraint(["filed_by_id"], ["user_account.id"], name=op.f("fk_objection_filed_by_id_user_account")),
        sa.ForeignKeyConstraint(["line_id"], ["notice_line.id"], name=op.f("fk_objection_line_id_notice_line")),
        sa.ForeignKeyConstraint(["notice_id"], ["public_notice.id"], name=op.f("fk_objection_notice_id_public_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("decided_index", name=op.f("uq_objection_decided_index")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_objection_ledger_index")),
        sa.UniqueConstraint("number", name=op.f("uq_objection_number"))
    )
    op.create_index(op.f("ix_objection_answered_by_id"), "objection", ["answered_by_id"], unique=False)
    op.create_index(op.f("ix_objection_filed_by_id"), "objection", ["filed_by_id"], unique=False)
    op.create_index(op.f("ix_objection_line_id"), "objection", ["line_id"], unique=False)
    op.create_index(op.f("ix_objection_notice_id"), "objection", ["notice_id"], unique=False)
    op.create_index(op.f("ix_objection_status"), "objection", ["status"], unique=False)
    op.create_table("follow_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("figures", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("months > 0", name=op.f("ck_follow_up_months_positive")),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_follow_up_certificate_id_certificate")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["user_account.id"], name=op.f("fk_follow_up_closed_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("certificate_id", "months", name=op.f("uq_follow_up_certificate_id_months"))
    )
    op.create_index(op.f("ix_follow_up_certificate_id"), "follow_up", ["certificate_id"], unique=False)
    op.create_index(op.f("ix_follow_up_closed_by_id"), "follow_up", ["closed_by_id"], unique=False)
    op.create_index(op.f("ix_follow_up_due_on"), "follow_up", ["due_on"], unique=False)
    op.create_table("nomination",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("honour", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.String(length=300), nullable=False),
        sa.Column("property_status", sa.Enum("none", "applied", "granted", name="propertystatus", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("property_number", sa.String(length=120), nullable=False),
        sa.Column("outcome", sa.Enum("sent", "granted", "refused", name="nominationoutcome", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("nominated_by_id", sa.Uuid(), nullable=False),
        sa.Column("nominated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(outcome = 'sent') = (outcome_on IS NULL)", name=op.f('ck_nomination_outcome_is_dated')),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_nomination_certificate_id_certificate")),
        sa.ForeignKeyConstraint(["nominated_by_id"], ["user_account.id"], name=op.f("fk_nomination_nominated_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sa.UniqueConstraint("certificate_id", "honour", name=op.f("uq_nomination_certificate_id_honour"))
    )
    op.create_index(op.f("ix_nomination_certificate_id"), "nomination", ["certificate_id"], unique=False)
    op.create_index(op.f("ix_nomination_nominated_by_id"), "nomination", ["nominated_by_id"], unique=False)
    op.create_table("objection_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("objection_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_objection_file_sha256_length")),
        sa.ForeignKeyConstraint(["objection_id"], ["objection.id"], name=op.f("fk_objection_file_objection_id_objection"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_file"))
    )
    op.create_index(op.f("ix_objection_file_objection_id"), "objection_file", ["objection_id"], unique=False)
    op.create_index(op.f("ix_objection_file_sha256"), "objection_file", ["sha256"], unique=False)
    op.create_table("payment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("tax_treatment_id", sa.Uuid(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("voucher", sa.String(length=120), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_index", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("gross = tax + net", name=op.f("ck_payment_adds_up")),
        sa.CheckConstraint("gross > 0 AND tax >= 0 AND net >= 0", name=op.f("ck_payment_not_negative")),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_payment_certificate_id_certificate")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user_account.id"], name=op.f("fk_payment_recorded_by_id_user_account")),
        sa.ForeignKeyConstraint(["tax_treatment_id"], ["tax_treatment.id"], name=op.f("fk_payment_tax_treatment_id_tax_treatment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("certificate_id", name=op.f("uq_payment_certificate_id")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_payment_ledger_index"))
    )
    op.create_index(op.f("ix_payment_recorded_by_id"), "payment", ["recorded_by_id"], unique=False)
    op.create_index(op.f("ix_payment_tax_treatment_id"), "payment", ["tax_treatment_id"], unique=False)
    op.create_table("service_ticket",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("status", sa.Enum("asked", "accepted", "done", "declined", name="ticketstatus", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_by_id", sa.Uuid(), nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user_account.id"], name=op.f("fk_service_ticket_asked_by_id_user_account")),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_service_ticket_certificate_id_certificate")),
        sa.ForeignKeyConstraint(["handled_by_id"], ["user_account.id"], name=op.f("fk_service_ticket_handled_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_ticket")),
        sa.UniqueConstraint("certificate_id", "service", name=op.f("uq_service_ticket_certificate_id_service"))
    )
    op.create_index(op.f("ix_service_ticket_asked_by_id"), "service_ticket", ["asked_by_id"], unique=False)
    op.create_index(op.f("ix_service_ticket_certificate_id"), "service_ticket", ["certificate_id"], unique=False)
    op.create_index(op.f("ix_service_ticket_handled_by_id"), "service_ticket", ["handled_by_id"], unique=False)


def downgrade() -> None:
    op.drop_table("service_ticket")
    op.drop_table("payment")
    op.drop_table("objection_file")
    op.drop_table("nomination")
    op.drop_table("follow_up")
    op.drop_table("objection")
    op.drop_table("certificate")
    op.drop_table("result_document")
    op.drop_table("notice_line")
    op.drop_table("public_notice")
    op.drop_table("tax_treatment")
    op.drop_table("calendar_day")
