"""The moment a contract becomes a collaboration: both sides and every broker agreed, and the evidence is written."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.evidence import correct_evidence, write_evidence
from engagements.introductions import credited_brokers
from engagements.parties import members
from models.accounts import Broker, User
from models.audit import notify, record
from models.base import city_day, now
from models.contracts import BrokerShare, Collaboration, CollaborationStatus, Contract, ContractStatus
from models.counters import next_number
from models.demands import Demand, DemandEvent, DemandStatus
from models.engagements import Engagement, Stage
from models.index import PostingKind, enqueue

WHOLE = 100


def settle(session: Session, actor: User, contract: Contract) -> Collaboration | None:
    """Make the agreed contract a collaboration if nothing is missing; None while broker shares are open.

    A lone broker has the whole share without being asked.
    """
    if contract.status is not ContractStatus.agreed:
        return None
    brokers = credited_brokers(session, contract.engagement, contract.revision.signed_on)
    _keep_shares_of(contract, brokers)
    session.flush()
    if any(share.agreed_at is None for share in contract.shares) or \
            sum(share.percent for share in contract.shares) != (WHOLE if brokers else 0):
        _ask_brokers(session, contract, brokers)
        return None
    if contract.collaboration is not None:
        return _requeue(session, actor, contract)
    return _collaborate(session, actor, contract)


def _collaborate(session: Session, actor: User, contract: Contract) -> Collaboration:
    """Write the collaboration and, in the same transaction, its evidence; close the demand to new interest."""
    at = now()
    year = city_day(at).year
    number = f"HT-{year}-{next_number(session, f'collaboration-{year}'):04d}"
    contract.status = ContractStatus.confirmed
    demand = contract.engagement.demand
    change_demand(session, actor, demand, DemandStatus.taken, "双方确认了合同")
    _tell_others(session, contract.engagement)
    for user_id in _everybody(session, contract):
        notify(session, user_id, f"合作成立，已写入台账，等工会核验：{contract.revision.name}", contract)
    session.flush()
    collaboration = Collaboration(id=uuid.uuid4(), number=number, contract_id=contract.id, confirmed_at=at,
                                  queued_at=at, status=CollaborationStatus.confirmed)
    write_evidence(session, collaboration)
    record(session, actor, "collaboration.confirm", collaboration, ledger=collaboration.ledger_index)
    return collaboration


def _requeue(session: Session, actor: User, contract: Contract) -> Collaboration:
    """A returned collaboration, mended and confirmed again, goes back to the end of the staff queue."""
    collaboration = contract.collaboration
    contract.status = ContractStatus.confirmed
    collaboration.status, collaboration.queued_at = CollaborationStatus.confirmed, now()
    record(session, actor, "collaboration.requeue", collaboration)
    session.flush()
    correct_evidence(session, collaboration)
    return collaboration


def change_demand(session: Session, actor: User, demand: Demand, status: DemandStatus, reason: str) -> None:
    """Move the demand as its collaboration moves, and have the search index follow."""
    if demand.status is status:
        return
    demand.status, demand.updated_at = status, now()
    session.add(DemandEvent(demand=demand, status=status, actor_id=actor.id, reason=reason, at=now()))
    enqueue(session, PostingKind.demand, demand.id)


def _keep_shares_of(contract: Contract, brokers: list[Broker]) -> None:
    """Drop shares of brokers who no longer count (the signing day was corrected); a lone broker has the whole."""
    ids = {broker.id for broker in brokers}
    for share in [share for share in contract.shares if share.broker_id not in ids]:
        contract.shares.remove(share)
    if len(brokers) == 1:
        if not contract.shares:
            contract.shares.append(BrokerShare(broker=brokers[0], percent=WHOLE))
        contract.shares[0].percent, contract.shares[0].agreed_at = WHOLE, now()


def _ask_brokers(session: Session, contract: Contract, brokers: list[Broker]) -> None:
    agreed = {share.broker_id for share in contract.shares if share.agreed_at is not None}
    for broker in brokers:
        if broker.id not in agreed:
            notify(session, broker.user_id, f"双方确认了合同，请商定促成人份额：{contract.revision.name}", contract)


def _tell_others(session: Session, engagement: Engagement) -> None:
    """Let the other experts in talks over the same demand know that it is taken."""
    others = session.scalars(select(Engagement).where(
        Engagement.demand_id == engagement.demand_id, Engagement.id != engagement.id, Engagement.stage != Stage.ended))
    for other in others:
        notify(session, other.expert.user_id, f"这条需求已和别人签约：{other.demand.title}", other)


def _everybody(session: Session, contract: Contract) -> list[uuid.UUID]:
    engagement = contract.engagement
    return [engagement.expert.user_id, *(one.id for one in members(session, engagement.demand.organisation)),
            *(share.broker.user_id for share in contract.shares)]
