"""What staff do with an entry: take in its paper, send it back, record that it was false."""

import datetime as dt

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contests import intake
from contests.entries import find_entry
from contests.entry_access import track_of
from ingestion import amounts
from models.accounts import Role
from models.contests import Entry
from models.errors import Conflict, Forbidden, Invalid
from web import access
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, refusal_of
from web.seasons.entry import PARTS, page
from web.sessions import db


@access.roles(Role.staff)
@limiter.limit(CONFIRM)
def receive(entry_id):
    return _act(entry_id, lambda entry: intake.receive_paper(db(), me(), entry, _day(), filing=_filing()),
                _("已登记收件"))


@access.roles(Role.staff)
@limiter.limit(CONFIRM)
def send_back(entry_id):
    return _act(entry_id, lambda entry: intake.return_entry(db(), me(), entry, request.form.get("reason", ""),
                                                            filing=_filing()),
                _("已退回，本人会收到原因"))


@access.roles(Role.staff)
@limiter.limit(CONFIRM, methods=["POST"])
def sanction(entry_id):
    """A page of its own that asks once more."""
    entry, refusal = find_entry(db(), me(), entry_id), NONE
    if entry.user_id == me().id:
        raise Forbidden(_("不能处理自己的报名"))
    if request.method == "POST":
        try:
            intake.sanction(db(), me(), entry, request.form.get("reason", ""))
            flash(_("已记下，本人会收到通知"), "success")
            return redirect(url_for("seasons.entry", entry_id=entry.id))
        except (Invalid, Conflict) as error:
            refusal = refusal_of(error)
    definition, track = track_of(entry.season, entry.track)
    return render_template("seasons/sanction.html", entry=entry, definition=definition, track=track, refusal=refusal,
                           errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


def _act(entry_id, act, done: str):
    """Do it; a refusal shows the sheet again with what was typed."""
    entry: Entry = find_entry(db(), me(), entry_id)
    try:
        act(entry)
    except (Invalid, Conflict) as error:
        return page(entry, refusal_of(error))
    flash(done, "success")
    return redirect(url_for("seasons.entry", entry_id=entry.id))


def _day() -> dt.date:
    day = amounts.day(*(request.form.get(f"received_on-{part}") for part in PARTS), "received_on", _("收件日期"))
    if day is None:
        raise Invalid(_("写收件日期"), field="received_on")
    return day


def _filing() -> int | None:
    return request.form.get("filing", type=int)
