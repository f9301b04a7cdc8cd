"""An expert's CV or home page: the profile it draws and what it lists as done, each with the words it was read from."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingestion.documents.document import Block, Document
from ingestion.documents.fields import LISTED, Labels, Read, read_fields
from ingestion.documents.sections import Section, items, sections
from ingestion.leaks import contacts

LABELS = Labels({name: re.compile(pattern) for name, pattern in {
    "name": r"姓名|专家姓名|Name",
    "title": r".*(?:职称|技术职务|技能等级|职业资格|工种及等级).*|(?i:title|position|rank)",
    "field": r"(?:主要|研究|专业|从事|擅长|技术)+.{0,4}(?:方向|领域|兴趣|特长|专长).{0,4}|专长|(?:现)?从事.{0,2}专业.{0,4}"
             r"|(?i:research(?:areas?|interests?|fields?|focus)|fields?|special(?:ty|ties))|研究方向(?i:research.*)",
    "organisation": r".*(?:单位|部门|院系|机构)(?:名称|及职务)?|(?i:institution|affiliation|employer|organi[sz]ation)", "degree": r".*(?:学历|学位)",
    "phone": r".*(?:电话|手机).*|(?i:tel|phone|mobile)", "email": r".*(?:邮箱|邮件|信箱)|(?i:e-?mail|mail)",
    "other": r"职务|性别|出生.*|民族|籍贯|政治面貌|.*地址|专业|毕业.*|年龄|身份证.*|照片",
}.items()})
HEADINGS = {
    "patents": re.compile(r"专利|知识产权|软件著作|(?i:^patents?$)"),
    "papers": re.compile(r"论文|论著|著作|发表|(?i:publications?|papers)"),
    "projects": re.compile(r"项目|课题|业绩|工程实践|(?i:projects?|grants?)"),
    "done": re.compile(r"成果"),
    "awards": re.compile(r"获奖|奖励|荣誉|(?i:awards?|honou?rs?)"), "education": re.compile(r"教育|学习经历|学历|求学|(?i:education)"),
    "work": re.compile(r"工作经[历验]|任职|履历|(?i:experience)"),
    "field": re.compile(r"^(?:主要)?(?:研究(?:方向|领域|兴趣)|专业(?:方向|领域)|技术专长|专业特长)$"),
    "contact": re.compile(r"联系方式|联系我|(?i:^contact)"), "intro": re.compile(r"简介|基本情况|基本信息|个人概况|(?i:about)"),
    "other": re.compile(r"教学|课程|学生|兼职|社会服务|招生"),
}
TITLES = ("教授级高级工程师", "教授级高工", "正高级工程师", "高级工程师", "助理工程师", "工程师", "助理研究员", "副研究员", "研究员", "副教授", "教授", "讲师", "特级技师",
          "首席技师", "高级技师", "技师", "高级工", "高级实验师", "实验师", "副主任技师", "主任技师", "高级农艺师", "农艺师", "高级工艺美术师")
ENGLISH_TITLES = tuple((title, re.compile(words, re.I)) for title, words in (
    ("副教授", "associate professor"), ("教授", "professor"), ("讲师", "lecturer"), ("高级工程师", "senior engineer")))
DEGREES = (("博士", re.compile(r"博士(?!生?导师|后)")), ("硕士", re.compile(r"硕士(?!生?导师)")), ("本科", re.compile(r"学士|本科")),
           ("大专", re.compile(r"大专|专科")))
NAME = re.compile(r"^\s*([\u4e00-\u9fff·]{2,4})(?=[\s　，,（(、]|$|教授|副教授|研究员|老师)")
IN_BRACKETS = re.compile(r"[（(]\s*([\u4e00-\u9fff·]{2,4})\s*[)）]")
NOT_NAMES = re.compile(r"简历|主页|个人|教师|专家|信息|介绍|学院|大学|公司|中心|首页|研究")
WORKS_ON = re.compile(r"(?:主要|长期)?从事(?P<field>[^，。；;\n]{2,30}?)(?:方面)?(?:的)?(?:研究|工作|教学)(?!所|院)")
YEAR = re.compile(r"(?<![\dA-Z.])(19[5-9]\d|20[0-4]\d)(?![\d])")
NUMBERS = re.compile(r"(?:ZL|CN)?\s*20\d{10,}[\d.Xx]*|\d{4,}\.\d")
HEAD = 400
"""Characters at the top in which a person's own title stands."""
EMPLOYED = re.compile(
    r"[，,。；]\s*(?:现?任|现为|系)?(?P<place>[\u4e00-\u9fff]{2,16}(?:大学|学院|研究院|研究所|公司|中心|医院)"
    r"(?:[\u4e00-\u9fff]{1,12}(?:学院|系|所|中心|实验室|部|室|车间))?)(?=" + "|".join(TITLES) + ")")
