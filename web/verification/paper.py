"""The scan of a contract as the desk needs it: its text, whether it is still the upload, where to draw frames."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app

from engagements.comparison import Row
from engagements.scan_text import NOTHING, Box, ScanText, read_scan
from ingestion import files
from models.errors import NotFound
from models.files import StoredFile

WIDTH = 1000
"""Units across a page in the drawing."""
A4 = 1.414
MARGIN = 14
CROP_HEIGHT = 90


@dataclass(frozen=True)
class Frame:
    """One rectangle around a fact, in drawing units; dashed where a person must look."""

    x: float
    y: float
    width: float
    height: float
    doubtful: bool


@dataclass(frozen=True)
class Paper:
    """A scan at hand. `intact`: the bytes are those that were uploaded; None where the file is gone."""

    file: StoredFile
    text: ScanText
    intact: bool | None

    @property
    def pages(self) -> int:
        return self.file.pages or 1

    def height(self, page: int) -> float:
        """Height of a page in drawing units."""
        known = self.text.heights
        return round(WIDTH * (known[page - 1] if page <= len(known) else A4), 1)


def paper_of(scan: StoredFile) -> Paper:
    try:
        with files.open_file(current_app.extensions["settings"], scan) as file:
            data = file.read()
    except NotFound:
        return Paper(scan, NOTHING, None)
    return Paper(scan, read_scan(data, scan.media_type), hashlib.sha256(data).hexdigest() == scan.sha256)


def frames(paper: Paper, rows: Sequence[Row], page: int) -> list[Frame]:
    """What to outline on one page."""
    return [_frame(box, paper.height(page), row.doubtful) for row in rows for box in row.boxes if box.page == page]


def crop(paper: Paper, row: Row) -> tuple[int, str, Frame] | None:
    """For the row on a narrow screen: the page, the view box of the strip around the fact, and its frame."""
    if not row.boxes:
        return None
    box = row.boxes[0]
    frame = _frame(box, paper.height(box.page), row.doubtful)
    top = max(0.0, frame.y + frame.height / 2 - CROP_HEIGHT / 2)
    left = min(max(0.0, frame.x - 180), WIDTH - 620.0)
    return box.page, f"{left:.0f} {top:.0f} 620 {CROP_HEIGHT}", frame


def _frame(box: Box, height: float, doubtful: bool) -> Frame:
    return Frame(round(box.left * WIDTH - MARGIN / 2, 1), round(box.top * height - MARGIN / 2, 1),
                 round(box.width * WIDTH + MARGIN, 1), round(box.height * height + MARGIN, 1), doubtful)
