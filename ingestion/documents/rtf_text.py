"""The text of an RTF file. Pictures and embedded objects are left out. Runs in child.py."""

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from ingestion.documents.pieces import Piece, Pieces, Unreadable

PICTURES = re.compile(rb"[0-9a-fA-F\r\n]{400,}")


def read(data: bytes) -> Pieces:
    if not data.rstrip(b"\x00\r\n\t ").endswith(b"}"):
        raise Unreadable("这份 RTF 没有传完整，请重新保存再传")
    source = PICTURES.sub(b"", data).decode("latin-1")
    try:
        text = rtf_to_text(source, encoding="gb18030", errors="replace")
    except (ValueError, TypeError, LookupError, OverflowError):
        raise Unreadable("这份 RTF 的内容坏了，读不下去。请用 Word 或 WPS 另存为 DOCX 再传") from None
    found = Pieces()
    for piece in _pieces(text.split("\n")):
        found.add(piece)
    if not found.pieces:
        found.warnings.append("这份 RTF 里没有文字，可能全是图片。可以另存为 PDF，作为附件保存")
    return found


def _pieces(lines: list[str]) -> Iterator[Piece]:
    """A paragraph a line; lines that end in | are rows of a table, as striprtf writes them."""
    table, row = 0, 0
    for line in lines:
        if not line.rstrip().endswith("|"):
            row = 0
            yield Piece(line)
            continue
        table, row = table + (row == 0), row + 1
        for column, cell in enumerate(line.rstrip().removesuffix("|").split("|"), 1):
            yield Piece(cell, "cell", None, table, row, column)
