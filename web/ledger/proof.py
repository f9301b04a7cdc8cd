"""What anybody may check: that an entry is in the log, the signed checkpoints, the key they are signed with."""

from flask import Response, abort, current_app, render_template, request
from sqlalchemy import select

from ledger import log
from ledger.checkpoint import parse_note
from ledger.merkle import inclusion_root
from ledger.signer import published_verifier
from models.contracts import Collaboration
from models.errors import NotFound
from web import access
from web.ledger.labels import type_name
from web.limits import SEARCH, limiter
from web.sessions import db


@access.public
@limiter.limit(SEARCH, exempt_when=lambda: not request.args.get("number"))
def check():
    """An entry by its number, or a collaboration by its own (HT-2026-0001): genuine or not found. No names."""
    number = request.args.get("number", "").strip()[:40]
    found = _found(number) if number else None
    latest = log.latest_checkpoint(db())
    under = latest if latest is not None and found is not None and latest.size > found.index else None
    return render_template("ledger/proof.html", number=number, found=found, latest=latest, under=under,
                           proved=_proved(found, under) if under else None, type_name=type_name,
                           key=_key(latest) if latest else None), 404 if number and found is None else 200


@access.public
def checkpoint():
    """The newest signed note, exactly as signed (C2SP tlog-checkpoint)."""
    latest = log.latest_checkpoint(db())
    if latest is None:
        abort(404)
    return _note(latest.note)


@access.public
def checkpoint_at(size):
    return _note(log.checkpoint_at(db(), size).note)


@access.public
def vkey():
    """The verifier key of the present log."""
    latest = log.latest_checkpoint(db())
    key = _key(latest) if latest else None
    if key is None:
        abort(404)
    return _note(f"{key}\n")


def _found(number: str):
    """The entry; None where there is none."""
    digits = number.lstrip("#第").removesuffix("条").strip()
    if digits.isdecimal() and len(digits) < 12:
        index = int(digits)
    else:
        index = db().scalar(select(Collaboration.ledger_index).where(Collaboration.number == number.upper()))
    if index is None:
        return None
    try:
        return log.entry(db(), index)
    except NotFound:
        return None


def _proved(found, under) -> bool:
    """Whether the entry's inclusion path leads to the signed root."""
    path = log.inclusion(db(), found.index, under.size)
    return inclusion_root(found.index, under.size, found.hash, path) == under.root


def _key(latest):
    return published_verifier(current_app.extensions["settings"].keys_folder, parse_note(latest.note).origin)


def _note(text: str) -> Response:
    return Response(text, mimetype="text/plain", headers={"Access-Control-Allow-Origin": "*"})
