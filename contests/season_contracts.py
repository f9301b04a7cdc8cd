"""The contracts that a season's evidence rests on, each once, however many people claim a part of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from contests.indicators import COUNTED, realised_benefits
from models.contests import Evidence, EvidenceStatus, Season
from models.contracts import Collaboration, Contract
from models.demands import Demand
from models.engagements import Engagement


@dataclass(frozen=True)
class SeasonContract:
    """One contract with its standing claims; money in 元. `realised` is None while no benefit was reported."""

    collaboration: Collaboration
    contract: Contract
    claims: tuple[Evidence, ...]
    realised: Decimal | None

    @property
    def verified(self) -> bool:
        return any(claim.status is EvidenceStatus.verified for claim in self.claims)

    @property
    def amount(self) -> Decimal:
        return self.claims[0].amount

    @property
    def expected(self) -> Decimal:
        return self.claims[0].expected_benefit


@dataclass(frozen=True)
class Sums:
    """What several contracts add up to. Realised and expected benefit are two figures, never one."""

    contracts: int
    amount: Decimal
    realised: Decimal
    reports: int
    """On how many of them a realised benefit was reported."""
    expected: Decimal


def season_contracts(session: Session, season: Season) -> list[SeasonContract]:
    """Every contract with a standing claim in the season, in the ledger's order."""
    counted = select(Evidence).where(Evidence.season_id == season.id, Evidence.status.in_(COUNTED))
    rows = session.scalars(counted.options(
        joinedload(Evidence.claimant), joinedload(Evidence.collaboration).selectinload(Collaboration.verifications),
        joinedload(Evidence.contract).selectinload(Contract.revisions),
        joinedload(Evidence.contract).joinedload(Contract.engagement).joinedload(Engagement.demand)
        .joinedload(Demand.organisation)).order_by(Evidence.ledger_index)).all()
    claims: dict[uuid.UUID, list[Evidence]] = {}
    for row in rows:
        claims.setdefault(row.contract_id, []).append(row)
    realised = realised_benefits(session, claims.keys())
    return [SeasonContract(found[0].collaboration, found[0].contract, tuple(found), realised.get(contract_id))
            for contract_id, found in claims.items()]


def sums(contracts: Sequence[SeasonContract]) -> Sums:
    reported = [one.realised for one in contracts if one.realised is not None]
    return Sums(len(contracts), sum((one.amount for one in contracts), Decimal(0)), sum(reported, Decimal(0)),
                len(reported), sum((one.expected for one in contracts), Decimal(0)))
