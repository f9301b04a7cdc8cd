"""Who holds which office of a season: given and ended by staff."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import or_, select

from contests.lifecycles.offices import case_roles, end_office, find_office, give_office, holders
from contests.seasons import definition_of
from models.accounts import Organisation, User
from models.codes import counties, divisions
from models.errors import Conflict, Invalid
from web import access
from web.chrome import city_code
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.seasons.finding import find_season
from web.sessions import db


@access.staff
@limiter.limit(CONFIRM, methods=["POST"])
def index(season_id):
    season = find_season(season_id)
    if request.method == "GET":
        return _page(season)
    form = request.form
    try:
        give_office(db(), me(), season, form.get("role", ""), _holder(form.get("holder", "").strip()),
                    district=form.get("district", ""), organisation=_organisation(form.get("organisation", "").strip()),
                    track=form.get("track", ""))
    except (Invalid, Conflict) as error:
        db().rollback()
        return _page(find_season(season_id), refusal_of(error))
    flash(_("已分配"), "success")
    return redirect(url_for("cases.offices", season_id=season_id))


@access.staff
@limiter.limit(CONFIRM, methods=["POST"])
def end(office_id):
    office = find_office(db(), office_id)
    end_office(db(), me(), office)
    flash(_("已停止。他办过的事都留着"), "success")
    return redirect(url_for("cases.offices", season_id=office.season_id))


def _holder(typed: str) -> User:
    """The person of that mailbox or mobile."""
    found = db().scalar(select(User).where(or_(User.email == typed.lower(), User.phone == typed))) if typed else None
    if found is None:
        raise Invalid(_("没有用这个邮箱或手机号的账号"), field="holder")
    return found


def _organisation(name: str) -> Organisation | None:
    return db().scalar(select(Organisation).where(or_(Organisation.name == name, Organisation.short_name == name))
                       .limit(1)) if name else None


def _page(season, refusal: Refusal = NONE):
    return render_template(
        "cases/offices.html", season=season, definition=definition_of(season), offices=holders(db(), season),
        roles=case_roles(season), districts=sorted((counties(city_code()) or divisions()).items()),
        typed=request.form, errors=refusal.errors, problems=refusal.problems, failed=bool(refusal.problems)
    ), refusal.status
