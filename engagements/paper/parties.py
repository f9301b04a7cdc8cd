"""The two sides that a contract names: 甲方 and 乙方, or by what each does (委托方, 受让方, 许可方 …)."""

import re

from engagements.paper.found import BLANK, EMPTY, LATIN, ROLE, SEPARATOR, Found, spaced, value_at

FIRST = ("甲方", "委托方", "委托人", "委托单位", "让与方", "让与人", "转让方", "转让人", "出让方",
         "许可方", "许可人", "发包方", "需求方", "需求单位", "发榜方", "发榜单位",
         "买方", "采购方")
SECOND = ("乙方", "受托方", "受托人", "受托单位", "受让方", "受让人", "被许可方", "被许可人", "研究开发方", "开发方", "咨询方",
          "咨询单位", "服务方", "服务单位", "承接方", "承接单位", "研发方", "承担方", "承担单位", "揭榜方",
          "揭榜单位", "卖方")
PARTY = re.compile(rf"(?<![\u4e00-\u9fff])(?P<label>{spaced(*FIRST, *SECOND)})(?:名称)?{ROLE}{LATIN}{SEPARATOR}"
                   r"(?=(?P<value>[^\n\t]{1,120}))")
FLAT = re.compile(rf"(?:^|(?<=[ \n]))(?P<label>{spaced(*FIRST, *SECOND)}){ROLE}[ \u3000\n]+"
                  r"(?=(?P<value>[^\s：:]{4,40}))")
CALLED = re.compile(r"(?:^|(?<=[\n，。：:与和及 ]))(?P<value>(?:(?![与和及]|以下)[\u4e00-\u9fff]|"
                    r"[（(][\u4e00-\u9fff]{2,6}[)）]){4,40})"
                    r"[（(]\s*(?:以下)?(?:简称|称为?)[：:]?\s*[“\"]?(?P<side>[甲乙])方[”\"]?[)）]")
"""In a sentence: 某公司（以下简称“甲方”）与某大学（以下简称“乙方”）."""
CHINESE = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff（）()]{3,40}$")
EMPLOYER = re.compile(r"(?:公司|大学|学院|研究院|研究所|中心|厂|工作室|合作社)$")
SEALS = re.compile(r"盖章|签字|签章|签名|公章|代表")
REST = re.compile(r"[，,；;（(]\s*(?:以下|下称|简称|统一|住所|地址|法定|身份证|盖章|签章|公章|甲方|乙方)")
NOT_A_NAME = re.compile(rf"{BLANK}(?:{spaced(*FIRST, *SECOND)}|法定代表人|地址|住所|代表)")


def parties(text: str) -> tuple[Found | None, Found | None]:
    """The first party and the second, each from the first place that names one."""
    sides: dict[str, Found] = {}
    for match in PARTY.finditer(text):
        found = _name(match)
        if found is not None:
            sides.setdefault(_side(match), found)
    for match in FLAT.finditer(text):  # a table that lost its lines: its labels stand before blanks
        found = _name(match)
        if found is not None and EMPLOYER.search(found.written):
            sides.setdefault(_side(match), found)
    for match in CALLED.finditer(text):
        sides.setdefault(match["side"], Found(match["value"], *match.span("value")))
    return sides.get("甲"), sides.get("乙")


def _side(match: re.Match[str]) -> str:
    """By 甲 or 乙 in the label or its bracket; where neither stands there, by what the side does."""
    said = re.sub(r"\s", "", match["label"] + (match["role"] or ""))
    for side in "甲乙":
        if f"{side}方" in said:
            return side
    return "甲" if re.sub(r"\s", "", match["label"]) in FIRST else "乙"


def _name(match: re.Match[str]) -> Found | None:
    if match["role"] and SEALS.search(match["role"]):
        return None  # where they sign
    found = value_at(match["value"], match.start("value"))
    if found is None or NOT_A_NAME.match(found.written):
        return None
    name = REST.split(found.written, maxsplit=1)[0].rstrip(" ，,")
    lead = 0
    if re.match("[A-Za-z]", name) and (chinese := CHINESE.search(name)) and EMPLOYER.search(name):
        lead = chinese.start()  # Luwan Compressor Co., Ltd. 鹿湾压缩机有限公司
    start = found.start + lead
    return None if EMPTY.fullmatch(name) else Found(name[lead:], start, start + len(name) - lead)
