"""A demand form or a company's brochure: what is asked for, each part with the words it was read from."""

import calendar
import dataclasses
import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from ingestion.documents.document import Document
from ingestion.documents.fields import Labels, Read, bare, begins, read_fields, unwrapped
from ingestion.leaks import contacts
from models.demands import CooperationType

LONG = frozenset({"problem", "targets", "tried", "constraints", "offers"})
LABELS = Labels({name: re.compile(pattern) for name, pattern in {
    "organisation": r"(?:企业|单位|公司|申报单位|填报单位|需求单位|需求企业|需求方|发榜单位|发榜方|委托单位)(?:名称|全称)?"
                    r"(?:[（(].{1,6}[)）])?",
    "title": r"(?:企业|技术|创新|需求|难题|课题|项目|榜单|揭榜|合作)*(?:名称|题目|标题)|难题|寻求合作|技术需求|技术难题|需求|主题",
    "cooperation": r".{0,6}合作(?:方式|类型|模式|形式).{0,3}|.{0,4}解决方式|方式", "kind": r"需求类[型别]|合同类型",
    "deadline": r".{0,6}(?:截止|时限|周期|期限|完成时间|完成日期|解决时间|有效期).{0,4}",
    "targets": r".*(?:指标|参数).*|.*技术要求|(?:目标|指标|性能|质量)?要求|(?:我们)?的?(?:希望|期望)(?:达到|实现)?.{0,2}"
               r"|预期(?:目标|效果)|(?:需求|研发|技术|拟达到的?)?目标",
    "problem": r".*(?:难题|需求|问题|技术|现状)(?:的|具体|主要|详细)?(?:描述|简介|详情|说明|概述|概况|内容|情况).*"
               r"|.*(?:需求|技术|问题|项目)背景.*|.*(?:现状|背景)[与和及].*问题.*"
               r"|(?:目前)?存在的?(?:主要)?(?:问题|困难).*|(?:主要|关键)?(?:技术)?(?:问题|难点|痛点|瓶颈)|现状|背景"
               r"|.{0,4}(?:遇到|面临)的?.{0,4}(?:难题|困难|问题)",
    "tried": r"(?:现有|已有|前期|研究|工作)*基础|(?:已开展|前期|已做|已完成)的?(?:研究)?工作.*|试过的?办法|已采取的?措施",
    "constraints": r"(?:现场|使用|工况|生产|应用|现有)(?:条件|场景|环境)",
    "offers": r".*(?:提供|配套).*(?:条件|支持).*",
    "budget": r".{0,6}(?:投入|投资|预算|经费|资金|金额|悬赏|榜额).{0,8}",
    "other": r".*(?:联系|电话|手机|邮箱|地址|行业|日期|签字|盖章|备注|附件|简介|法定代表人|负责人|经办人|审核|意见).*|技术合作"
             r"|.*(?:领域|类别)",
}.items()}, LONG)
FIRM = re.compile(r"[\u4e00-\u9fff（）()]{2,30}(?:有限责任公司|股份有限公司|有限公司|集团|研究院|合作社)")
NUMBER = r"(?P<{}>\d[\d,，]*(?:\.\d+)?)\s*(?P<{}_unit>万|亿)?\s*元?"
SUMS = re.compile(NUMBER.format("low", "low") + r"(?:\s*(?:[—–~～至到-]+)\s*" + NUMBER.format("high", "high") + r")?")
IN_TEXT = re.compile(r"(?:(?:愿意?|拟|计划|预计|可以?|能)(?:出资|投入|支付|出)|(?:预算|费用|经费|资金)(?:方面)?[^。；;\n\d]{0,10})"
                     r"(?P<sum>[^。；;\n\d]{0,8}\d[^。；;\n]{0,14}万元?)")
BEFORE_DAY = re.compile(r"(?P<day>20\d\d\s*年\s*\d{1,2}\s*月\s*(?:\d{1,2}\s*日|底))\s*(?:之?前|以前)")
MONTH_END = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*底")
TROUBLE = re.compile(r"问题|难题|困难|不合格|偏高|偏低|过高|损失|不稳定|靠人工|都不行|改善|降到|返工|返修|跟不上|达不到")
NOT_TROUBLE = re.compile(r"希望|期望|预算|费用|经费|请|您好$|欢迎|征集|联系")
LEAD_IN = re.compile(r"^(?:您好|我们|我司|我公司|本公司|这里|来自|是|叫|的|[，,：:])+")
ASKS = re.compile(r"^(?:技术)?(?:求助|咨询|需求|难题)\s*[:：]\s*")
AT_LEAST = re.compile(r"不(?:低于|少于)|以上|起")
KINDS = (("转让", CooperationType.transfer), ("许可", CooperationType.licence), ("咨询", CooperationType.consulting),
         ("服务", CooperationType.service), ("开发", CooperationType.development))
