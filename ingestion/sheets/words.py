"""Coded values as sheets write them, and read back from the same words or from the code itself."""

import enum
from collections.abc import Mapping
from typing import TypeVar

from models.accounts import Admission, Role
from models.activities import ActivityKind
from models.contracts import CollaborationStatus, ContractStatus
from models.demands import DemandStatus
from models.engagements import EndCode, Opening, Stage
from models.errors import Invalid
from models.publication import DayKind

Code = TypeVar("Code", bound=enum.StrEnum)

DEMAND_STATES = {"张榜": DemandStatus.published, "已揭榜": DemandStatus.taken, "已到期": DemandStatus.expired,
                 "已办结": DemandStatus.closed, "草稿": DemandStatus.draft, "等诊断": DemandStatus.submitted,
                 "已退回": DemandStatus.returned, "已撤回": DemandStatus.withdrawn}
OPENINGS = {"专家揭榜": Opening.interest, "企业邀请": Opening.invitation, "促成人牵线": Opening.introduction}
STAGES = {"有意向": Stage.interest, "见面": Stage.visit, "试验": Stage.trial, "签约": Stage.contract, "已结束": Stage.ended}
ENDS = {"指标达不到": EndCode.target_out_of_reach, "专业不对口": EndCode.other_field, "价格谈不拢": EndCode.price,
        "时间排不开": EndCode.schedule, "成果归属谈不拢": EndCode.ownership, "选了别人": EndCode.chose_another,
        "一直没有回音": EndCode.no_reply, "需求变了": EndCode.demand_changed, "其他原因": EndCode.other}
CONTRACT_STATES = {"等对方确认": ContractStatus.recorded, "双方已确认，等促成人": ContractStatus.agreed,
                   "已成合作": ContractStatus.confirmed, "已撤销": ContractStatus.cancelled}
STANDINGS = {"等核验": CollaborationStatus.confirmed, "原件已核": CollaborationStatus.verified,
             "退回补正": CollaborationStatus.returned, "已撤下": CollaborationStatus.withdrawn}
ACTIVITIES = {"校企对接": ActivityKind.matching, "成果发布": ActivityKind.results, "培训": ActivityKind.training}
DAY_KINDS = {"放假": DayKind.off, "上班": DayKind.work}
ROLES = {"企业": Role.enterprise, "专家": Role.expert, "促成人": Role.broker}
"""Roles that a sheet may apply for. Staff, administrators and reviewers are named on the site only."""
ADMISSIONS = {"等核对": Admission.applied, "已入驻": Admission.approved, "已退回": Admission.returned,
              "已停用": Admission.revoked}


def code_of(value: str, field: str, label: str, words: Mapping[str, Code]) -> Code:
    """The code that a cell names. Invalid lists the words; an empty cell names none."""
    typed = value.strip()
    found = words.get(typed) or next((one for one in words.values() if one == typed), None)
    if found is None:
        raise Invalid(f"{label}写 " + "、".join(words), field=field)
    return found


def code_or_none(value: str, field: str, label: str, words: Mapping[str, Code]) -> Code | None:
    return code_of(value, field, label, words) if value.strip() else None


def word_of(words: Mapping[str, Code], code: Code | None) -> str:
    """The word of a code; empty for none."""
    return next((word for word, one in words.items() if one is code), "")
