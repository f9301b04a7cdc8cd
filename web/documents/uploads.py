"""The file a person uploads to be read: opened at once and not kept; and its parts as the pages show them."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import current_app, request
from flask_babel import gettext as _

from ingestion import files
from ingestion.documents.document import Document
from ingestion.documents.fields import Read
from ingestion.documents.mending import mended
from ingestion.documents.opening import open_document
from models.errors import Invalid

FIELD = "document"
SHOWN = 20_000
"""Characters of the document shown in full beside its draft."""
QUOTE = 60


@dataclass(frozen=True)
class Quote:
    """Where a value was read, and the words there. Carried through the form: the file itself is not kept."""

    where: str
    text: str


@dataclass(frozen=True)
class Stretch:
    """A piece of the document's text, marked where something was read from it."""

    text: str
    marked: bool


def uploaded() -> tuple[Document, str]:
    """The document and the SHA-256 of its file. Invalid, for the file's field, where it cannot be read."""
    upload = request.files.get(FIELD)
    if upload is None or not upload.filename:
        raise Invalid(_("先选文件，再按“读出来”"), field=FIELD)
    data = files.read_within(upload.stream, current_app.extensions["settings"].max_upload_mb, FIELD)
    document = mended(open_document(upload.filename, data, FIELD))
    if not document.readable:
        raise Invalid(document.warnings[0] if document.warnings else _("文件里没有文字"), field=FIELD)
    return document, hashlib.sha256(data).hexdigest()


def quote(document: Document, read: Read | None) -> Quote | None:
    """The words a value was read from, shortened, and their place."""
    if read is None:
        return None
    words = " ".join(document.text[read.start:read.end].split())
    return Quote(document.where(read.start), words if len(words) <= QUOTE else f"{words[:QUOTE]}…")


def marked(document: Document, reads: Iterable[Read | None]) -> list[Stretch]:
    """The beginning of the document with everything marked that was read from it."""
    return list(_stretches(document.text[:SHOWN], sorted((one.start, one.end) for one in reads if one is not None)))


def _stretches(text: str, spans: list[tuple[int, int]]) -> Iterator[Stretch]:
    at = 0
    for start, end in spans:
        start = max(start, at)
        if start >= end or start >= len(text):
            continue
        if start > at:
            yield Stretch(text[at:start], False)
        yield Stretch(text[start:end], True)
        at = end
    if at < len(text):
        yield Stretch(text[at:], False)


def typed_quote(name: str) -> Quote | None:
    """The quote that the form carried for the field `name`."""
    text = request.form.get(f"{name}-quote", "")
    return Quote(request.form.get(f"{name}-where", "")[:60], text[:200]) if text else None
