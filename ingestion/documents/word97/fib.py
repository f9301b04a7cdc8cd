"""The file information block that begins the WordDocument stream ([MS-DOC] 2.5): where everything else lies."""

import struct
from typing import NamedTuple

from ingestion.documents.pieces import Unreadable

BROKEN = "这份 DOC 的内容坏了，读不下去。请用 Word 或 WPS 重新保存再传"
MAGIC = 0xA5EC
OLDER = (0xA5, 0xA6)
"""Upper bytes of the magic of Word 6 and 95, the second of their East Asian editions."""
WORD_97 = 0x00C0
"""The lowest nFib of Word 97, written by its bidirectional editions; Word 6 and 95 stay below 0x0070."""
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200
BASE = 32
HEADERS, CHARACTERS, PARAGRAPHS, PIECES = 11, 12, 13, 33
"""Indexes into FibRgFcLcb97: fcPlcfHdd, fcPlcfBteChpx, fcPlcfBtePapx, fcClx."""


class Lengths(NamedTuple):
    """Characters of each part of the document, in the order in which they stand: ccpText and the next of FibRgLw97."""

    main: int
    footnotes: int
    headers: int
    macros: int
    comments: int
    endnotes: int
    boxes: int
    header_boxes: int


class Fib(NamedTuple):
    """`places`: (offset, length) of a structure in the table stream, by its index."""

    table: str
    lengths: Lengths
    places: tuple[tuple[int, int], ...]


def read_fib(word: bytes) -> Fib:
    """Unreadable for a password, for Word 6 and 95, and for what is no Word document."""
    magic, version = struct.unpack_from("<HH", word)
    flags, = struct.unpack_from("<H", word, 10)
    if magic != MAGIC or version < WORD_97:
        if magic == MAGIC or magic >> 8 in OLDER:
            raise Unreadable("这是 Word 95 或更早的文件，读不了。请用 Word 或 WPS 打开，选“另存为”，类型选 DOCX，再传")
        raise Unreadable(BROKEN)
    if flags & ENCRYPTED:
        raise Unreadable("这份文件加了密码，请去掉密码再传")
    shorts, = struct.unpack_from("<H", word, BASE)
    at = BASE + 2 + 2 * shorts
    longs, = struct.unpack_from("<H", word, at)
    lengths = struct.unpack_from("<8i", word, at + 2 + 4 * 3)
    if longs < 11 or min(lengths) < 0:
        raise Unreadable(BROKEN)
    at += 2 + 4 * longs
    count, = struct.unpack_from("<H", word, at)
    flat = struct.unpack_from(f"<{2 * count}I", word, at + 2)
    if count <= PIECES:
        raise Unreadable(BROKEN)
    return Fib("1Table" if flags & SECOND_TABLE else "0Table", Lengths(*lengths),
               tuple(zip(flat[::2], flat[1::2], strict=True)))
