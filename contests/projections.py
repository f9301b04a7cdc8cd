"""Do business rows and ledger say the same? Checked both ways: each row names its leaf, each leaf has its row."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.selection import projections as selection
from ledger import log
from ledger.audit import Finding
from ledger.leaf import Entry as Leaf
from ledger.leaf import canonical_value
from models.contests import Entry, Evidence
from models.contracts import BenefitReport, Collaboration, ContractRevision, Verification

CONFIRMED, CORRECTED, SUBMITTED = "contract.confirmed", "collab.corrected", "registration.submitted"
BENEFIT = "benefit.reported"
FINDINGS = ("collab.verified", "collab.reviewed", "collab.withdrawn")
TERMS = {"contract.amount": "amount", "contract.expected_benefit": "expected_benefit",
         "contract.signed_on": "signed_on", "contract.number": "contract_number"}
"""Field of a leaf → column of the contract revision it records."""


@dataclass
class Leaves:
    """The whole log by index, and what the newest leaf about each collaboration says of its contract."""

    by_index: dict[int, Leaf] = field(default_factory=dict)
    terms: dict[int, Leaf] = field(default_factory=dict)
    """Index of the collaboration's first leaf → the leaf that holds its terms now."""


def disagreements(session: Session) -> list[Finding]:
    """What a row says against its leaf, or a leaf without its row. Empty when all is well."""
    leaves = _read(session)
    return [*_collaborations(session, leaves), *_evidence(session, leaves), *_verifications(session, leaves),
            *_benefits(session, leaves), *_entries(session, leaves), *selection.disagreements(session, leaves.by_index)]


def _read(session: Session) -> Leaves:
    present, leaves = log.head(session), Leaves()
    for index in range(present.size if present else 0):
        leaf = log.entry(session, index)
        leaves.by_index[index] = leaf
        if leaf.leaf.type == CONFIRMED and "contract.amount" in leaf.openings:
            leaves.terms[index] = leaf
        elif leaf.leaf.type == CORRECTED:
            leaves.terms[leaf.leaf.references[0].index] = leaf
    return leaves


def _collaborations(session: Session, leaves: Leaves) -> Iterator[Finding]:
    rows = {row.id: row for row in session.scalars(select(Collaboration))}
    for row in rows.values():
        yield from _own_leaf(leaves, row.ledger_index, row.id, (CONFIRMED,), f"合作 {row.number}")
        if row.ledger_index in leaves.terms:
            yield from _terms(row, leaves.terms[row.ledger_index])
    for index in leaves.terms:
        if leaves.by_index[index].leaf.event_id not in rows:
            yield Finding(index, f"第 {index} 号条目记着一项合作，业务表里没有")


def _terms(row: Collaboration, leaf: Leaf) -> Iterator[Finding]:
    """The revision that the leaf names, column by column."""
    revision: ContractRevision | None = next((one for one in row.contract.revisions if canonical_value(one.number)
                                              == leaf.openings["contract.revision"].value), None)
    if revision is None:
        yield Finding(leaf.index, f"合作 {row.number} 的合同版本和第 {leaf.index} 号条目不符")
        return
    for name, column in TERMS.items():
        if canonical_value(getattr(revision, column)) != leaf.openings[name].value:
            yield Finding(leaf.index, f"合作 {row.number} 的 {name} 和第 {leaf.index} 号条目不符")


def _evidence(session: Session, leaves: Leaves) -> Iterator[Finding]:
    rows = {row.id: row for row in session.scalars(select(Evidence))}
    for row in rows.values():
        yield from _own_leaf(leaves, row.ledger_index, row.id, (CONFIRMED,), f"佐证 {row.id}")
        terms = leaves.terms.get(row.collaboration.ledger_index)
        for column in ("amount", "expected_benefit"):
            if terms and canonical_value(getattr(row, column)) != terms.openings[f"contract.{column}"].value:
                yield Finding(terms.index, f"佐证 {row.id} 的 {column} 和第 {terms.index} 号条目不符")
    for index, leaf in leaves.by_index.items():
        if leaf.leaf.type == CONFIRMED and index not in leaves.terms and leaf.leaf.event_id not in rows:
            yield Finding(index, f"第 {index} 号条目记着一份佐证，业务表里没有")


def _verifications(session: Session, leaves: Leaves) -> Iterator[Finding]:
    rows = {row.id: row for row in session.scalars(select(Verification))}
    for row in rows.values():
        yield from _own_leaf(leaves, row.ledger_index, row.id, FINDINGS, f"核验 {row.id}")
    for index, leaf in leaves.by_index.items():
        if leaf.leaf.type in FINDINGS and "finding" in leaf.openings and leaf.leaf.event_id not in rows:
            yield Finding(index, f"第 {index} 号条目记着一次核验，业务表里没有")


def _benefits(session: Session, leaves: Leaves) -> Iterator[Finding]:
    rows = {row.id: row for row in session.scalars(select(BenefitReport))}
    for row in rows.values():
        yield from _own_leaf(leaves, row.ledger_index, row.id, (BENEFIT,), f"效益填报 {row.id}")
        leaf = leaves.by_index.get(row.ledger_index)
        if leaf and "realised" in leaf.openings and canonical_value(row.realised) != leaf.openings["realised"].value:
            yield Finding(leaf.index, f"效益填报 {row.id} 的金额和第 {leaf.index} 号条目不符")
    for index, leaf in leaves.by_index.items():
        if leaf.leaf.type == BENEFIT and leaf.leaf.event_id not in rows:
            yield Finding(index, f"第 {index} 号条目记着一次效益填报，业务表里没有")


def _entries(session: Session, leaves: Leaves) -> Iterator[Finding]:
    rows = {canonical_value(row.id): row for row in session.scalars(select(Entry))}
    for row in rows.values():
        leaf = leaves.by_index.get(row.ledger_index) if row.ledger_index is not None else None
        if row.ledger_index is not None and (leaf is None or leaf.leaf.type != SUBMITTED):
            yield Finding(row.ledger_index, f"报名 {row.id} 指着的第 {row.ledger_index} 号条目不是报名")
        elif leaf and row.snapshot is not None and canonical_value(row.snapshot) != leaf.openings["form"].value:
            yield Finding(leaf.index, f"报名 {row.id} 的内容和第 {leaf.index} 号条目不符")
    for index, leaf in leaves.by_index.items():
        if leaf.leaf.type == SUBMITTED and leaf.openings["entry"].value not in rows:
            yield Finding(index, f"第 {index} 号条目记着一次报名，业务表里没有")


def _own_leaf(leaves: Leaves, index: int, event_id: uuid.UUID, types: tuple[str, ...], what: str) -> Iterator[Finding]:
    leaf = leaves.by_index.get(index)
    if leaf is None or leaf.leaf.event_id != event_id or leaf.leaf.type not in types:
        yield Finding(index, f"{what} 指着的第 {index} 号条目不存在，或记的是另一件事")