DAY = re.compile(r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
COMPARED = re.compile(r"[≤≥<>＜＞=±]|不[低高少多大小]于|不超过|不大于|小于|大于|达到|以[内上下]|由.{1,12}(?:降|提高|增)到|\d")
POINT = re.compile(r"^\s*(?:\d{1,2}\s*(?:[.．](?!\d)|[、)）])|[（(]\s*\d{1,2}\s*[)）]|[①-⑳]|[·•●-]\s)\s*")
FIGURE = re.compile(r"(?:[≤≥<>＜＞=±]|不[低高少多大小]于|不超过|不大于|小于|大于|达到|提高到|降到|在\s*(?=\d)|(?<![\d.、（(])(?=\d)).*$")
MONEY_UNITS = {"万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, kw_only=True)
class Target(Read):
    """One thing to reach, as what and figure where the text parts them."""

    what: str
    figure: str


@dataclass(frozen=True)
class DemandDraft:
    """What was read; None or empty where the document does not say. Money in 元."""

    organisation: Read | None
    title: Read | None
    problem: Read | None
    tried: Read | None
    constraints: Read | None
    offers: Read | None
    targets: tuple[Target, ...]
    budget: Read | None
    budget_min: Decimal | None
    budget_max: Decimal | None
    cooperation: Read | None
    cooperation_type: CooperationType | None
    deadline: Read | None
    deadline_on: dt.date | None
    phone: Read | None
    email: Read | None


def read_demand(document: Document) -> DemandDraft:
    fields = read_fields(document, LABELS)
    budget = next((one for one in (fields.get("budget"), _budget_said(document))
                   if one and re.search(r"\d", one.text)), None) or fields.get("budget")
    low, high = _sums(budget.text, "万" in budget.label) if budget else (None, None)
    cooperation = _with_kind(fields.get("cooperation"), fields.get("kind"))
    deadline = _dated(fields.get("deadline")) or _deadline_said(document) or fields.get("deadline")
    contact = {leak.kind: Read(re.sub(r"[\s-]", "", leak.words) if leak.kind == "phone" else leak.words, leak.start,
                               leak.end) for leak in reversed(contacts(document.text))}
    return DemandDraft(
        organisation=fields.get("organisation") or _firm(document), title=_title(fields.get("title")),
        problem=fields.get("problem") or _problem_told(document, fields.get("title")),
        tried=fields.get("tried"),
        constraints=fields.get("constraints"), offers=fields.get("offers"),
        targets=tuple(_targets(document, fields.get("targets"))), budget=budget, budget_min=low, budget_max=high,
        cooperation=cooperation, cooperation_type=_kind(cooperation.text) if cooperation else None, deadline=deadline,
        deadline_on=_day(deadline.text) if deadline else None, phone=contact.get("phone"), email=contact.get("email"))


def _firm(document: Document) -> Read | None:
    found = FIRM.search(document.text)
    if found is None:
        return None
    lead = LEAD_IN.match(found[0])
    start = found.start() + (lead.end() if lead else 0)
    return Read(document.text[start:found.end()], start, found.end())


def _title(read: Read | None) -> Read | None:
    """A mail's subject without what every such mail begins with (求助：)."""
    asks = ASKS.match(read.text) if read else None
    return dataclasses.replace(read, text=read.text[asks.end():], start=read.start + asks.end()) if read and asks \
        else read


def _with_kind(*reads: Read | None) -> Read | None:
    """The first that names a kind of cooperation, else the first."""
    said = [one for one in reads if one is not None]
    return next((one for one in said if _kind(one.text)), next(iter(said), None))


def _dated(read: Read | None) -> Read | None:
    return read if read and _day(read.text) else None


def _deadline_said(document: Document) -> Read | None:
    """A day before which it has to be solved, in a sentence."""
    found = BEFORE_DAY.search(document.text)
    return Read(found["day"], *found.span("day")) if found else None


def _problem_told(document: Document, title: Read | None) -> Read | None:
    """Under a title of its own, else in a sentence; in a mail, which opens with a greeting, in a sentence first."""
    below, said = _problem_below(document, title), _problem_said(document)
    return said or below if title and title.label == "主题" else below or said


def _problem_said(document: Document) -> Read | None:
    """The first sentence that tells of a trouble, where nothing is labelled: a letter, a mail."""
    for block in document.blocks:
        for found in re.finditer(r"[^。！？\n]+[。！？]?", document.text_of(block)):
            said = found[0].strip()
            if len(said) > 12 and said[-1] in "。！？" and TROUBLE.search(said) and not NOT_TROUBLE.search(said) \
                    and not contacts(said):
                start = block.start + found.start() + found[0].index(said)
                return Read(said, start, start + len(said))
    return None


def _problem_below(document: Document, title: Read | None) -> Read | None:
    """The paragraphs right under a title, where nothing is labelled as the problem."""
    if title is None:
        return None
    after = [block for block in document.blocks if block.start >= title.end and block.table is None]
    kept = []
    for block in after:
        text = document.text_of(block)
        if begins(text, LABELS) or len(bare(text)) < 12 or IN_TEXT.search(text) or contacts(text):
            break
        kept.append(block)
    if not kept:
        return None
    return Read(unwrapped(document, kept), kept[0].start, kept[-1].end)


def _budget_said(document: Document) -> Read | None:
    found = IN_TEXT.search(document.text)
    return Read(found["sum"], *found.span("sum")) if found else None


def _sums(text: str, in_wan: bool) -> tuple[Decimal | None, Decimal | None]:
    """(least, most) in 元: 30-50 万元, 10 万～20 万元; 不低于 30 万 has no most, every other single sum no least.

    `in_wan`: the label says 万元, so that a bare number means that.
    """
    found = SUMS.search(text)
    if found is None or not (in_wan or re.search("[万元亿]", text)):
        return None, None
    unit = found["high_unit"] or found["low_unit"] or ("万" if in_wan and "元" not in text else "")
    one = _yuan(found["low"], found["low_unit"] or unit)
    if found["high"]:
        return one, _yuan(found["high"], found["high_unit"] or unit)
    return (one, None) if AT_LEAST.search(text) else (None, one)


def _yuan(digits: str, unit: str) -> Decimal:
    return Decimal(re.sub("[,，]", "", digits)) * MONEY_UNITS.get(unit, 1)


def _kind(text: str) -> CooperationType | None:
    """The kind that is ticked, where boxes stand before the kinds; else the only one named."""
    ticked = re.findall(r"[☑√■✓☒]\s*([^\s□☐√■☑]{2,10})", text)
    named = {kind for words, kind in KINDS if any(words in one for one in (ticked or [text]))}
    return named.pop() if len(named) == 1 else None


def _day(text: str) -> dt.date | None:
    found = DAY.search(text)
    if found is None and (month := MONTH_END.search(text)) and 1 <= int(month[2]) <= 12:
        return dt.date(int(month[1]), int(month[2]), calendar.monthrange(int(month[1]), int(month[2]))[1])
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _targets(document: Document, read: Read | None):
    """The targets one by one: by lines and semicolons, and by commas where both sides compare something."""
    if read is None:
        return
    at = 0
    for line in _points(read.text):
        text = POINT.sub("", line).strip(" 。；;，,")
        if not text:
            continue
        at = document.text.find(text, read.start + at) - read.start if text in document.text else at
        figure = FIGURE.search(text)
        what = text[:figure.start()].strip(" ：:为") if figure else text
        yield Target(text, max(read.start, read.start + at), read.start + at + len(text) if text in document.text
                     else read.end, what=what or text, figure=figure[0] if figure and what else "")


def _points(text: str) -> list[str]:
    lines = [line for line in re.split(r"[\n；;]|(?<=[。；])(?=\s*[（(①-⑳\d])", text) if line.strip()]
    numbered = any(POINT.match(line) for line in lines)
    joined: list[str] = []
    for line in lines:
        if numbered and joined and not POINT.match(line):
            joined[-1] += line.strip()
        else:
            joined.append(line)
    return [part for line in joined for part in _apart(line)]


def _apart(line: str) -> list[str]:
    parts = re.split(r"[，,](?![^（(]*[)）])", line)
    return parts if len(parts) > 1 and all(COMPARED.search(part) for part in parts) else [line]
