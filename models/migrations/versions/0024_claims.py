"""What sheets say of collaborations, apart from what people confirmed; more kinds of sheets

Revision: 0024, after 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

OLD = ("demand", "capability", "organisation", "expert")
NEW = ("engagement", "contract", "activity", "member", "conflict")
TABLES = ("claimed_contract", "claimed_engagement")
SIDES = ("enterprise", "expert")


def column(name: str, kind: sa.types.TypeEngine, nullable: bool = False) -> sa.Column:
    return sa.Column(name, kind, nullable=nullable)


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def when(name: str, nullable: bool = False) -> sa.Column:
    return column(name, sa.DateTime(timezone=True), nullable)


def upgrade() -> None:
    _allow_kinds(*OLD, *NEW)
    _create("claimed_engagement", {"demand_id": "demand", "expert_id": "expert", "batch_id": "sheet_batch",
                                   "created_by_id": "user_account", "enterprise_confirmed_by_id": "user_account",
                                   "expert_confirmed_by_id": "user_account", "engagement_id": "engagement"}, (
        column("opening", choice("opening", "interest", "invitation", "introduction")),
        column("stage", choice("stage", "interest", "visit", "trial", "contract", "ended")),
        column("end_code", choice("endcode", "target_out_of_reach", "other_field", "price", "schedule", "ownership",
                                  "chose_another", "no_reply", "demand_changed", "other"), nullable=True),
        column("began_on", sa.Date()), column("changed_on", sa.Date()), when("created_at"),
        when("enterprise_confirmed_at", nullable=True), when("expert_confirmed_at", nullable=True),
        column("denied_by", choice("side", *SIDES), nullable=True), when("denied_at", nullable=True)), {
        "ended_has_code": "(stage = 'ended') = (end_code IS NOT NULL)",
        "denial_whole": "(denied_by IS NULL) = (denied_at IS NULL)",
        "both_confirmed": "engagement_id IS NULL OR (enterprise_confirmed_at IS NOT NULL AND "
                          "expert_confirmed_at IS NOT NULL AND denied_at IS NULL)"})
    _create("claimed_contract", {"demand_id": "demand", "expert_id": "expert", "batch_id": "sheet_batch",
                                 "created_by_id": "user_account"}, (
        column("fingerprint", sa.String(64)), column("contract_number", sa.String(120)),
        column("name", sa.String(300)),
        column("type", choice("cooperationtype", "development", "transfer", "licence", "consulting", "service")),
        column("signed_on", sa.Date()), column("amount", sa.BigInteger()), column("expected_benefit", sa.BigInteger()),
        column("party_a", sa.String(120)), column("party_b", sa.String(120)),
        column("starts_on", sa.Date(), nullable=True), column("ends_on", sa.Date(), nullable=True),
        column("status", choice("contractstatus", "recorded", "agreed", "confirmed", "cancelled")),
        column("standing", choice("collaborationstatus", "confirmed", "verified", "returned", "withdrawn"),
               nullable=True),
        column("collaboration_number", sa.String(20)), when("created_at"),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_claimed_contract_fingerprint"))), {
        "amount_positive": "amount > 0", "benefit_not_negative": "expected_benefit >= 0"})


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    gone = ", ".join(repr(kind) for kind in NEW)
    op.execute(f"DELETE FROM sheet_problem WHERE batch_id IN (SELECT id FROM sheet_batch WHERE kind IN ({gone}))")
    for table in ("sheet_batch", "sheet_mapping"):
        op.execute(f"DELETE FROM {table} WHERE kind IN ({gone})")
    _allow_kinds(*OLD)


def _create(table: str, references: dict[str, str], parts: tuple, checks: dict[str, str]) -> None:
    optional = {name for name in references if name not in ("demand_id", "expert_id")}
    op.create_table(
        table, column("version", sa.Integer()), column("id", sa.Uuid()), *(column(name, sa.Uuid(), name in optional) for name in references), *parts,
        *(sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}")) for name, words in checks.items()),
        *(sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}_{target}"))
          for name, target in references.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("demand_id", "expert_id", name=op.f(f"uq_{table}_demand_id_expert_id")))
    for name in references:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def _allow_kinds(*kinds: str) -> None:
    """SQLite rebuilds the tables for it."""
    allowed = ", ".join(repr(kind) for kind in kinds)
    for name in ("sheet_batch", "sheet_mapping"):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"ck_{name}_sheetkind"), type_="check")
            table.create_check_constraint(op.f(f"ck_{name}_sheetkind"), f"kind IN ({allowed})")
