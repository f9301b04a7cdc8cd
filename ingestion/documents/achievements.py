"""What a CV lists or tells as done: papers, patents and projects, each by its title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingestion.documents.document import Document
from ingestion.documents.fields import Read
from ingestion.documents.sections import Section, items

YEAR = re.compile(r"(?<![\dA-Z.])(19[5-9]\d|20[0-4]\d)(?![\d])")
NUMBERS = re.compile(r"(?:ZL|CN)?\s*20\d{10,}[\d.Xx]*|\d{4,}\.\d")
QUOTED_PATENTS = re.compile(r"专利[^。；“”]{0,12}(?P<list>(?:“[^”]{4,40}”[、，和及]?)+)")
QUOTED_PROJECTS = re.compile(r"(?:项目|课题|任务|计划)[^。；“”]{0,6}“(?P<one>[^”]{4,40})”")
Kind = Literal["paper", "patent", "project"]
NAMED_KIND = re.compile(r"(?P<kind>专利|论文|著作|项目|课题)\s*[:：]\s*")
KINDS_SAID: dict[str, Kind] = {"专利": "patent", "论文": "paper", "著作": "paper", "项目": "project", "课题": "project"}
DATED_AUTHORS = re.compile(r"^[A-Z][^.()（）]{1,90}?[（(](?:19|20)\d\d[)）]\s*[.．]?\s*")
"""Ying R, Min Y (2022). as in APA."""
LISTED_AUTHORS = re.compile(r"^(?:[\u4e00-\u9fff]{2,3}[；;、,，]\s*){1,8}"
                            r"[\u4e00-\u9fff]{2,3}\s*[.．:：]\s*(?=[\u4e00-\u9fff]{4})")
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


@dataclass(frozen=True, kw_only=True)
class Item(Read):
    """One thing done. `title` names it, `text` is the whole entry."""

    kind: Kind
    title: str
    year: int | None


def achievements(document: Document, parts: list[Section]) -> Iterator[Item]:
    """Everything listed under a heading for it; where nothing is listed, what the text names in quotation marks."""
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


def _told(document: Document) -> Iterator[Item]:
    """What a text that lists nothing names in quotation marks: 主持项目“……”, 获发明专利“……”."""
    for match in QUOTED_PATENTS.finditer(document.text):
        for one in re.finditer("“([^”]+)”", match["list"]):
            start = match.start("list") + one.start(1)
            yield Item(one[1], start, start + len(one[1]), kind="patent", title=one[1], year=None)
    for sentence in re.finditer(r"[^。\n]+", document.text):
        if re.search("主持|承担|参与|负责", sentence[0]):
            for found in QUOTED_PROJECTS.finditer(sentence[0]):
                start = sentence.start() + found.start("one")
                end = start + len(found["one"])
                yield Item(found["one"], start, end, kind="project", title=found["one"], year=None)


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
