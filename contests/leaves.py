"""The fields of each ledger leaf that a contest writes. All are committed, none stands in the clear."""

from collections.abc import Mapping

from models.contests import Entry, Evidence
from models.contracts import BenefitReport, Collaboration, Contract, Verification

Fields = Mapping[str, object]


def contract_facts(contract: Contract) -> dict[str, object]:
    """What the contract says in the revision both sides confirmed, and on which demand it rests."""
    revision, demand = contract.revision, contract.engagement.demand
    return {
        "contract.number": revision.contract_number,
        "contract.name": revision.name,
        "contract.type": revision.type.value,
        "contract.signed_on": revision.signed_on,
        "contract.amount": revision.amount,
        "contract.expected_benefit": revision.expected_benefit,
        "contract.party_a": revision.party_a,
        "contract.party_b": revision.party_b,
        "contract.scan": revision.scan.sha256,
        "contract.revision": revision.number,
        "demand.number": demand.number or "",
        "demand.title": demand.title,
        "expert.name": contract.engagement.expert.name,
        "brokers": [{"name": share.broker.name, "percent": share.percent} for share in contract.shares],
        "confirmed": [{"side": done.side.value, "user": done.user_id, "at": done.at}
                      for done in sorted(revision.confirmations, key=lambda done: done.side)],
    }


def confirmation(collaboration: Collaboration, contract: Contract) -> Fields:
    return {"collaboration": collaboration.number} | contract_facts(contract)


def evidence(row: Evidence, claimant: str, contest: str) -> Fields:
    """One person's claim; it cites the leaf of the collaboration, which holds the contract."""
    return {"evidence": row.id, "contest": contest, "track": row.track, "claimant.name": claimant,
            "claimant.id": row.claimant_id, "share": row.share, "amount": row.amount,
            "expected_benefit": row.expected_benefit}


def verification(act: Verification, verifier: str, collaboration: Collaboration) -> Fields:
    return {"finding": act.finding.value, "verifier.name": verifier, "verifier.id": act.verifier_id,
            "original_seen": act.original_seen, "receipt": act.receipt, "opinions": act.opinions,
            "reason": act.reason, "revision": collaboration.contract.revision.number,
            "collaboration": collaboration.number}


def benefit(report: BenefitReport, reporter: str, collaboration: Collaboration) -> Fields:
    """What the contract has brought in so far, with the hash of its proof."""
    return {"benefit": report.id, "collaboration": collaboration.number, "realised": report.realised,
            "until": report.until, "proof": report.proof.sha256, "reporter.name": reporter,
            "reporter.id": report.reported_by_id}


def registration(entry: Entry) -> Fields:
    """The form as submitted; it cites the leaves of the evidence it rests on."""
    return {"entry": entry.id, "form": entry.snapshot}
