"""An expert's CV or home page: the profile it draws and what it lists as done, each with the words it was read from."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.documents.achievements import Item, achievements
from ingestion.documents.document import Block, Document
from ingestion.documents.fields import LISTED, Labels, Read, read_fields
from ingestion.documents.sections import Section, sections
from ingestion.leaks import contacts

LABELS = Labels({name: re.compile(pattern) for name, pattern in {
    "name": r"姓名|专家姓名|Name",
    "title": r".*(?:职称|技术职务|技能等级|职业资格|工种及等级).*|(?i:title|position|rank)",
    "field": r"(?:主要|研究|专业|从事|擅长|技术)+.{0,4}(?:方向|领域|兴趣|特长|专长).{0,4}|专长|(?:现)?从事.{0,2}专业.{0,4}"
             r"|(?i:research(?:areas?|interests?|fields?|focus)|fields?|special(?:ty|ties))|研究方向(?i:research.*)",
    "organisation": r".*(?:单位|部门|院系|机构)(?:名称|及职务)?|(?i:institution|affiliation|employer|organi[sz]ation)",
    "degree": r".*(?:学历|学位)",
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
HEAD = 400
"""Characters at the top in which a person's own title stands."""
EMPLOYED = re.compile(
    r"[，,。；]\s*(?:现?任|现为|系)?(?P<place>[\u4e00-\u9fff]{2,16}(?:大学|学院|研究院|研究所|公司|中心|医院)"
    r"(?:[\u4e00-\u9fff]{1,12}(?:学院|系|所|中心|实验室|部|室|车间))?)(?=" + "|".join(TITLES) + ")")
FIELD_SAID = re.compile(r"研究(?:方向|领域|兴趣)(?:主要)?(?:为|是|包括)(?P<field>[^。；;\n]{2,40})")
LEAST_BIO = 12


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
        phone=contact.get("phone"), email=contact.get("email"), items=tuple(achievements(document, parts)))


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
