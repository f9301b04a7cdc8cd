"""What a sheet may say of each kind of row: the fields, and the names by which offices call their columns."""

import enum
import re
import unicodedata
from dataclasses import dataclass

from models.sheets import SheetKind

KIND_NAMES = {SheetKind.demand: "技术需求", SheetKind.capability: "技术能力", SheetKind.organisation: "单位",
              SheetKind.expert: "专家", SheetKind.engagement: "对接", SheetKind.contract: "合同", SheetKind.activity: "活动",
              SheetKind.member: "成员", SheetKind.conflict: "利益回避", SheetKind.calendar: "放假和调休"}


class Shape(enum.StrEnum):
    """What the cells of a column look like, where its name says nothing."""

    text = "text"
    line = "line"
    money = "money"
    day = "day"
    credit_code = "credit_code"
    phone = "phone"
    email = "email"
    choice = "choice"


@dataclass(frozen=True)
class Field:
    """`label` is what an export calls the column; `names` are further ones, Chinese and English."""

    key: str
    label: str
    names: tuple[str, ...] = ()
    shape: Shape = Shape.line
    required: bool = False
    choices: tuple[str, ...] = ()


def _f(key: str, label: str, names: str = "", shape: Shape = Shape.line, *, required: bool = False,
       choices: str = "") -> Field:
    return Field(key, label, tuple(names.split()), shape, required, tuple(choices.split()))


ID = _f("_id", "编号", "_id id 唯一编号 需求编号 成果编号 记录编号 number")
DISTRICT = _f("district_code", "区市代码", "district_code 行政区划代码 所在区市 所属区市 区市 区县 所属区县 所在地 地区 district")
INDUSTRY = _f("industry_code", "行业代码", "industry_code 行业 所属行业 所属产业 行业类别 国民经济行业 industry")
USCC = _f("uscc", "统一社会信用代码", "uscc 信用代码 社会信用代码 机构代码 creditcode", Shape.credit_code)

