"""The text layer of a contract's scan, with the place of every character on its page."""

from dataclasses import dataclass

import pypdfium2

from models.files import PDFIUM

MOST_PAGES = 40
MOST_CHARACTERS = 60_000


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, from its top left corner, in fractions of the page's width and height."""

    page: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class ScanText:
    """What could be read. `text` joins the pages; `boxes[i]` is where character i stands, None for blanks.

    `heights[p]` is the height of page p + 1 in widths of that page.
    """

    text: str
    boxes: tuple[Box | None, ...]
    pages: int
    heights: tuple[float, ...] = ()

    @property
    def readable(self) -> bool:
        return bool(self.text.strip())

    def place(self, start: int, end: int) -> tuple[Box, ...]:
        """One box a line around the characters [start, end)."""
        lines: list[Box] = []
        for box in self.boxes[start:end]:
            if box is None:
                continue
            if lines and _same_line(lines[-1], box):
                lines[-1] = _around(lines[-1], box)
            else:
                lines.append(box)
        return tuple(lines)

    def where(self, position: int) -> str:
        """第 1 页第 3 行: where a character stands for a person who looks for it."""
        page = next((box.page for box in self.boxes[position:] if box is not None), 1)
        first = next((index for index, box in enumerate(self.boxes) if box is not None and box.page == page), 0)
        line = sum(bool(row.strip()) for row in self.text[first:position].split("\n")[:-1]) + 1
        return f"第 {page} 页第 {line} 行"


NOTHING = ScanText("", (), 0)


def read_scan(data: bytes, media_type: str) -> ScanText:
    """The text layer of a PDF; an image, or a PDF without one, gives an empty text. Raises PdfiumError if broken."""
    if media_type != "application/pdf":
        return NOTHING
    with PDFIUM, pypdfium2.PdfDocument(data) as document:
        text: list[str] = []
        boxes: list[Box | None] = []
        heights = [_read_page(document, index, text, boxes) for index in range(min(len(document), MOST_PAGES))]
        return ScanText("".join(text), tuple(boxes), len(document), tuple(heights))


def _read_page(document: pypdfium2.PdfDocument, index: int, text: list[str], boxes: list[Box | None]) -> float:
    """Add one page's characters and their boxes; returns its height in widths."""
    page = document[index]
    width, height = page.get_size()
    layer = page.get_textpage()
    for position in range(min(layer.count_chars(), MOST_CHARACTERS - len(text))):
        char = layer.get_text_range(position, 1)
        if len(char) != 1 or char == "\r":
            continue
        text.append(char)
        edges = layer.get_charbox(position, loose=True)
        boxes.append(None if char.isspace() else _box(edges, index + 1, width, height))
    text.append("\n")
    boxes.append(None)
    layer.close()
    page.close()
    return height / width


def _box(edges: tuple[float, float, float, float], page: int, width: float, height: float) -> Box:
    left, bottom, right, top = edges
    return Box(page, left / width, 1 - top / height, (right - left) / width, (top - bottom) / height)


def _same_line(one: Box, other: Box) -> bool:
    middle = other.top + other.height / 2
    return one.page == other.page and one.top <= middle <= one.top + one.height and other.left >= one.left


def _around(one: Box, other: Box) -> Box:
    left, top = min(one.left, other.left), min(one.top, other.top)
    right = max(one.left + one.width, other.left + other.width)
    bottom = max(one.top + one.height, other.top + other.height)
    return Box(one.page, left, top, right - left, bottom - top)
