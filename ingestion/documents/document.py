"""A file as text: one string, and for every stretch of it where it stood in the file."""

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingestion.documents.pieces import Piece

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
                    "\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True)
class Block:
    """Characters [start, end) of the text: one paragraph, line or cell.

    `kind` as in Piece. `number` counts the paragraphs of a document, or the lines of a page, from 1.
    """

    kind: str
    start: int
    end: int
    number: int
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    @property
    def where(self) -> str:
        """第 2 页第 5 行, 表 1 第 2 行第 3 列, 第 12 段."""
        if self.table is not None:
            return f"表 {self.table} 第 {self.row} 行第 {self.column} 列"
        if self.kind in ("header", "footer"):
            return "页眉" if self.kind == "header" else "页脚"
        return f"第 {self.page} 页第 {self.number} 行" if self.page is not None else f"第 {self.number} 段"


@dataclass(frozen=True)
class Document:
    """A file that was read. `kind`: pdf | docx | doc | html | mhtml | txt | rtf. `warnings` tell what was not read."""

    name: str
    kind: str
    text: str
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()
    pages: int | None = None

    @property
    def readable(self) -> bool:
        """Whether there is any text; a scan without a text layer has none."""
        return bool(self.blocks)

    def block_at(self, position: int) -> Block | None:
        """The block that holds a character, or the one before it."""
        index = bisect.bisect_right([block.start for block in self.blocks], position) - 1
        return self.blocks[index] if index >= 0 else None

    def where(self, position: int) -> str:
        block = self.block_at(position)
        return block.where if block else ""

    def text_of(self, block: Block) -> str:
        return self.text[block.start:block.end]

    def tables(self) -> list[list[list[Block]]]:
        """The cells of every table, row by row."""
        found: dict[int, dict[int, list[Block]]] = {}
        for block in self.blocks:
            if block.table is not None:
                found.setdefault(block.table, {}).setdefault(block.row, []).append(block)
        return [list(rows.values()) for rows in found.values()]


def join(name: str, kind: str, pieces: Iterable[Piece], warnings: Iterable[str] = (),
         pages: int | None = None) -> Document:
    """One text out of the pieces: cells of a row are parted by a tab, everything else by a line end."""
    parts: list[str] = []
    blocks: list[Block] = []
    at, number, before = 0, 0, None
    for piece in pieces:
        text = clean(piece.text)
        if not text:
            continue
        if before is not None:
            parts.append("\t" if _same_row(before, piece) else "\n")
            at += 1
        number = 1 if piece.page is not None and (before is None or before.page != piece.page) else number + 1
        blocks.append(Block(piece.kind, at, at + len(text), number, *piece[2:]))
        parts.append(text)
        at, before = at + len(text), piece
    return Document(name, kind, "".join(parts), tuple(blocks), tuple(warnings), pages)


def clean(text: str) -> str:
    """Text without what nobody sees: control and zero-width characters, lone surrogates; one kind of line end."""
    text = UNSEEN.sub("", LINE_ENDS.sub("\n", text)).encode("utf-8", "replace").decode("utf-8")
    return text.strip()


def _same_row(one: Piece, other: Piece) -> bool:
    return one.table is not None and (one.table, one.row) == (other.table, other.row)
