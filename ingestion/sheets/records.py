"""Lists of what came about on the platform: taken out as sheets to work with, never brought in.

An engagement, a contract, an entry stands on acts of people and on the ledger; a sheet cannot make one.
"""

import enum
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from ingestion.sheets.kinds.demands import COOPERATION
from ingestion.sheets.values import written_wan
from models.accounts import Expert
from models.base import CITY_TIME
from models.contracts import Contract, ContractStatus
from models.demands import Demand
from models.engagements import Engagement, Opening, Stage

FETCHED = 1_000


class Records(enum.StrEnum):
    engagements = "engagements"
    contracts = "contracts"


RECORD_NAMES = {Records.engagements: "对接", Records.contracts: "合同"}
HEADERS = {
    Records.engagements: ("需求编号", "需求", "需求单位", "专家", "专家单位", "怎么开始的", "走到哪一步", "从哪天起", "最近变动"),
    Records.contracts: ("合同编号", "合同名称", "合同类型", "签订日期", "金额（万元）", "预期效益（万元）", "甲方", "乙方", "需求编号", "专家",
                        "状态"),
}
OPENINGS = {Opening.interest: "专家揭榜", Opening.invitation: "企业邀请", Opening.introduction: "促成人牵线"}
STAGES = {Stage.interest: "有意向", Stage.visit: "见面", Stage.trial: "试验", Stage.contract: "签约", Stage.ended: "已结束"}
STATES = {ContractStatus.recorded: "等对方确认", ContractStatus.agreed: "双方已确认，等促成人", ContractStatus.confirmed: "已成合作",
          ContractStatus.cancelled: "已撤销"}
TYPES = {kind: words for words, kind in COOPERATION.items()}


def record_rows(session: Session, records: Records) -> Iterator[list[str]]:
    """The values under HEADERS[records], oldest first."""
    query, write = WRITERS[records]
    for one in session.scalars(query.execution_options(yield_per=FETCHED)):
        yield write(one)


def _engagement(one: Engagement) -> list[str]:
    firm = one.demand.organisation
    return [one.demand.number or "", one.demand.title, firm.name if firm else "", one.expert.name,
            one.expert.organisation.name, OPENINGS[one.opening], STAGES[one.stage], _day(one.created_at),
            _day(one.updated_at)]


def _contract(one: Contract) -> list[str]:
    now, engagement = one.revision, one.engagement
    return [now.contract_number, now.name, TYPES[now.type], now.signed_on.isoformat(), written_wan(now.amount),
            written_wan(now.expected_benefit), now.party_a, now.party_b, engagement.demand.number or "",
            engagement.expert.name, STATES[one.status]]


def _day(moment) -> str:
    return moment.astimezone(CITY_TIME).date().isoformat()


WRITERS: dict[Records, tuple[Select, Callable[[Any], list[str]]]] = {
    Records.engagements: (select(Engagement).order_by(Engagement.created_at, Engagement.id).options(
        joinedload(Engagement.demand).joinedload(Demand.organisation),
        joinedload(Engagement.expert).joinedload(Expert.organisation)), _engagement),
    Records.contracts: (select(Contract).order_by(Contract.created_at, Contract.id).options(
        selectinload(Contract.revisions), joinedload(Contract.engagement).joinedload(Engagement.demand),
        joinedload(Contract.engagement).joinedload(Engagement.expert)), _contract),
}
