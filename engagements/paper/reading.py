"""A first reading of a contract: number, name, kind, parties, day, price, term. It proposes; a person decides."""

import datetime as dt
import re
from dataclasses import dataclass

from engagements.paper import dates
from engagements.paper.dates import Term
from engagements.paper.found import BLANK, Found, labelled
from engagements.paper.parties import parties
from engagements.paper.price import Price, Sum, price, sums
from models.demands import CooperationType

NUMBERS = ("合同编号", "合同号", "协议编号", "协议号", "合同登记编号", "合同登记号", "登记编号", "编号", "项目编号", "课题编号",
           "榜单编号", "任务编号")
NAMES = ("项目名称", "合同名称", "课题名称", "技术名称", "专利名称", "榜单名称", "咨询课题", "课题",
         "转让标的", "许可标的", "转让技术", "许可技术", "许可专利", "转让专利", "服务内容", "开发内容", "研究内容", "咨询内容")
FLAT_NUMBER = re.compile(r"(?:^|(?<=[ \n、.．]))(?:合同|协议)(?:登记)?编?号(?:[ \u3000]+|为)(?P<value>[^\s：:，。；]*\d[^\s：:，。；]*)")
FLAT_NAME = re.compile(rf"(?:^|(?<=[ \n]))(?:{'|'.join(NAMES[:5])})[ \u3000\n]+(?P<value>[^\s：:]{{6,60}})")
LEADERS = ("项目负责人", "课题负责人", "技术负责人", "负责人")
TYPES = {"开发": CooperationType.development, "转让": CooperationType.transfer, "许可": CooperationType.licence,
         "咨询": CooperationType.consulting, "服务": CooperationType.service}
KIND = re.compile("|".join(BLANK.join(word) for word in TYPES))
TITLE = re.compile(rf"(?:技{BLANK}术|专{BLANK}利)[^\n。，；：:]{{0,20}}?(?:合{BLANK}同|协{BLANK}议)")
OTHER_TITLE = re.compile(r"(?:委托|合作)(?:研究)?开发(?:合同|协议)")
SAID = re.compile(r"(?:属于|类型为|类别为|签订|开展[^，。；\n]{0,20}的?)技术(?:开发|转让|许可|咨询|服务)")
TYPE_LABELS = ("合同类型", "合同类别", "项目类型", "项目类别", "课题类别", "课题类型", "合作方式")
RESEARCH = re.compile(r"(?:承担|委托|进行)[^，。；\n]{0,24}(?:研究开发)")
ABOUT = re.compile(r"(?:(?:就|围绕|关于)(?=[^”\n]{6,64}”(?:项目|课题))|(?:委托|由)?乙方(?:研究)?(?:开发|研制|研究))"
                   r"[“\"「](?P<value>[^”\"」\n]{4,60})[”\"」]")
AGREED = re.compile(r"就(?P<value>[^，。；“”\n]{4,40}?)(?:项目|事宜|课题)?(?:的?合作事宜)?(?:签订|订立|达成|开展)")
DEMAND_NUMBER = re.compile(r"[A-Z]{2}-\d{4}-\d{4,}")


@dataclass(frozen=True)
class Reading:
    """What the first reader found; None or empty where it found nothing. `sums`: every sum that may be the price."""

    contract_number: Found | None
    name: Found | None
    kind: Found | None
    type: CooperationType | None
    party_a: Found | None
    party_b: Found | None
    leader: Found | None
    signed: Found | None
    signed_on: dt.date | None
    term: Term | None
    price: Price | None
    sums: tuple[Sum, ...]
    demand_number: Found | None


def read(text: str) -> Reading:
    party_a, party_b = parties(text)
    signed, signed_on = dates.signed(text)
    kind = _kind(text)
    number = DEMAND_NUMBER.search(text)
    return Reading(
        contract_number=_number(text), name=_name(text), kind=kind, type=_type(kind), party_a=party_a, party_b=party_b,
        leader=next(labelled(text, *LEADERS, most=20), None), signed=signed, signed_on=signed_on,
        term=dates.term(text), price=price(text), sums=tuple(sums(text)),
        demand_number=Found(number[0], *number.span()) if number else None)


def _number(text: str) -> Found | None:
    """By the surest label that has a number behind it."""
    for label in NUMBERS:
        for found in labelled(text, label, most=60):
            if any(char.isdigit() for char in found.written):
                return found
    flat = FLAT_NUMBER.search(text)
    return Found(flat["value"], *flat.span("value")) if flat else None


def _name(text: str) -> Found | None:
    for label in NAMES:
        found = next(labelled(text, label), None)
        if found is not None:
            return found
    flat = FLAT_NAME.search(text)
    if flat is not None:
        return Found(flat["value"], *flat.span("value"))
    about = ABOUT.search(text) or AGREED.search(text)
    return Found(about["value"], *about.span("value")) if about else None


def _kind(text: str) -> Found | None:
    """The first title that names one of the five kinds of technology contract."""
    for pattern in (TITLE, OTHER_TITLE, SAID):
        for match in pattern.finditer(text):
            if KIND.search(match[0]):
                return Found(match[0], *match.span())
    said = next((found for found in labelled(text, *TYPE_LABELS, most=40) if KIND.search(found.written)), None)
    research = RESEARCH.search(text)
    return said or (Found(research[0], *research.span()) if research else None)


def _type(kind: Found | None) -> CooperationType | None:
    if kind is None:
        return None
    said = [re.sub(r"\s", "", word) for word in KIND.findall(kind.written)]
    return TYPES["许可" if "许可" in said else said[-1] if said[-1] == "转让" else said[0]]