FIELD_SAID = re.compile(r"研究(?:方向|领域|兴趣)(?:主要)?(?:为|是|包括)(?P<field>[^。；;\n]{2,40})")
QUOTED_PATENTS = re.compile(r"专利[^。；“”]{0,12}(?P<list>(?:“[^”]{4,40}”[、，和及]?)+)")
QUOTED_PROJECTS = re.compile(r"(?:项目|课题|任务|计划)[^。；“”]{0,6}“(?P<one>[^”]{4,40})”")
LEAST_BIO = 12
Kind = Literal["paper", "patent", "project"]


@dataclass(frozen=True, kw_only=True)
class Item(Read):
    """One thing done. `title` names it, `text` is the whole entry."""

    kind: Kind
    title: str
    year: int | None


@dataclass(frozen=True)
class Person:
    """What was read of a person; None where the document does not say."""

    name: Read | None
    title: Read | None
    field: Read | None
    organisation: Read | None
    degree: Read | None
    bio: Read | None
    phone: Read | None
    email: Read | None
    items: tuple[Item, ...]


def read_person(document: Document) -> Person:
    fields = read_fields(document, LABELS)
    parts = sections(document, HEADINGS)
    contact = {leak.kind: Read(_number(leak.words) if leak.kind == "phone" else leak.words, leak.start, leak.end)
               for leak in reversed(contacts(document.text))}
    return Person(
        name=_name(document, fields), title=_title(document, fields), field=_field(document, fields, parts),
        organisation=_organisation(document, fields), degree=_degree(document, fields), bio=_bio(document, parts),
        phone=contact.get("phone"), email=contact.get("email"), items=tuple(_items(document, parts)))


def _number(words: str) -> str:
    return re.sub(r"[\s-]|^\+86", "", words)


def _name(document: Document, fields: dict[str, Read]) -> Read | None:
    labelled = fields.get("name")
    if labelled is not None:
        found = NAME.match(labelled.text) or IN_BRACKETS.search(labelled.text)
        return Read(found[1], labelled.start + found.start(1), labelled.start + found.end(1)) if found else labelled
    for block in document.blocks[:6]:
        found = NAME.match(document.text_of(block))
        if found and not NOT_NAMES.search(found[1]) and found[1] not in TITLES:
            return Read(found[1], block.start + found.start(1), block.start + found.end(1))
    return None


def _title(document: Document, fields: dict[str, Read]) -> Read | None:
    """The labelled title; else the one the document names first, and of two that say it fully the more exact."""
    labelled = fields.get("title")
    places = (labelled.start, labelled.end) if labelled else (0, min(HEAD, len(document.text)))
    text = document.text[slice(*places)]
    found = [(text.find(title), -len(title), title) for title in TITLES if title in text]
    if not found:
        return _english_title(labelled) or labelled
    at, _length, title = min(found, key=lambda one: (one[0] if labelled else _rank(text, one[2]), one[1]))
    return Read(title, places[0] + at, places[0] + at + len(title))


def _english_title(labelled: Read | None) -> Read | None:
    """A title that is only said in English, by its Chinese name."""
    for title, pattern in ENGLISH_TITLES:
        if labelled and (found := pattern.search(labelled.text)):
            return Read(title, labelled.start + found.start(), labelled.start + found.end())
    return None


def _rank(text: str, title: str) -> int:
    """Place of a title that follows a comma (…，博士，副研究员，…), as in a sentence about the person, before any other."""
    said = re.search(rf"[，,]\s*{title}(?:[，,。、]|$)", text, re.M)
    return said.start() - HEAD if said else text.find(title)


def _field(document: Document, fields: dict[str, Read], parts: list[Section]) -> Read | None:
    if "field" in fields:
        return _whole_list(document, fields["field"])
    for part in parts:
        if part.name == "field" and part.blocks:
            blocks = list(itertools.takewhile(lambda block: _short_line(document.text_of(block)), part.blocks))
            return _together(document, blocks or part.blocks[:1])
    works_on = FIELD_SAID.search(document.text) or WORKS_ON.search(document.text)
    return Read(works_on["field"], *works_on.span("field")) if works_on else None


