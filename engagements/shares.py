"""How several brokers divide the credit of one contract: one proposes, every other agrees to the same set."""

import uuid
from collections.abc import Mapping

from sqlalchemy.orm import Session

from engagements.collaborations import settle
from engagements.introductions import broker_of, credited_brokers
from models.accounts import Broker, User
from models.audit import notify, record
from models.base import now
from models.contracts import BrokerShare, Contract, ContractStatus
from models.errors import Conflict, Invalid, NotFound
from models.locking import lock

WHOLE = 100


def propose_shares(session: Session, actor: User, contract: Contract, percents: Mapping[uuid.UUID, int]) -> None:
    """One credited broker says who gets how many per cent; earlier agreement falls, the proposer's own stands.

    `percents` names every credited broker by id. Invalid where it leaves one out or does not add up to 100.
    """
    lock(session, contract)
    broker, brokers = _credited(session, actor, contract)
    if set(percents) != {one.id for one in brokers}:
        raise Invalid("每位促成人都要写份额，一位不多一位不少", field="percents")
    if any(not 1 <= percent <= WHOLE for percent in percents.values()):
        raise Invalid("每份在 1 到 100 之间，写整数", field="percents")
    if sum(percents.values()) != WHOLE:
        raise Invalid(f"份额加起来要等于 100，现在是 {sum(percents.values())}", field="percents")
    present = {share.broker_id: share for share in contract.shares}
    for one in brokers:
        share = present.get(one.id)
        if share is None:
            share = BrokerShare(broker=one, percent=percents[one.id])
            contract.shares.append(share)
        share.percent, share.agreed_at = percents[one.id], now() if one is broker else None
    session.flush()
    record(session, actor, "contract.propose_shares", contract, percents={str(k): v for k, v in percents.items()})
    for one in brokers:
        if one is not broker:
            notify(session, one.user_id, f"{broker.name}提出了份额，请您看：{contract.revision.name}", contract)


def agree_shares(session: Session, actor: User, contract: Contract, percent: int) -> None:
    """A broker agrees to the set in which they get `percent`. The last to agree makes it a collaboration.

    Conflict where the proposal changed meanwhile.
    """
    lock(session, contract)
    broker, brokers = _credited(session, actor, contract)
    mine = next((share for share in contract.shares if share.broker_id == broker.id), None)
    if mine is None:
        raise Conflict("还没有人提出份额")
    if mine.percent != percent:
        raise Conflict(f"份额刚改过，现在您是 {mine.percent}%。请重新核对")
    if mine.agreed_at is not None:
        raise Conflict("您已经同意过了，等其他促成人")
    mine.agreed_at = now()
    session.flush()
    record(session, actor, "contract.agree_shares", contract, broker=str(broker.id), percent=percent)
    settle(session, actor, contract)


def brokers_for(session: Session, contract: Contract) -> list[Broker]:
    """The brokers who count for the contract as it stands."""
    return credited_brokers(session, contract.engagement, contract.revision.signed_on)


def _credited(session: Session, actor: User, contract: Contract) -> tuple[Broker, list[Broker]]:
    broker = broker_of(session, actor)
    brokers = brokers_for(session, contract)
    if broker not in brokers:
        raise NotFound("没有找到这份合同，或者您不是它的促成人")
    if contract.status not in (ContractStatus.recorded, ContractStatus.agreed):
        raise Conflict("份额已经定了，不能再改")
    if len(brokers) == 1:
        raise Conflict("只有您一位促成人，不用商量份额")
    return broker, brokers
