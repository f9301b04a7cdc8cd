"""Open a file somebody brought: its text, where each part of it stands, and what could not be read."""

from ingestion.decoding import decode
from ingestion.documents.apart import read_apart
from ingestion.documents.document import Document, join
from ingestion.documents.kinds import kind_of
from ingestion.documents.pieces import Piece, Pieces, Unreadable
from models.errors import Invalid


def open_document(name: str, data: bytes, field: str = "file") -> Document:
    """The text of a DOCX, DOC, PDF, HTML, TXT or RTF file. Time and memory are bounded: all but TXT is read apart.

    A scan without a text layer comes back without text, and its warnings say so. Invalid for `field`, with the reason,
    for what cannot or must not be read: a password, a macro, a bomb, a wrong extension, a file cut short.
    """
    try:
        kind = kind_of(name, data)
        found = _plain(data) if kind == "txt" else read_apart(kind, data)
    except Unreadable as error:
        raise Invalid(str(error), field=field) from None
    return join(name, kind, found.pieces, found.warnings, found.pages)


def _plain(data: bytes) -> Pieces:
    text, warnings = decode(data)
    found = Pieces(warnings=warnings)
    for line in text.splitlines():
        found.add(Piece(line))
    return found
