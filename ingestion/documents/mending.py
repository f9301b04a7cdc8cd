"""A document whose text was damaged, with the text repaired and every place still told as in the file."""

from dataclasses import replace

from ingestion.documents.document import Block, Document
from ingestion.repair.passes import repair
from ingestion.repair.repaired import Kind, Repaired

MENDED = frozenset({"pdf", "txt"})
"""Kinds whose text is what somebody copied or a printer laid out; the others keep their structure."""
TELLING = frozenset(Kind) - {Kind.width, Kind.space, Kind.line, Kind.page, Kind.invisible}
"""What changes characters, and not only how they are set: worth a word to the person."""


def mended(document: Document) -> Document:
    """The document with its text repaired. Each line of the clean text is a block with the place it came from."""
    if document.kind not in MENDED or not document.readable:
        return document
    found = repair(document.text)
    if not found.changes:
        return document
    return replace(document, text=found.text, blocks=tuple(_blocks(document, found)),
                   warnings=(*document.warnings, *_told(found)))


def _blocks(document: Document, found: Repaired):
    at = 0
    for line in found.text.split("\n"):
        start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        at += len(line) + 1
        if start >= end:
            continue
        origin = document.block_at(found.origin(start, start + 1)[0]) or document.blocks[0]
        yield Block(origin.kind, start, end, origin.number, origin.page)


def _told(found: Repaired) -> list[str]:
    changed = sum(change.kind in TELLING for change in found.changes)
    told = [f"文字有损坏，修复了 {changed} 处，请对照原件核对"] if changed else []
    return [*told, f"有 {len(found.lost)} 处字丢了，找不回来，用“〓”标出"] if found.lost else told
