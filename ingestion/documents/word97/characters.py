"""The characters of a document through its piece table ([MS-DOC] 2.4.1), one for every character position (CP).

A CP is a UTF-16 code unit: the halves of a character outside the basic plane are apart until `whole` joins them.
"""

import bisect
import struct
from typing import NamedTuple

from ingestion.documents.pieces import MOST_CHARACTERS, Unreadable
from ingestion.documents.word97.fib import BROKEN

MOST = 2 * MOST_CHARACTERS
"""Characters looked at in one part of a document: what is left out of them, as fields, may not cost more."""
MOST_STRETCHES = 100_000
"""Pieces a table may tell of: a document saved a thousand times over in passing has some thousands."""
PROPERTIES, TABLE = 0x01, 0x02
COMPRESSED = 1 << 30
WESTERN = {byte: char for byte in range(0x80, 0xA0) if (char := bytes([byte]).decode("cp1252", "ignore"))}


class Stretch(NamedTuple):
    """Characters [start, end) that lie in the WordDocument stream from byte `fc`, `width` bytes each."""

    start: int
    end: int
    fc: int
    width: int


class Characters:
    def __init__(self, word: bytes, clx: bytes):
        self.word, self.stretches = word, _piece_table(clx)
        self.starts = [stretch.start for stretch in self.stretches]

    def within(self, start: int, end: int) -> list[Stretch]:
        """The stretches that make up [start, end), cut to it, MOST characters of them."""
        end, found = min(end, start + MOST), []
        for index in range(max(0, bisect.bisect_right(self.starts, start) - 1), len(self.stretches)):
            one = self.stretches[index]
            if one.start >= end:
                break
            first, last = max(start, one.start), min(end, one.end)
            if first < last:
                found.append(Stretch(first, last, one.fc + (first - one.start) * one.width, one.width))
        return found

    def text(self, stretches: list[Stretch]) -> str:
        return "".join(self._units(one) for one in stretches)

    def _units(self, one: Stretch) -> str:
        size = (one.end - one.start) * one.width
        raw = self.word[one.fc:one.fc + size]
        if len(raw) < size:
            raise Unreadable(BROKEN)
        if one.width == 1:
            return raw.decode("latin-1").translate(WESTERN)
        text = raw.decode("utf-16-le", "surrogatepass")
        return text if len(text) * 2 == size else "".join(map(chr, struct.unpack(f"<{size // 2}H", raw)))


def whole(text: str) -> str:
    """Text with its surrogate pairs joined."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _piece_table(clx: bytes) -> list[Stretch]:
    at = 0
    while clx[at] == PROPERTIES:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != TABLE:
        raise Unreadable(BROKEN)
    length, = struct.unpack_from("<I", clx, at + 1)
    count = (length - 4) // 12
    if count > MOST_STRETCHES:
        raise Unreadable(BROKEN)
    places = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    pieces = [struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * index + 2)[0] for index in range(count)]
    if any(one > other for one, other in zip(places, places[1:], strict=False)):
        raise Unreadable(BROKEN)
    return [Stretch(start, end, fc & (COMPRESSED - 1), 2) if not fc & COMPRESSED
            else Stretch(start, end, (fc & (COMPRESSED - 1)) // 2, 1)
            for start, end, fc in zip(places, places[1:], pieces, strict=False)]
