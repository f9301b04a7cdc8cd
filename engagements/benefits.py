"""Realised benefit (产生的经济效益), reported by the enterprise with its proof; the expected one is another thing."""

import datetime as dt
import uuid
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.benefits import record_benefit
from engagements.contract_terms import MOST_BENEFIT
from engagements.parties import require_side
from models.accounts import User
from models.audit import notify, record
from models.base import now, today
from models.contracts import BenefitReport, Contract, ContractStatus
from models.engagements import Side
from models.errors import Conflict, Forbidden, Invalid
from models.locking import lock


def report_benefit(session: Session, actor: User, contract: Contract, *, realised: Decimal, until: dt.date,
                   proof_id: uuid.UUID) -> BenefitReport:
    """Report what the contract has brought in, in 元, from its signing up to and including `until`.

    Each report replaces the one before in what counts, and none is deleted. Conflict where a report for that day or a
    later one stands already.
    """
    lock(session, contract)
    if require_side(actor, contract.engagement) is not Side.enterprise:
        raise Forbidden("产生的效益由企业填报")
    if contract.status is not ContractStatus.confirmed:
        raise Conflict("双方确认合同以后，才能填报产生的效益")
    _check(contract, realised, until)
    last = latest_benefit(session, contract)
    if last is not None and last.until >= until:
        raise Conflict(f"已经填报过到 {last.until:%Y-%m-%d} 的效益，请填更晚的日期", field="until")
    report = BenefitReport(contract=contract, realised=realised, until=until, proof_id=proof_id,
                           reported_by_id=actor.id, at=now())
    session.add(report)
    session.flush()
    notify(session, contract.engagement.expert.user_id, f"企业填报了产生的效益：{contract.revision.name}", contract)
    record_benefit(session, contract.collaboration, report)
    record(session, actor, "benefit.report", report, contract=str(contract.id), ledger=report.ledger_index)
    return report


def latest_benefit(session: Session, contract: Contract) -> BenefitReport | None:
    """The report that counts: the one with the latest day."""
    return session.scalar(select(BenefitReport).where(BenefitReport.contract_id == contract.id)
                          .order_by(BenefitReport.until.desc(), BenefitReport.at.desc()).limit(1))


def benefit_history(session: Session, contract: Contract) -> list[BenefitReport]:
    return list(session.scalars(select(BenefitReport).where(BenefitReport.contract_id == contract.id)
                                .order_by(BenefitReport.until.desc())))


def _check(contract: Contract, realised: Decimal, until: dt.date) -> None:
    if not realised.is_finite() or realised < 0:
        raise Invalid("产生的效益不能是负数", field="realised")
    if realised * 100 != (realised * 100).to_integral_value():
        raise Invalid("产生的效益最多精确到分", field="realised")
    if realised > MOST_BENEFIT:
        raise Invalid("产生的效益超过 1,000 亿元，请核对单位是不是万元", field="realised")
    if until > today():
        raise Invalid("截止日还没到，只填已经产生的效益", field="until")
    if until < contract.revision.signed_on:
        raise Invalid(f"截止日早于合同签订日 {contract.revision.signed_on:%Y-%m-%d}", field="until")
