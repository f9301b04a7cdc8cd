"""佐证: what a confirmed contract lets people claim. Every row is written together with its ledger entry.

Ledger appends lock the log's head until the caller commits, so callers do them last.
"""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests import leaves
from contests.claims import Candidate, candidates, out_of_season
from contests.rules.outcome import Refusal
from ledger import log
from models.accounts import User
from models.contests import Evidence, EvidenceStatus
from models.contracts import Collaboration, Contract, Finding, Verification
from models.errors import Refused

LEAF_TYPES = {Finding.approved: "collab.verified", Finding.undone: "collab.withdrawn"}
"""The type of a finding's leaf; any other finding is an opinion that leaves the collaboration as it was recorded."""
STATUSES = {Finding.approved: EvidenceStatus.verified, Finding.returned: EvidenceStatus.returned,
            Finding.undone: EvidenceStatus.pending}


def refusals(session: Session, contract: Contract) -> list[Refusal]:
    """What would stop the contract from becoming evidence as it stands: for a warning before anybody confirms."""
    shut_out = out_of_season(session, contract)
    found = [refusal for one in candidates(session, contract, again=True) for refusal in one.refusals]
    return [shut_out, *found] if shut_out else found


def write_evidence(session: Session, collaboration: Collaboration) -> list[Evidence]:
    """Record the confirmed contract and each claim on it: the expert's in their group, every broker's in theirs.

    `collaboration` is new, made with `contract_id`, and in no session yet: this sets its `ledger_index`, adds it and
    flushes. Refused, with the clause, where a rule does not hold: signed outside every season's window, off the
    platform, claimed already. Without any season there is no evidence, only the collaboration's leaf.
    """
    contract = session.get_one(Contract, collaboration.contract_id)
    _raise_first(out_of_season(session, contract))
    found = candidates(session, contract)
    for one in found:
        _raise_first(*one.refusals)
    leaf = log.append(session, "contract.confirmed", leaves.confirmation(collaboration, contract),
                      event_id=collaboration.id)
    collaboration.ledger_index = leaf.index
    collaboration.contract = contract
    session.add(collaboration)
    session.flush()
    return [_write(session, collaboration, one) for one in found]


def correct_evidence(session: Session, collaboration: Collaboration) -> list[Evidence]:
    """After a return: the contract was corrected and confirmed again, so the claims follow what it says now.

    A claim that no longer arises is withdrawn, a new one is written, the others wait for verification again.
    Refused as in write_evidence.
    """
    contract = collaboration.contract
    _raise_first(out_of_season(session, contract))
    found = candidates(session, contract, again=True)
    for one in found:
        _raise_first(*one.refusals)
    log.append(session, "collab.corrected", leaves.confirmation(collaboration, contract),
               refs=[collaboration.ledger_index])
    standing = {(row.season_id, row.track, row.claimant_id): row for row in evidence_of(session, collaboration)}
    kept = [_renew(session, collaboration, one, standing) for one in found]
    for row in standing.values():
        if row not in kept:
            row.status = EvidenceStatus.withdrawn
    session.flush()
    return kept


def withdraw_evidence(session: Session, collaboration: Collaboration, actor: User, reason: str) -> int:
    """The collaboration counts no more: every claim on it is withdrawn. Returns the leaf's index."""
    leaf = log.append(session, "collab.withdrawn", {"collaboration": collaboration.number, "actor.id": actor.id,
                                                    "actor.name": actor.name, "reason": reason},
                      refs=[collaboration.ledger_index])
    for row in evidence_of(session, collaboration):
        row.status = EvidenceStatus.withdrawn
    session.flush()
    return leaf.index


def record_verification(session: Session, verification: Verification) -> int:
    """Enter a staff member's finding in the ledger under their name; the evidence takes the status it implies.

    `verification` is new, made with `collaboration_id` and an id, and in no session yet: this sets its `ledger_index`,
    adds it and flushes. Returns the index.
    """
    collaboration = session.get_one(Collaboration, verification.collaboration_id)
    verifier = session.get_one(User, verification.verifier_id)
    leaf = log.append(session, LEAF_TYPES.get(verification.finding, "collab.reviewed"),
                      leaves.verification(verification, verifier.name, collaboration),
                      refs=[collaboration.ledger_index, *_undone(verification, collaboration)],
                      event_id=verification.id)
    verification.ledger_index = leaf.index
    verification.collaboration = collaboration
    session.add(verification)
    for row in evidence_of(session, collaboration):
        if row.status is not EvidenceStatus.withdrawn:
            row.status = STATUSES.get(verification.finding, row.status)
    session.flush()
    return leaf.index


def _undone(verification: Verification, collaboration: Collaboration) -> list[int]:
    """The leaf of the approval that is taken back, so that whoever holds the one must show the other."""
    approvals = [act.ledger_index for act in collaboration.verifications if act.finding is Finding.approved]
    return approvals[-1:] if verification.finding is Finding.undone else []


def evidence_of(session: Session, collaboration: Collaboration) -> list[Evidence]:
    return list(session.scalars(select(Evidence).where(Evidence.collaboration_id == collaboration.id)
                                .order_by(Evidence.ledger_index)))


def _raise_first(*found: Refusal | None) -> None:
    for refusal in found:
        if refusal is not None:
            raise Refused(refusal.message, clause=refusal.citation)


def _write(session: Session, collaboration: Collaboration, one: Candidate) -> Evidence:
    revision = collaboration.contract.revision
    row = Evidence(id=uuid.uuid4(), season_id=one.season.id, track=one.track.code, share=one.share,
                   collaboration_id=collaboration.id, contract_id=collaboration.contract_id,
                   claimant_id=one.profile.user_id, amount=revision.amount,
                   expected_benefit=revision.expected_benefit)
    leaf = log.append(session, "contract.confirmed", leaves.evidence(row, one.profile.name, contest_name(one)),
                      refs=[collaboration.ledger_index], event_id=row.id)
    row.ledger_index = leaf.index
    session.add(row)
    session.flush()
    return row


def contest_name(one: Candidate) -> str:
    """weihai-2020/2026: the definition and the year it is run for."""
    return f"{one.season.code}/{one.season.year}"


def _renew(session: Session, collaboration: Collaboration, one: Candidate, standing: dict) -> Evidence:
    row = standing.get((one.season.id, one.track.code, one.profile.user_id))
    if row is None:
        return _write(session, collaboration, one)
    revision = collaboration.contract.revision
    row.share, row.amount, row.expected_benefit = one.share, revision.amount, revision.expected_benefit
    row.status = EvidenceStatus.pending
    return row