DEMAND = (
    ID,
    _f("title", "标题", "title 名称 需求名称 技术需求名称 需求标题 项目名称 难题名称 技术难题 课题名称 需求题目", required=True),
    _f("text", "难题", "text 正文 内容 需求内容 需求描述 技术需求描述 问题描述 难题描述 主要内容 需求简介 简介 说明 详细描述 description content "
       "problem", Shape.text),
    _f("targets", "指标", "targets 技术指标 考核指标 预期指标 主要技术指标 预期目标 目标", Shape.text),
    _f("constraints", "约束条件", "constraints 限制条件 边界条件", Shape.text),
    _f("tried", "已试过的办法", "tried 前期基础 已有基础 现有基础 试过的办法", Shape.text),
    INDUSTRY,
    DISTRICT,
    _f("cooperation_type", "合作方式", "cooperation_type 合作类型 拟合作方式 cooperation", Shape.choice,
       choices="技术开发 技术转让 技术许可 技术咨询 技术服务"),
    _f("budget_min", "最低投入", "budget_min 投入下限 最低预算 budgetmin", Shape.money),
    _f("budget_max", "最高投入", "budget_max 投入上限 最高预算 budgetmax", Shape.money),
    _f("budget", "投入", "愿意投入 拟投入 拟投入资金 投入资金 意向投入 预算 经费预算 资金预算 意向金额 拟投入金额 合作预算 budget", Shape.money),
    _f("deadline", "截止日期", "deadline 截止时间 有效期 有效期至 揭榜截止 需求截止日期 due", Shape.day),
    _f("confidentiality", "谁能看到全文", "confidentiality 保密级别 公开程度 是否公开", Shape.choice,
       choices="全文公开 摘要公开 签保密协议 不公开"),
    _f("abstract", "公开摘要", "abstract 摘要 对外摘要"),
    _f("offers", "企业能提供的条件", "offers 提供条件 可提供条件 支持条件", Shape.text),
    _f("ownership", "成果归谁", "ownership 成果归属 知识产权归属 知识产权约定"),
    _f("state", "榜上状态"),
    _f("firm", "需求单位", "firm 单位 单位名称 企业名称 公司名称 需求方 企业 公司 申报单位 所属单位 company enterprise"),
)
CAPABILITY = (
    ID,
    _f("title", "标题", "title 名称 成果名称 技术名称 能力名称 项目名称 专利名称 技术成果", required=True),
    _f("text", "简介", "text 正文 内容 说明 成果简介 技术简介 成果介绍 项目简介 描述 技术描述 summary description abstract 摘要", Shape.text),
    _f("field", "领域", "field 技术领域 专业领域 所属领域 学科"),
    _f("claims", "做成过的事", "claims 业绩 应用案例 应用情况", Shape.text),
    _f("expert", "专家编号", "expert expert_id"),
)
ORGANISATION = (
    ID,
    _f("name", "单位全称", "name 单位名称 单位 企业名称 公司名称 机构名称 名称 学校名称 全称 company organisation organization", required=True),
    _f("short_name", "简称", "short_name 单位简称 企业简称"),
    _f("kind", "单位类型", "kind 类型 机构类型 单位性质 性质 type", Shape.choice, choices="企业 高校 科研院所 工匠工作室 工会"),
    USCC,
    DISTRICT,
    INDUSTRY,
    _f("address", "地址", "address 单位地址 通讯地址 注册地址 详细地址 住所"),
)
EXPERT = (
    ID,
    _f("name", "姓名", "name 专家姓名 专家 名字 人员", required=True),
    _f("phone", "手机号", "phone 手机 手机号码 联系电话 电话 联系方式 mobile tel", Shape.phone, required=True),
    _f("email", "邮箱", "email 电子邮箱 电子邮件 e-mail 邮件 mail", Shape.email, required=True),
    _f("kind", "专家类型", "kind 类型 类别 人员类别 专家类别 type", Shape.choice, choices="高校专家 高技能人才"),
    _f("organisation", "单位", "organisation organization 所在单位 工作单位 单位名称 高校 学校 院校", required=True),
    _f("title", "职称", "title 职称或职业技能等级 职称等级 职业技能等级 技术职称 专业技术职务 技能等级", required=True),
    _f("field", "专业领域", "field 领域 研究方向 专业 研究领域 学科 专业方向 擅长领域 技术领域", required=True),
    _f("bio", "个人简介", "bio 简介 介绍 简历 专家简介", Shape.text),
    DISTRICT,
    _f("capacity", "同时能接几项", "capacity 承接能力"),
    _f("status", "入驻状态"),
)
PAIR = (
    _f("demand", "需求编号", "demand", required=True),
    _f("title", "需求", "demand_title 需求标题 需求名称"),
    _f("firm", "需求单位", "firm 企业 企业名称"),
    _f("expert", "专家编号", "expert expert_id", required=True),
    _f("expert_name", "专家", "expert_name 专家姓名"),
)
ATTESTED = _f("attested", "来历")
"""Who stands behind a row, as an export tells it. Never read: a sheet cannot vouch for itself."""
ENGAGEMENT = (
    *PAIR,
    _f("employer", "专家单位", "employer 专家所在单位"),
    _f("opening", "怎么开始的", "opening 开始方式", Shape.choice, required=True, choices="专家揭榜 企业邀请 促成人牵线"),
    _f("stage", "走到哪一步", "stage 阶段 进展", Shape.choice, required=True, choices="有意向 见面 试验 签约 已结束"),
    _f("end_code", "为什么结束", "end_code 结束原因", Shape.choice),
    _f("began_on", "从哪天起", "began_on 开始日期", Shape.day, required=True),
    _f("changed_on", "最近变动", "changed_on 变动日期", Shape.day, required=True),
    ATTESTED,
)
CONTRACT = (
    *PAIR,
    _f("contract_number", "合同编号", "contract_number 合同号", required=True),
    _f("name", "合同名称", "name", required=True),
    _f("type", "合同类型", "type 技术合同类型", Shape.choice, required=True, choices="技术开发 技术转让 技术许可 技术咨询 技术服务"),
    _f("signed_on", "签订日期", "signed_on 签订时间 签约日期", Shape.day, required=True),
    _f("starts_on", "合同期限从", "starts_on 开始日期", Shape.day),
    _f("ends_on", "合同期限到", "ends_on 结束日期", Shape.day),
    _f("amount", "合同金额", "amount 金额", Shape.money, required=True),
    _f("expected_benefit", "预计创效", "expected_benefit 预期效益", Shape.money, required=True),
    _f("party_a", "甲方", "party_a", required=True),
    _f("party_b", "乙方", "party_b", required=True),
    _f("status", "状态", "status 合同状态", Shape.choice, required=True),
    _f("standing", "核验", "standing 核验状态", Shape.choice, choices="等核验 原件已核 退回补正 已撤下"),
    _f("collaboration_number", "合作编号", "collaboration_number"),
    ATTESTED,
)
ACTIVITY = (
    ID,
    _f("kind", "活动类型", "kind 类型", Shape.choice, required=True, choices="校企对接 成果发布 培训"),
    _f("title", "活动名称", "title 名称 标题", required=True),
    _f("held_on", "日期", "held_on 活动日期 举办日期", Shape.day, required=True),
    _f("starts_at", "时间", "starts_at 开始时间", required=True),
    _f("place", "地点", "place 活动地点", required=True),
    DISTRICT,
    _f("organiser", "主办单位", "organiser 主办"),
    _f("description", "活动安排", "description 安排 说明", Shape.text),
    _f("seats", "名额", "seats 人数上限"),
)
MEMBER = (
    _f("name", "姓名", "name", required=True),
    _f("phone", "手机号", "phone 手机 联系电话 电话", Shape.phone, required=True),
    _f("email", "邮箱", "email 电子邮箱", Shape.email, required=True),
    _f("role", "身份", "role 角色", Shape.choice, required=True, choices="企业 专家 促成人"),
    _f("organisation", "单位", "organisation 单位名称 所在单位", required=True),
    _f("kind", "专家类型", "kind", Shape.choice, choices="高校专家 高技能人才"),
    _f("title", "职称", "title 职称或职业技能等级"),
    _f("field", "专业领域", "field 研究方向"),
    _f("status", "办到哪一步", "status 状态", Shape.choice, choices="等核对 已入驻 已退回 已停用"),
)
CONFLICT = (
    ID,
    _f("expert", "专家编号", "expert expert_id"),
    _f("party", "专家或单位", "party 哪一方", required=True),
    _f("against", "要回避的单位", "against 回避单位", required=True),
    _f("reason", "原因", "reason 回避原因", required=True),
    _f("declared_on", "申报日期", "declared_on", Shape.day, required=True),
    _f("withdrawn_on", "撤回日期", "withdrawn_on", Shape.day),
)
CALENDAR = (
    _f("day", "日期", "day date 哪一天", Shape.day, required=True),
    _f("kind", "怎么算", "kind 类型 放假还是上班", Shape.choice, required=True, choices="放假 上班"),
    _f("name", "名称", "name 节日 假日名称"),
    _f("source", "依据", "source 依据哪份通知 通知 文号", required=True),
)
FIELDS = {
    SheetKind.organisation: ORGANISATION, SheetKind.expert: EXPERT, SheetKind.member: MEMBER,
    SheetKind.capability: CAPABILITY, SheetKind.demand: DEMAND, SheetKind.activity: ACTIVITY,
    SheetKind.conflict: CONFLICT, SheetKind.engagement: ENGAGEMENT, SheetKind.contract: CONTRACT,
    SheetKind.calendar: CALENDAR,
}

