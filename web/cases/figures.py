"""效果评价: each target with what was reported, by whom and with what proof; and a form for one more figure."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contests.lifecycles.kpis import figures, measures, progress, report_figure
from contests.lifecycles.offices import offices_of
from contests.seasons import definition_of
from models.errors import Forbidden, Invalid
from web import access
from web.cases.quotas import number
from web.cases.views import is_staff
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.seasons.finding import find_season
from web.sessions import db


@access.member
@limiter.limit(CONFIRM, methods=["POST"])
def board(season_id):
    season = find_season(season_id)
    if not is_staff() and not offices_of(db(), me(), season):
        raise Forbidden(_("只有工作人员和有职责的人可以看"))
    if request.method == "GET":
        return _page(season)
    form = request.form
    try:
        report_figure(db(), me(), season, form.get("measure", ""), number(form.get("value", "")),
                      source=form.get("source", ""))
    except Invalid as error:
        db().rollback()
        return _page(find_season(season_id), refusal_of(error))
    flash(_("已记下"), "success")
    return redirect(url_for("cases.figures", season_id=season_id))


def _page(season, refusal: Refusal = NONE):
    return render_template("cases/figures.html", season=season, definition=definition_of(season), staff=is_staff(),
                           progress=progress(db(), season), figures=figures(db(), season),
                           measures=list(measures(season).items()), typed=request.form, errors=refusal.errors,
                           problems=refusal.problems, failed=bool(refusal.problems)), refusal.status
