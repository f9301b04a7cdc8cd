"""从合同文件读出: the boxes of the contract form filled from an uploaded file, each with the line it was read from."""

import datetime as dt
from dataclasses import dataclass

from flask import current_app, request
from flask_babel import gettext as _

from engagements.comparison import quoted
from engagements.paper.found import Found
from engagements.paper.reading import Reading, read
from ingestion import files
from ingestion.documents.document import Document
from ingestion.documents.mending import mended
from ingestion.documents.opening import open_document
from models.errors import Invalid
from models.files import StoredFile
from models.money import wan
from web.identity import me
from web.sessions import db

FIELD = "document"
SOURCES = {"contract_number": "contract_number", "name": "name", "type": "kind", "party_a": "party_a",
           "party_b": "party_b", "signed_on": "signed", "starts_on": "term", "ends_on": "term", "amount": "price"}
"""Box → what it is read from."""


@dataclass(frozen=True)
class Source:
    """The line a value was read from, cut in three around it, and where to look for it."""

    where: str
    quote: tuple[str, str, str]


@dataclass(frozen=True)
class Prefill:
    """What a contract says. `remarks`: what was not found or does not agree. `scan`: the file, where it may be one."""

    name: str
    values: dict[str, str]
    sources: dict[str, Source]
    remarks: tuple[str, ...]
    scan: StoredFile | None


def asked() -> bool:
    """Whether the button pressed was the one that reads a file."""
    return request.method == "POST" and request.form.get("go") == "read"


def read_upload() -> Prefill:
    """Read the uploaded contract; a PDF is kept to serve as the scan. Invalid for the file's field."""
    upload = request.files.get(FIELD)
    if upload is None or not upload.filename:
        raise Invalid(_("先选合同文件，再按“读出来”"), field=FIELD)
    settings = current_app.extensions["settings"]
    data = files.read_within(upload.stream, settings.max_upload_mb, FIELD)
    document = mended(open_document(upload.filename, data, FIELD))
    scan = files.store(db(), settings, me(), upload.filename, data, FIELD) if document.kind == "pdf" else None
    reading = read(document.text)
    found = {box: one for box, name in SOURCES.items() if (one := getattr(reading, name)) is not None}
    return Prefill(upload.filename, _values(reading), {box: _source(document, one) for box, one in found.items()},
                   (*document.warnings, *_remarks(document, reading)), scan)


def _source(document: Document, found: Found) -> Source:
    return Source(document.where(found.start), quoted(document.text, found))


def _values(reading: Reading) -> dict[str, str]:
    """The boxes that could be filled."""
    values = {name: one.written for name in ("contract_number", "name", "party_a", "party_b")
              if (one := getattr(reading, name)) is not None}
    if reading.type is not None:
        values["type"] = reading.type.value
    term = reading.term
    days = {"signed_on": reading.signed_on, "starts_on": term and term.starts_on, "ends_on": term and term.ends_on}
    for name, day in days.items():
        values |= boxes_of(name, day) if day is not None else {}
    if reading.price is not None and reading.price.amount is not None:
        values["amount"] = wan(reading.price.amount).replace(",", "")
    return values


def boxes_of(name: str, day: dt.date) -> dict[str, str]:
    """The three boxes of a day, filled."""
    return {f"{name}-year": f"{day.year}", f"{name}-month": f"{day.month}", f"{name}-day": f"{day.day}"}


def _remarks(document: Document, reading: Reading) -> list[str]:
    if not document.readable:
        return []
    names = {"contract_number": _("合同编号"), "name": _("合同名称"), "kind": _("合同类型"), "party_a": _("甲方"),
             "party_b": _("乙方"), "signed": _("签订日期"), "price": _("合同金额")}
    missing = [label for name, label in names.items() if getattr(reading, name) is None]
    remarks = [_("没有读到：%(what)s。请照合同填", what=_("、").join(missing))] if missing else []
    price = reading.price
    if price is not None and price.differs:
        remarks.append(_("大写是 %(words)s 万元，小写是 %(figures)s 万元，对不上，金额没有替您填",
                         words=wan(price.words.amount), figures=wan(price.figures.amount)))
    if reading.term is not None and reading.term.ends_on is None:
        remarks.append(_("合同只写了“%(term)s”，没写到哪一天，最后一天请您算好再填", term=reading.term.written[:40]))
    return remarks