UNIT_LABELS = {"budget_min": "最低投入（万元）", "budget_max": "最高投入（万元）", "amount": "合同金额（万元）",
               "expected_benefit": "预计创效（万元）"}
"""What an export calls columns whose figures need their unit."""
WAN, YUAN = "万元", "元"
UNIT = re.compile(r"[（(\[【]?\s*(?:单位|人民币)?\s*[:：]?\s*(万元|万|元)\s*[)）\]】]?$")
NOISE = re.compile(r"[\s*＊:：_\-—/、.．\"'（）()\[\]【】<>《》]|选填|必填|可选")


def folded(name: str) -> str:
    """A column's name without what differs from office to office: width, case, blanks, marks, unit, 必填."""
    plain = unicodedata.normalize("NFKC", name).strip().casefold()
    return NOISE.sub("", UNIT.sub("", plain))


def unit_of(name: str) -> str:
    """万元 or 元 where the name ends with a unit, else an empty string."""
    found = UNIT.search(unicodedata.normalize("NFKC", name).strip())
    return {"万元": WAN, "万": WAN, "元": YUAN}[found.group(1)] if found else ""


def named(kind: SheetKind) -> dict[str, Field]:
    """Every folded name of the kind's columns → its field."""
    return {folded(name): field for field in FIELDS[kind] for name in (field.label, *field.names)}