def _whole_list(document: Document, read: Read) -> Read:
    """A field that is a numbered list: all its lines."""
    blocks = [block for block in document.blocks if block.end > read.start]
    listed = list(itertools.takewhile(lambda block: LISTED.match(document.text_of(block)), blocks))
    return _together(document, listed) if len(listed) > 1 and listed[0].start <= read.start else read


def _short_line(text: str) -> bool:
    return len(text) <= 24 and not re.search("[:：。]", text)


def _together(document: Document, blocks: Sequence[Block]) -> Read:
    text = "；".join(LISTED.sub("", document.text_of(block)).strip(" ；;。") for block in blocks)
    return Read(text, blocks[0].start, blocks[-1].end)


def _organisation(document: Document, fields: dict[str, Read]) -> Read | None:
    """The labelled one; else, in a sentence about the person, the body named right before their title."""
    if "organisation" in fields:
        return fields["organisation"]
    found = EMPLOYED.search(document.text[:HEAD])
    return Read(found["place"], *found.span("place")) if found else None


def _degree(document: Document, fields: dict[str, Read]) -> Read | None:
    """The highest degree named; what a person supervises is none of their own."""
    labelled = fields.get("degree")
    start, end = (labelled.start, labelled.end) if labelled else (0, len(document.text))
    for degree, pattern in DEGREES:
        found = pattern.search(document.text, start, end)
        if found:
            return Read(degree, *found.span())
    return None


def _bio(document: Document, parts: list[Section]) -> Read | None:
    """How the document introduces the person, else where they studied; without contact data."""
    for name in ("intro", "education"):
        for part in parts:
            if part.name == name and part.blocks:
                start, end = part.blocks[0].start, part.blocks[-1].end
                lines = [document.text_of(block) for block in part.blocks if not contacts(document.text_of(block))]
                bio = "\n".join(lines)
                return Read(bio, start, end) if len(bio) >= LEAST_BIO else None
    return None


def _items(document: Document, parts: list[Section]):
    kinds: dict[str | None, Kind] = {"papers": "paper", "patents": "patent", "projects": "project"}
    for part in parts:
        if part.name in kinds or part.name == "done":
            for item in items(document, part):
                said = NAMED_KIND.match(item.text)
                kind = kinds.get(part.name) or _kind_of(item.text)
                yield _item(KINDS_SAID[said["kind"]], _behind(item, said.end())) if said else _item(kind, item)
    if not any(part.name in kinds or part.name == "done" for part in parts):
        yield from _told(document)


def _behind(item: Read, start: int) -> Read:
    return Read(item.text[start:].strip(), item.start + start, item.end)


def _told(document: Document):
    """What a text that lists nothing names in quotation marks: 主持项目“……”, 获发明专利“……”."""
    for match in QUOTED_PATENTS.finditer(document.text):
        for one in re.finditer("“([^”]+)”", match["list"]):
            start = match.start("list") + one.start(1)
            yield Item(one[1], start, start + len(one[1]), kind="patent", title=one[1], year=None)
    for sentence in re.finditer(r"[^。\n]+", document.text):
        if re.search("主持|承担|参与|负责", sentence[0]):
            for found in QUOTED_PROJECTS.finditer(sentence[0]):
                start = sentence.start() + found.start("one")
                yield Item(found["one"], start, start + len(found["one"]), kind="project", title=found["one"], year=None)


def _kind_of(text: str) -> Kind:
    """What an entry under 科研成果 is: a patent by its word or number, a paper by authors or mark, else a project."""
    if re.search(r"专利|ZL\s*20|CN\s*20", text):
        return "patent"
    head = re.split(r"[.．。]\s*(?=\D)", text, maxsplit=1)
    return "paper" if re.search(r"\[[JCMD]\]", text) or len(head) > 1 and AUTHORS.fullmatch(head[0]) else "project"


def _item(kind: Kind, item: Read) -> Item:
    years = YEAR.findall(NUMBERS.sub("", item.text))
    text = _without_authors(item.text) if kind == "patent" else item.text
    title = _paper_title(text) if kind == "paper" else _short(PATENT.sub("", text))
    return Item(item.text, item.start, item.end, kind=kind, title=title, year=int(years[-1]) if years else None)


