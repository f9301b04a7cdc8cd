"""An entry frozen on submission: what the form says and the evidence it rests on, as JSON that a ledger leaf holds."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from contests.forms.form import FormRow
from models.contests import Entry, Evidence


def freeze(entry: Entry, rows: Sequence[FormRow], contest: str, declaration: str) -> dict[str, object]:
    """`rows` are those of `entry.evidence`, in its order. Money as text in 元."""
    return {
        "contest": contest, "track": entry.track, "name": entry.name, "phone": entry.phone,
        "employer": entry.employer, "summary": entry.summary, "declaration": declaration,
        "rows": [_row(row, evidence) for row, evidence in zip(rows, entry.evidence, strict=True)],
        "materials": {material.code: material.file.sha256 for material in entry.materials if material.file},
    }


def rows_of(snapshot: Mapping[str, Any]) -> list[FormRow]:
    return [FormRow(row["project"], row["partner"], Decimal(row["amount"]), Decimal(row["expected_benefit"]))
            for row in snapshot["rows"]]


def _row(row: FormRow, evidence: Evidence) -> dict[str, object]:
    return {"project": row.project, "partner": row.partner, "amount": str(row.amount),
            "expected_benefit": str(row.expected_benefit), "evidence": str(evidence.id),
            "ledger_index": evidence.ledger_index}
