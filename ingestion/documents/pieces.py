"""What a reader of one kind of file hands back, before it is joined to a text. Imports nothing: see child.py."""

from dataclasses import dataclass, field
from typing import NamedTuple

MOST_CHARACTERS = 1_000_000
MOST_PIECES = 100_000


class Unreadable(Exception):
    """The file cannot be read; the message says why, in Chinese, for the person who uploaded it."""


class Piece(NamedTuple):
    """A paragraph, a line of a page, or a table cell.

    `kind`: heading | paragraph | line | cell | header | footer. `page`, `table`, `row`, `column` count from 1.
    """

    text: str
    kind: str = "paragraph"
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass
class Pieces:
    """Everything read of a file, in reading order. `pages`: of a PDF, else None."""

    pieces: list[Piece] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    pages: int | None = None
    characters: int = 0

    @property
    def full(self) -> bool:
        return self.characters >= MOST_CHARACTERS or len(self.pieces) >= MOST_PIECES

    def add(self, piece: Piece) -> None:
        """Keep a piece that says something, up to the limits on what is read of one file."""
        text = piece.text.strip()
        if not text or self.full:
            return
        text = text[:MOST_CHARACTERS - self.characters]
        self.characters += len(text)
        self.pieces.append(piece._replace(text=text))
        if self.full:
            self.warnings.append(f"文件太长，只读了前 {self.characters:,} 字")
