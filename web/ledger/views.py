"""The staff's list of entries and the check of the whole log; the receipt of one entry."""

from dataclasses import dataclass

from flask import current_app, render_template, request
from flask_babel import gettext as _

from ledger import log
from ledger.canonical import loads
from ledger.checkpoint import parse_note
from ledger.leaf import Entry
from ledger.signer import published_verifier
from models.errors import NotFound
from web import access, paging
from web.display import moment
from web.downloads import attachment
from web.identity import me
from web.ledger.entitled import entitled
from web.ledger.labels import field_name, type_name, what_of
from web.limits import EXPORT, limiter
from web.sessions import db

PAGE_SIZE = 30
WHO = ("contract.name", "claimant.name", "expert.name", "verifier.name", "collaboration")
"""Fields that tell an entry at a glance, in this order."""


@dataclass(frozen=True)
class Line:
    """One entry in the list."""

    index: int
    at: str
    what: str
    about: str
    hash: str
    cites: tuple[int, ...]


@access.staff
@limiter.limit(EXPORT, exempt_when=lambda: not request.args.get("check"))
def entries():
    """The newest entries; with `check`, the whole log is rebuilt from its leaves and compared first."""
    checked = bool(request.args.get("check"))
    findings = log.verify_database(db(), _key()) if checked else []
    head = log.head(db())
    size = head.size if head else 0
    page = paging.asked(size, PAGE_SIZE)
    newest = size - 1 - page.offset
    lines = [_line(log.entry(db(), index)) for index in range(newest, max(-1, newest - PAGE_SIZE), -1)]
    return render_template("ledger/entries.html", head=head, size=size, lines=lines, page=page, findings=findings,
                           checked=checked, latest=log.latest_checkpoint(db()))


@access.staff
def entry(index):
    found = log.entry(db(), index)
    fields = [(field_name(name), loads(opening.value)) for name, opening in sorted(found.openings.items())]
    return render_template("ledger/entry.html", line=_line(found), entry=found, fields=fields,
                           amendments=log.amendments(db(), [index]), latest=log.latest_checkpoint(db()),
                           previous=log.entry(db(), index - 1).hash.hex() if index else "", type_name=type_name)


@access.member
@limiter.limit(EXPORT)
def receipt(index):
    """The proof that the entry stands in the log, for those it concerns."""
    if not entitled(me(), index):
        raise NotFound(_("没有找到这条佐证，或者和您无关"))
    return attachment(log.receipt(db(), index).encode(), f"receipt-{index}.tlog-proof", "text/plain")


def _key():
    latest = log.latest_checkpoint(db())
    if latest is None:
        return None
    return published_verifier(current_app.extensions["settings"].keys_folder, parse_note(latest.note).origin)


def _line(found: Entry) -> Line:
    known = {name: loads(opening.value) for name, opening in found.openings.items()}
    about = "　".join(str(known[name]) for name in WHO if name in known)
    return Line(found.index, moment(found.leaf.at), what_of(found.leaf.type, known), about, found.hash.hex(),
                tuple(one.index for one in found.leaf.references))
