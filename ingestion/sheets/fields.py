"""What a sheet may say of each kind of row: the fields, and the names by which offices call their columns."""

import enum
import re
import unicodedata
from dataclasses import dataclass

from models.sheets import SheetKind

KIND_NAMES = {SheetKind.demand: "技术需求", SheetKind.capability: "技术能力", SheetKind.organisation: "单位",
              SheetKind.expert: "专家"}


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
)
FIELDS = {SheetKind.demand: DEMAND, SheetKind.capability: CAPABILITY, SheetKind.organisation: ORGANISATION,
          SheetKind.expert: EXPERT}

UNIT_LABELS = {"budget_min": "最低投入（万元）", "budget_max": "最高投入（万元）"}
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
