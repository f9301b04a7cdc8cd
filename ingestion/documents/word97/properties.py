"""What a document says of its characters and paragraphs: formatted disk pages of property modifiers ([MS-DOC] 2.4.6).

Only what decides which words a reader sees, and in which cell of which table.
"""

import bisect
import functools
import struct
from collections.abc import Iterator
from typing import NamedTuple

PAGE = 512
PAGE_NUMBER = (1 << 22) - 1
OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)
"""Bytes of an operand by the upper three bits of its modifier; 0: the operand begins with its length."""
DELETED, HIDDEN, SYMBOL = 0x0800, 0x083C, 0x6A09
IN_TABLE, ROW_END, DEPTH, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
NUMBERED, TABLE_ROW, ELSEWHERE = 0x460B, 0xD608, (0x6645, 0x6646)
HEADINGS = range(1, 10)
"""Indexes of the styles Heading 1 to 9: [MS-DOC] 2.9.271 fixes them."""


class Paragraph(NamedTuple):
    """`depth`: of the tables around it. `edges`: of the cells of the row that it ends, in 1/20 point."""

    heading: bool = False
    depth: int = 0
    ends_row: bool = False
    ends_inner_cell: bool = False
    ends_inner_row: bool = False
    numbered: bool = False
    edges: tuple[int, ...] = ()


PLAIN = Paragraph()


class Paragraphs:
    """The properties of paragraphs by the byte of their end mark. `data`: the Data stream, for rows of many cells."""

    def __init__(self, word: bytes, index: bytes, data: bytes):
        self.word, self.data = word, data
        self.starts, self.pages = _index(index)
        self.page = functools.lru_cache(64)(functools.partial(_page, word))
        self.known: dict[tuple[int, int], Paragraph] = {}

    def at(self, fc: int) -> Paragraph:
        which = bisect.bisect_right(self.starts, fc) - 1
        if not 0 <= which < len(self.pages):
            return PLAIN
        number = self.pages[which]
        starts = self.page(number)
        run = bisect.bisect_right(starts, fc) - 1
        if not 0 <= run < len(starts) - 1:
            return PLAIN
        if (number, run) not in self.known:
            self.known[number, run] = self._paragraph(number * PAGE, len(starts), run)
        return self.known[number, run]

    def _paragraph(self, page: int, starts: int, run: int) -> Paragraph:
        at = self.word[page + 4 * starts + 13 * run] * 2
        if not at:
            return PLAIN
        size, at = self.word[page + at], page + at + 1
        if size:
            end = at + 2 * size - 1
        else:
            end, at = at + 1 + 2 * self.word[at], at + 1
        style, = struct.unpack_from("<H", self.word, at)
        return _told(style, self._modifiers(self.word[at + 2:min(end, page + PAGE)]))

    def _modifiers(self, packed: bytes) -> dict[int, bytes]:
        found = dict(modifiers(packed))
        for code in ELSEWHERE:
            if code in found:
                at, = struct.unpack("<I", found[code])
                size, = struct.unpack_from("<H", self.data, at)
                found.update(modifiers(self.data[at + 2:at + 2 + size]))
        return found


def _told(style: int, found: dict[int, bytes]) -> Paragraph:
    depth = int.from_bytes(found[DEPTH], "little", signed=True) if DEPTH in found else int(_set(found, IN_TABLE))
    return Paragraph(style in HEADINGS, max(0, depth), _set(found, ROW_END), _set(found, INNER_CELL),
                     _set(found, INNER_ROW_END), found.get(NUMBERED, b"\0\0") not in (b"\0\0", b"\x01\xf8"),
                     _edges(found.get(TABLE_ROW, b"\0")))


def _set(found: dict[int, bytes], code: int) -> bool:
    return found.get(code, b"\0") != b"\0"


def _edges(row: bytes) -> tuple[int, ...]:
    cells = row[0]
    return struct.unpack_from(f"<{cells + 1}h", row, 1) if cells else ()


def unseen(word: bytes, index: bytes) -> list[tuple[int, int]]:
    """Bytes [start, end) of characters that are deleted, hidden, or the place of a symbol of another font.

    In order, and none within another.
    """
    found = []
    for number in dict.fromkeys(_index(index)[1]):
        starts = _page(word, number)
        for run, (start, end) in enumerate(zip(starts, starts[1:], strict=False)):
            at = word[number * PAGE + 4 * len(starts) + run] * 2
            packed = word[number * PAGE + at + 1:number * PAGE + at + 1 + word[number * PAGE + at]] if at else b""
            if start < end and _is_unseen(dict(modifiers(packed))):
                found.append((start, end))
    return _apart(sorted(found))


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _is_unseen(found: dict[int, bytes]) -> bool:
    return _set(found, DELETED) or _set(found, HIDDEN) or SYMBOL in found


def modifiers(packed: bytes) -> Iterator[tuple[int, bytes]]:
    """(code, operand) of each modifier (Prl); a list that is cut short ends where it is cut."""
    at = 0
    while at + 2 < len(packed):
        code, = struct.unpack_from("<H", packed, at)
        at += 2
        size = OPERANDS[code >> 13]
        if code == TABLE_ROW:
            size, at = int.from_bytes(packed[at:at + 2], "little") - 1, at + 2
        elif not size:
            size, at = packed[at], at + 1
        if size < 0 or at + size > len(packed):
            return
        yield code, packed[at:at + size]
        at += size


def _index(index: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(the byte from which each page tells, page numbers) of a PlcBteChpx or PlcBtePapx."""
    count = max(0, len(index) - 4) // 8
    starts = struct.unpack_from(f"<{count}I", index)
    pages = struct.unpack_from(f"<{count}I", index, 4 * (count + 1)) if count else ()
    return starts, tuple(page & PAGE_NUMBER for page in pages)


def _page(word: bytes, number: int) -> tuple[int, ...]:
    """The bytes at which the runs of a page begin, and where the last one ends."""
    count = word[number * PAGE + PAGE - 1]
    return struct.unpack_from(f"<{count + 1}I", word, number * PAGE)
