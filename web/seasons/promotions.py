"""晋级: who holds the promoting award and goes on, who is there already; staff enter them into the next stage."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from contests import promotions
from contests.seasons import definition_of
from models.contests import Entry, EntryStatus
from models.errors import Conflict, NotFound
from web import access
from web.contests.season import title_of
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, refusal_of
from web.seasons.finding import find_season
from web.sessions import db


@access.staff
@limiter.limit(CONFIRM, methods=["POST"])
def show(season_id):
    season, refusal = find_season(season_id), NONE
    definition = definition_of(season)
    rules = definition.promotions()
    if not rules:
        raise NotFound(_("这项竞赛没有晋级"))
    if request.method == "POST":
        try:
            entered = promotions.promote(db(), me(), season)
            flash(_("%(n)s 份报名晋级，本人会收到消息", n=len(entered)), "success")
            return redirect(url_for("seasons.promotions", season_id=season.id))
        except Conflict as error:
            refusal = refusal_of(error)
    there = {rule.target: db().scalars(select(Entry).where(
        Entry.season_id == season.id, Entry.track == rule.target, Entry.status == EntryStatus.submitted)
        .order_by(Entry.ledger_index)).all() for rule in rules}
    return render_template("seasons/promotions.html", season=season, definition=definition, rules=rules, there=there,
                           title=title_of(definition), waiting=promotions.waiting(db(), season), refusal=refusal,
                           failed=bool(refusal.problems)), refusal.status
