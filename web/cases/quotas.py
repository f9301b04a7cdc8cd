"""名额分配表: the places of each district, set by staff from the paper that says so."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contests.lifecycles.quota_table import quota_rows, set_quota, tables
from contests.seasons import definition_of
from models.codes import divisions
from models.errors import Invalid
from web import access
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.seasons.finding import find_season
from web.sessions import db


@access.staff
@limiter.limit(CONFIRM, methods=["POST"])
def edit(season_id):
    season = find_season(season_id)
    if request.method == "GET":
        return _page(season)
    form = request.form
    try:
        set_quota(db(), me(), season, form.get("rule", ""), form.get("district", "").strip(),
                  number(form.get("most", "")), form.get("source", ""))
    except Invalid as error:
        db().rollback()
        return _page(find_season(season_id), refusal_of(error))
    flash(_("已保存"), "success")
    return redirect(url_for("cases.quotas", season_id=season_id))


def number(text: str) -> int:
    """The whole number typed; -1, which no quota and no figure can be, for anything else."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1


def _page(season, refusal: Refusal = NONE):
    districts = [(code, name) for code, name in sorted(divisions().items()) if not code.endswith("0000")]
    return render_template("cases/quotas.html", season=season, definition=definition_of(season), tables=tables(season),
                           rows=quota_rows(db(), season), districts=districts, typed=request.form,
                           errors=refusal.errors, problems=refusal.problems, failed=bool(refusal.problems)
                           ), refusal.status
