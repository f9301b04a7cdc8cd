"""Beginning an entry, wording it, handing it in, taking it back."""

import uuid

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from contests import entries, submission
from models.accounts import Role
from models.contests import Season
from models.errors import Invalid, NotFound, Refused
from web import access
from web.entries.views import page
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import refusal_of
from web.sessions import db


@access.roles(Role.expert, Role.broker)
@limiter.limit(CONFIRM)
def open_one():
    season_id = request.form.get("season_id", type=uuid.UUID)
    season = db().get(Season, season_id) if season_id else None
    if season is None:
        raise NotFound(_("没有找到这一届竞赛"))
    entry = entries.open_entry(db(), me(), season, request.form.get("track", ""))
    return redirect(url_for("entries.show", entry_id=entry.id))


@access.member
@limiter.limit(CONFIRM)
def save(entry_id):
    """Keep the wording; with the other button, hand the entry in as well."""
    entry = entries.find_entry(db(), me(), entry_id)
    form = request.form
    try:
        entries.edit_entry(db(), me(), entry, phone=form.get("phone", ""), employer=form.get("employer", ""),
                           summary=form.get("summary", ""))
        if form.get("act") == "submit":
            submission.submit(db(), me(), entry, declared="declared" in form)
            flash(_("已提交，写进台账第 %(n)s 条", n=entry.ledger_index), "success")
        else:
            flash(_("已保存"), "success")
    except (Invalid, Refused) as error:
        refusal = refusal_of(error)
        db().rollback()
        return page(entries.find_entry(db(), me(), entry_id), refusal)
    return redirect(url_for("entries.show", entry_id=entry.id))


@access.member
def refill(entry_id):
    entry = entries.find_entry(db(), me(), entry_id)
    entries.refill(db(), me(), entry)
    flash(_("已按台账重新填好"), "success")
    return redirect(url_for("entries.show", entry_id=entry.id))


@access.member
def withdraw(entry_id):
    entry = entries.find_entry(db(), me(), entry_id)
    submission.withdraw_entry(db(), me(), entry)
    flash(_("已撤回。报名截止前可以改好再交"), "success")
    return redirect(url_for("entries.show", entry_id=entry.id))


@access.member
def reopen(entry_id):
    entry = entries.find_entry(db(), me(), entry_id)
    submission.reopen_entry(db(), me(), entry)
    flash(_("可以改了，改好再提交"), "success")
    return redirect(url_for("entries.show", entry_id=entry.id))
