"""A document cut at its headings, and the items listed under one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingestion.documents.document import Block, Document
from ingestion.documents.fields import Read, bare, joined

LONGEST_HEADING = 14
SENTENCE = re.compile(r"[，,。；;：:“”\"《》]|\d{3,}")
ITEM = re.compile(r"^\s*(?:[\[［〔]\s*\d{1,3}\s*[\]］〕]|\d{1,2}\s*(?:[.．](?!\d)|[、)）])|[（(]\s*\d{1,2}\s*[)）]|[①-⑳]"
                  r"|[·•●▪◆■▲*➢–-]\s)\s*")


CONTACT = re.compile(r"\s*(?:联系|电话|手机|邮箱|电子邮|地址|(?i:e-?mail|tel|phone))")
"""A line that ends a list: how to reach somebody is no part of its last item."""


@dataclass(frozen=True)
class Section:
    """The blocks below one heading, up to the next. `name` is None for what stands before the first."""

    name: str | None
    blocks: tuple[Block, ...]


def sections(document: Document, headings: Mapping[str, re.Pattern[str]]) -> list[Section]:
    """The document in sections. A heading is a short line that says nothing else than what `headings` know."""
    found: list[tuple[str | None, list[Block]]] = [(None, [])]
    for block in document.blocks:
        name = _heading(document.text_of(block), headings)
        if name is not None:
            found.append((name, []))
        elif block.kind not in ("header", "footer"):
            if block.table is not None and found[-1][1] and found[-1][1][-1].row != block.row:
                found.append((None, []))  # the next row of a table is about something else
            found[-1][1].append(block)
    return [Section(name, tuple(blocks)) for name, blocks in found]


def _heading(text: str, headings: Mapping[str, re.Pattern[str]]) -> str | None:
    title = bare(text)
    if not 2 <= len(title) <= LONGEST_HEADING or SENTENCE.search(title):
        return None
    return next((name for name, pattern in headings.items() if pattern.search(title)), None)


def items(document: Document, section: Section) -> list[Read]:
    """What is listed: by numbers or bullets where there are any, other lines continuing the item; else by lines."""
    lines = [(match[0], block.start + match.start(), block.start + match.end()) for block in section.blocks
             for match in re.finditer(r"[^\n]+", document.text_of(block))]
    numbered = any(ITEM.match(text) for text, _start, _end in lines)
    found: list[Read] = []
    for text, start, end in lines:
        mark = ITEM.match(text)
        if numbered and mark is None and found and CONTACT.match(text):
            break
        if numbered and mark is None and found:
            last = found[-1]
            found[-1] = Read(joined(last.text, text), last.start, end)
        else:
            at = mark.end() if mark else 0
            found.append(Read(text[at:].strip(), start + at, end))
    return [item for item in found if item.text]