NAMED_KIND = re.compile(r"(?P<kind>专利|论文|著作|项目|课题)\s*[:：]\s*")
KINDS_SAID: dict[str, Kind] = {"专利": "patent", "论文": "paper", "著作": "paper", "项目": "project", "课题": "project"}
DATED_AUTHORS = re.compile(r"^[A-Z][^.()（）]{1,90}?[（(](?:19|20)\d\d[)）]\s*[.．]?\s*")
"""Ying R, Min Y (2022). as in APA."""
LISTED_AUTHORS = re.compile(r"^(?:[\u4e00-\u9fff]{2,3}[；;、,，]\s*){1,8}[\u4e00-\u9fff]{2,3}\s*[.．:：]\s*(?=[\u4e00-\u9fff]{4})")
PATENT = re.compile(r"^(?:国家)?(?:发明|实用新型|外观设计)?专利\s*[:：]\s*")
AUTHORS = re.compile(r"(?:[\u4e00-\u9fff·]{2,4}(?:[,，、;；\s]+[\u4e00-\u9fff·]{2,4})*(?:[,，]?\s*等)?"
                     r"|[A-Z][A-Za-z'-]+,? (?:[A-Z]\.?-?){1,3}|[A-Z][a-z'-]+ [A-Z][a-z'-]+"
                     r"(?:, (?:[A-Z][a-z'-]+ [A-Z][a-z'-]+|[A-Z][a-z'-]+ [A-Z]\.?|et al\.?))*)")
LATIN_AUTHORS = re.compile(r"^(?:[A-Z][A-Za-z'-]+,? (?:[A-Z]\.?-?){1,3}(?:, (?:and )?| and | ?& ?|\s+))+(?:et al\.? )?"
                           r"(?=[A-Z][A-Za-z-]+ [a-z])")
ABOUT_IT = re.compile(
    r"\s*(?:(?:19|20)\d\d(?:[.年]\d{0,2}月?)?\s*年?(?:\s*[—–~至-]+\s*(?:(?:19|20)\d\d[.\d]*\s*年?|今))?(?:授权|完成|结题|立项)?"
    r"|主持|参与|主要完成人|负责人?|项目负责人|第.{1,2}作者|通讯作者|在研|已?结题|\d+(?:\.\d+)?\s*万元?|已?授权|实审|受理"
    r"|(?:授权)?(?:国家)?发明(?:专利)?|实用新型(?:专利)?|外观设计(?:专利)?|(?:专利号|申请号|授权号|登记号)?[:：]?\s*(?:ZL|CN)?[\dXx.]{8,}[A-Z]?"
    r"|横向(?:课题|项目)?)\s*")
BRACKET = re.compile(r"\s*[（(](?P<inside>[^（()）]*)[)）]\s*$")


def _without_authors(text: str) -> str:
    """A patent told like a paper: 张三, 李四. 一种……[P]. ZL…… → 一种……."""
    parts = [part.strip() for part in re.split(r"[.．。:：；;](?=\s*\D|\s*$)|\[P\]", text) if part.strip()]
    if len(parts) > 1 and AUTHORS.fullmatch(parts[0]):
        return parts[1]
    authors = LISTED_AUTHORS.match(text)
    return text[authors.end():] if authors else re.sub(r"\[P\].*$", "", text)


def _paper_title(text: str) -> str:
    """The title out of a reference: behind the authors, before the journal (GB/T 7714 and what people make of it)."""
    text = DATED_AUTHORS.sub("", text)
    text = LATIN_AUTHORS.sub("", re.sub(r"\[[A-Z](?:/OL)?\]", ".", text))
    parts = [part.strip() for part in re.split(r"[.．。]\s*(?=\D|$)", text) if part.strip()]
    if len(parts) > 1 and AUTHORS.fullmatch(parts[0]):
        parts = parts[1:]
    title = parts[0]
    head, comma, rest = title.partition("，")
    return head.strip() if comma and YEAR.search(rest) else title.strip("《》 ")


def _short(text: str) -> str:
    """What is left of an entry without the remarks at its end: years, numbers, roles, sums."""
    while True:
        bracket = BRACKET.search(text)
        if bracket and all(ABOUT_IT.fullmatch(part) for part in re.split("[，,；;、]", bracket["inside"])):
            text = text[:bracket.start()]
            continue
        head, comma, rest = re.sub(r"[。.；;]\s*$", "", text).rpartition("，" if "，" in text else ",")
        if not comma or not ABOUT_IT.fullmatch(rest):
            return re.sub(r"[。；;]\s*$", "", text).strip()
        text = head
