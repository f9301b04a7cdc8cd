"""What a person's evidence adds up to in a group: every figure names the evidence behind it.

Expected and realised benefit are two figures and are never added to each other.
"""

import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from contests.definition import Track
from contests.parts import UNSAID, Indicator
from models.contests import Evidence, EvidenceStatus
from models.contracts import BenefitReport

WHOLE = Decimal(100)
COUNTED = (EvidenceStatus.pending, EvidenceStatus.verified)


@dataclass(frozen=True)
class Counted:
    """One piece of evidence as plain values; money in 元, `share` in per cent, no realised benefit: none reported."""

    evidence_id: uuid.UUID
    ledger_index: int
    share: int
    amount: Decimal
    expected_benefit: Decimal
    realised_benefit: Decimal | None
    verified: bool


@dataclass(frozen=True)
class Share:
    """The part of a figure that one piece of evidence gives."""

    evidence_id: uuid.UUID
    ledger_index: int
    value: Decimal


@dataclass(frozen=True)
class Figure:
    """One measured figure: 项 or 元. `scored` is None while the season has not settled which benefit counts."""

    code: str
    name: str
    unit: str
    value: Decimal
    scored: bool | None
    shares: tuple[Share, ...]


def counted_evidence(session: Session, season_id: uuid.UUID, track: str, claimant_id: uuid.UUID) -> list[Counted]:
    """The person's standing evidence in the group, oldest entry first, each with the latest benefit reported on it."""
    rows = session.scalars(select(Evidence).options(joinedload(Evidence.contract)).where(
        Evidence.season_id == season_id, Evidence.track == track, Evidence.claimant_id == claimant_id,
        Evidence.status.in_(COUNTED)).order_by(Evidence.ledger_index)).all()
    return count(session, rows)


def count(session: Session, rows: Iterable[Evidence]) -> list[Counted]:
    """The rows that stand, as plain values in their order, each with the latest benefit reported on its contract."""
    standing = [row for row in rows if row.status in COUNTED]
    realised = realised_benefits(session, {row.contract_id for row in standing})
    return [Counted(row.id, row.ledger_index, row.share, row.amount, row.expected_benefit,
                    realised.get(row.contract_id), row.status is EvidenceStatus.verified) for row in standing]


def credited(evidence: Iterable[Counted], name: str) -> Decimal:
    """The person's share of what stands under `name` (amount, expected_benefit, realised_benefit), summed, in 元."""
    return sum(((getattr(one, name) or Decimal(0)) * one.share / WHOLE for one in evidence), Decimal(0))


def figures(track: Track, evidence: Iterable[Counted]) -> list[Figure]:
    """The group's indicators in its order; the contract amount is measured last, unscored, where none asks for it.

    A claim with a share counts for that part of the project, of its amount and of its benefit.
    """
    evidence = list(evidence)
    found = [figure for indicator in track.indicators for figure in _measure(indicator, evidence)]
    if not any(indicator.measure == "contract_amount" for indicator in track.indicators):
        found.append(_figure("amount", "合同金额", "元", False, evidence, lambda one: one.amount))
    return found


def _measure(indicator: Indicator, evidence: list[Counted]) -> list[Figure]:
    if indicator.measure == "count":
        return [_figure(indicator.code, indicator.name, "项", True, evidence, lambda one: Decimal(1))]
    if indicator.measure == "contract_amount":
        return [_figure(indicator.code, indicator.name, "元", True, evidence, lambda one: one.amount)]
    expected = None if indicator.basis == UNSAID else indicator.basis == "expected"
    realised = None if expected is None else not expected
    return [
        _figure(f"{indicator.code}.expected", "预计创效", "元", expected, evidence, lambda one: one.expected_benefit),
        _figure(f"{indicator.code}.realised", "产生的经济效益", "元", realised,
                [one for one in evidence if one.realised_benefit is not None], lambda one: one.realised_benefit),
    ]


def _figure(code: str, name: str, unit: str, scored: bool | None, evidence: list[Counted],
            value: Callable[[Counted], Decimal]) -> Figure:
    shares = tuple(Share(one.evidence_id, one.ledger_index, value(one) * one.share / WHOLE) for one in evidence)
    return Figure(code, name, unit, sum((share.value for share in shares), Decimal(0)), scored, shares)


def realised_benefits(session: Session,
                      contract_ids: Collection[uuid.UUID] | Select[tuple[uuid.UUID]]) -> dict[uuid.UUID, Decimal]:
    """The realised benefit that counts for each contract with any: of its reports, the one that reaches furthest.

    `contract_ids` may be a query of them: a list of more than some ten thousand is too long for a statement.
    """
    reports = session.execute(select(BenefitReport.contract_id, BenefitReport.realised)
                              .where(BenefitReport.contract_id.in_(contract_ids))
                              .order_by(BenefitReport.until, BenefitReport.at))
    return {report.contract_id: report.realised for report in reports}
