"""Read targets out of a demand that came as free text. They are flagged `derived`: a person should confirm them."""

import functools
import re

from matching.reasons.phrases import Prepared
from matching.reasons.targets import Target

MOST = 8
_LONGEST = 60
_READ, _LONGEST_ITEM = 8_000, 300
"""Characters that are read of a text, and of one item of it: what lies beyond is prose, not a target."""
_HEADING = re.compile(
    r"(?:^|(?<=[\n。；;]))[\s\d一二三四五六七八九、.．()（）]{0,12}"  # bounded: a page of blank lines is read once, not n² times
    r"(?:(?P<goal>(?:内容及)?预期(?:目标|效果|成果)|(?:技术|主要|性能|考核)?(?:指标|目标|参数)|(?:技术|主要|具体)?要求|达成以下目标|成果形式)"
    r"|(?P<need>(?:主要|具体)?(?:技术)?需求(?:内容|描述)?|(?:项目|主要|研究)内容|(?:需|需要|急需|希望|拟|待)?解决的?(?:主要|关键)?(?:技术)?(?:问题|难题))"
    r"|(?P<rest>(?:现有)?(?:工作|研究|技术)?基础|现有条件|公司(?:简介|介绍|概况)|企业(?:简介|概况)|(?:项目|技术)?背景|合作方式|投入|预算|联系[人方]))"
    r"[^\n:：]{0,6}[:：\n]"
)
_ITEM = re.compile(r"[\n。；;]|[①-⑳]|(?:(?<=[\s，,。；;:：])|^)[（(]?\d{1,2}(?:\.\d)?[)）、．](?!\d)"
                   r"|(?:(?<=[\s。；;:：])|^)\d{1,2}\.(?!\d)")
_ABOUT_US = re.compile("我公司|本公司|公司(?:成立|拥有|现有|占地|位于|注册|已)|专利|注册资金|占地|员工|教授|职称|产值|年销售|市场(?:占|份额)|荣获|已取得|已投资")
_LEAD = re.compile(r"^(?:(?:\d+\.\d+(?=[一-鿿])|使|其|并|且|将|能够?|可以?|需要?|要求|要|实现|做到|保证|确保|通过"
                   r"|研究|研发|研制|开发|形成|建立|解决|针对|一种|一套)[:：]?)+")
_TAIL = re.compile(r"(?:的)?(?:技术)?(?:研发及产业化|研究开发|研究与应用|研发|研制|开发|研究|应用|产业化|项目|问题|需求|技术引进|关键技术|技术|创新|[和与及])+$")
_PUNCTUATION = " \t\r\n，,、:：。.；;（）()【】[]“”\"'·-"


def read_targets(title: str, text: str) -> list[Target]:
    """At most `MOST` targets: the subjects of the title, then figures asked for (required), then listed items (not).

    A text without a single figure or item yields the subject alone; an empty title and text yield nothing.
    """
    return list(_read(title, text[:_READ]))


@functools.lru_cache(1_000)
def _read(title: str, text: str) -> tuple[Target, ...]:
    found = [Target(subject[:_LONGEST], required=True, derived=True) for subject in _subjects(title)]
    measured, listed = [], []
    for kind, part in _parts(text):
        for item in filter(None, (piece[:_LONGEST_ITEM].strip(_PUNCTUATION) for piece in _ITEM.split(part))):
            if _ABOUT_US.search(item):
                continue
            figures = _measured(item)
            measured += figures
            if not figures and kind:
                listed += _listed(item)
    return tuple(_unlike(found + measured + listed)[:MOST])


def _subjects(title: str) -> list[str]:
    """What a title asks for: one thing, or each of several that are numbered or set apart by 、 and can stand alone."""
    items = [item.strip(_PUNCTUATION) for item in _ITEM.split(title)]
    if len(items) == 1:
        several = re.split("[、，,]", title)
        items = several if min(map(len, several)) >= 6 else [title]
    subjects = [_TAIL.sub("", item.strip(_PUNCTUATION)).strip(_PUNCTUATION) or item for item in items]
    return [subject for subject in subjects if _says_something(subject)]


def _parts(text: str) -> list[tuple[str, str]]:
    """The text cut at its headings: ("goal" or "need" or "", part). What a heading calls background is left out."""
    parts, kind, start = [], "", 0
    for heading in _HEADING.finditer(text):
        parts.append((kind, text[start:heading.start()]))
        kind, start = heading.lastgroup, heading.end()
    parts.append((kind, text[start:]))
    return [(kind, part) for kind, part in parts if kind != "rest"]


def _measured(item: str) -> list[Target]:
    """One target for each clause that asks for a figure: the words before it, and the figure as written."""
    targets, text = [], Prepared(item)
    for figure in text.figures:
        if figure.bare or figure.unit.dimension == "":
            continue
        start = text.clause(figure.start)[0]
        what = text.folded.text[start:figure.start].strip(_PUNCTUATION)
        what = _LEAD.sub("", what).strip(_PUNCTUATION)
        if _says_something(what):
            written = text.folded.text[figure.start:figure.end].strip()
            targets.append(Target(what[-_LONGEST:], written, required=True, derived=True))
    return targets


def _listed(item: str) -> list[Target]:
    """The head of a listed item: what stands before its first comma or colon."""
    head = _LEAD.sub("", re.split(r"[，,:：。]", item)[0]).strip(_PUNCTUATION)
    return [Target(head, required=False, derived=True)] if len(head) <= _LONGEST and _says_something(head) else []


def _says_something(what: str) -> bool:
    return sum(len(word.text) for word in Prepared(what[:_LONGEST]).keys) >= 2


def _unlike(targets: list[Target]) -> list[Target]:
    """The first of each wording."""
    return list({target.text: target for target in reversed(targets)}.values())[::-1]
