"""The paragraphs and tables of one part of a document: its main text, its text boxes, a header."""

import bisect
import re
from collections.abc import Iterator
from itertools import pairwise

from ingestion.documents.pieces import Piece, Pieces
from ingestion.documents.word97.characters import Characters, Stretch, whole
from ingestion.documents.word97.properties import Paragraph, Paragraphs
from ingestion.documents.word97.tables import Row, cells

CELL = "\x07"
GONE = "\x00"
MARKS = re.compile("[\r\x07\x0c]")
FIELD_MARKS = re.compile("[\x13\x14\x15]")
SEEN = {**dict.fromkeys([*range(9), *range(0x13, 0x16), 0x1F]), 0x0B: "\n", 0x0E: "\n", 0x1E: "-"}
"""Anchors and marks go, a line or column break is a line end, a hyphen that does not break is one."""
Lines = Iterator[tuple[str, str, Paragraph]]


class Stories:
    """`unseen`: the bytes whose characters are left out, in order."""

    def __init__(self, characters: Characters, paragraphs: Paragraphs, unseen: list[tuple[int, int]]):
        self.characters, self.paragraphs, self.unseen = characters, paragraphs, unseen
        self.ends = [end for _start, end in unseen]
        self.tables, self.numbered = 0, False

    def add(self, found: Pieces, start: int, end: int) -> None:
        """Add the pieces of characters [start, end)."""
        rows: list[Row] = []
        row, lines = [], []
        for text, mark, paragraph in self.lines(start, end):
            if found.full:
                return
            if not paragraph.depth:
                self._close(found, rows, row, lines)
                rows, row, lines = [], [], []
                found.add(Piece(text, "heading" if paragraph.heading else "paragraph"))
            elif paragraph.ends_row:
                rows.append(Row(row, paragraph.edges))
                row, lines = [], []
            elif not paragraph.ends_inner_row:
                lines.append(text)
                if mark == CELL and paragraph.depth == 1:
                    row.append(_cell(lines))
                    lines = []
        self._close(found, rows, row, lines)

    def _close(self, found: Pieces, rows: list[Row], row: list[str], lines: list[str]) -> None:
        """Add the table that ended, with what stands in a row that no mark has ended."""
        if lines or row:
            rows.append(Row([*row, _cell(lines)]))
        if rows:
            self.tables += 1
            for piece in cells(rows, self.tables):
                found.add(piece)

    def lines(self, start: int, end: int) -> Lines:
        """(text, the mark that ends it, its paragraph's properties), down to the end that has no mark."""
        stretches = self.characters.within(start, end)
        text, at, current = self._without_unseen(stretches), 0, 0
        for match in MARKS.finditer(text):
            while stretches[current].end <= start + match.start():
                current += 1
            one = stretches[current]
            paragraph = self.paragraphs.at(one.fc + (start + match.start() - one.start) * one.width)
            self.numbered = self.numbered or paragraph.numbered
            yield whole(text[at:match.start()].translate(SEEN)), match[0], paragraph
            at = match.end()
        if text[at:]:
            yield whole(text[at:].translate(SEEN)), "", Paragraph()

    def _without_unseen(self, stretches: list[Stretch]) -> str:
        """As many characters as before; those left out are GONE, and a paragraph runs on over its mark."""
        text, start = self.characters.text(stretches), stretches[0].start if stretches else 0
        spans = [*_instructions(text), *((first - start, last - start) for first, last in self._hidden(stretches))]
        parts, at = [], 0
        for first, last in sorted(spans):
            if last > at:
                first = max(first, at)
                parts += text[at:first], "".join(CELL if char == CELL else GONE for char in text[first:last])
                at = last
        return "".join([*parts, text[at:]])

    def _hidden(self, stretches: list[Stretch]) -> Iterator[tuple[int, int]]:
        for one in stretches:
            last = one.fc + (one.end - one.start) * one.width
            for index in range(bisect.bisect_right(self.ends, one.fc), len(self.unseen)):
                start, end = self.unseen[index]
                if start >= last:
                    break
                yield (one.start + max(0, start - one.fc) // one.width,
                       one.start + (min(last, end) - one.fc + one.width - 1) // one.width)


def _instructions(text: str) -> Iterator[tuple[int, int]]:
    """What stands between a field's beginning and its result; all of a field without one. A field must end."""
    opened: list[list[int]] = []
    for match in FIELD_MARKS.finditer(text):
        if match[0] == "\x13":
            opened.append([match.start()])
        elif opened and match[0] == "\x14":
            opened[-1].append(match.start())
        elif opened:
            marks = opened.pop()
            yield marks[0], (marks[1] if len(marks) > 1 else match.start()) + 1


def _cell(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line.strip())


def header_ranges(places: tuple[int, ...]) -> Iterator[tuple[str, int, int]]:
    """(header | footer, start, end) of the stories of a PlcfHdd: six for footnotes, then six for each section."""
    for index, (start, end) in enumerate(pairwise(places)):
        if index >= 6 and start < end:
            yield "header" if index % 6 in (0, 1, 4) else "footer", start, end
