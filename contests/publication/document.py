"""A result as an official document (公文): its parts in the order of GB/T 9704-2012, as plain data."""

import datetime as dt
from dataclasses import dataclass, replace

from contests.forms.glyphs import MARK, printable
from contests.publication.lists import grade_names
from contests.seasons import definition_of
from models.publication import NoticeLine, ResultDocument

HEAD_SUFFIX = "文件"


@dataclass(frozen=True)
class Winner:
    grade: str
    name: str
    organisation: str


@dataclass(frozen=True)
class WinnerGroup:
    """The winners of one track, in the order of the list."""

    name: str
    winners: tuple[Winner, ...]


@dataclass(frozen=True)
class ResultPaper:
    """发文机关标志, 发文字号, 标题, 主送机关, 正文, 附件说明, 署名, 成文日期; then the annex on pages of its own."""

    head: str
    number: str
    title: str
    addressees: str
    paragraphs: tuple[str, ...]
    annex: str
    signed_by: str
    dated: str
    groups: tuple[WinnerGroup, ...]
    issuer: str
    printed_on: str


def paper_of(document: ResultDocument) -> ResultPaper:
    """The document as it is printed: of the winners, name and organisation as the 公示 showed them."""
    notice = document.notice
    definition = definition_of(notice.season)
    names = grade_names(definition)
    lines = [certificate.line for certificate in document.certificates]
    lines.sort(key=lambda line: line.position)
    groups = tuple(WinnerGroup(track.name, tuple(_winner(line, names) for line in lines if line.track == track.code))
                   for track in definition.tracks if any(line.track == track.code for line in lines))
    return ResultPaper(
        head=definition.source.issuer + HEAD_SUFFIX, number=document.document_number, title=document.title,
        addressees=document.addressees.rstrip("：:") + "：",
        paragraphs=tuple(line.strip() for line in document.body.split("\n") if line.strip()),
        annex=f"{definition.year}年{definition.title}获奖名单", signed_by=document.signed_by,
        dated=written(document.dated), groups=groups, issuer=definition.source.issuer,
        printed_on=written(document.dated))


def written(day: dt.date) -> str:
    """2026年12月21日: Arabic numerals, no leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def marked(paper: ResultPaper) -> ResultPaper:
    """The paper with 〓 in the place of every character that the font cannot print."""
    groups = tuple(WinnerGroup(mark(group.name), tuple(Winner(mark(one.grade), mark(one.name), mark(one.organisation))
                                                       for one in group.winners)) for group in paper.groups)
    texts = {name: mark(getattr(paper, name)) for name in ("head", "number", "title", "addressees", "annex",
                                                           "signed_by", "issuer")}
    return replace(paper, groups=groups, paragraphs=tuple(map(mark, paper.paragraphs)), **texts)


def mark(text: str) -> str:
    return "".join(char if ord(char) in printable() else MARK for char in text)


def _winner(line: NoticeLine, names: dict[tuple[str, str], str]) -> Winner:
    return Winner(names.get((line.track, line.grade), line.grade), line.name, line.organisation)
