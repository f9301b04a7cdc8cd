"""Beginning a case, and beginning one that belongs to another: a report, a change."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import or_, select

from contests.lifecycles.acts import open_case
from contests.lifecycles.births import Subject
from contests.lifecycles.deadlines import OPEN
from contests.lifecycles.lists import find_case
from contests.seasons import definition_of
from models.accounts import Organisation
from models.base import today
from models.codes import counties, divisions
from models.errors import Conflict, Invalid, NotFound, Refused
from models.lifecycles import Case
from web import access
from web.cases.startable import Start, startable
from web.cases.typed import act_of, boxes
from web.cases.views import is_staff, row_for
from web.chrome import city_code
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db


@access.member
@limiter.limit(CONFIRM, methods=["POST"])
def new(season_id, lifecycle):
    return _answer(lambda: _start(season_id, lifecycle, None), None)


@access.member
@limiter.limit(CONFIRM, methods=["POST"])
def attach(case_id, lifecycle):
    def start() -> Start:
        parent = find_case(db(), me(), case_id)
        return _start(parent.season_id, lifecycle, parent)

    return _answer(start, case_id)


def _start(season_id, lifecycle: str, parent: Case | None) -> Start:
    found = next((one for one in startable(db(), me(), parent)
                  if one.season.id == season_id and one.lifecycle.code == lifecycle), None)
    if found is None:
        raise NotFound(_("没有这种流程，或者不由您开始"))
    return found


def _answer(find, case_id):
    start = find()
    parent = find_case(db(), me(), case_id) if case_id else None
    move = next((one for one in start.moves if one.code == request.values.get("move")), start.moves[0])
    if request.method == "GET":
        return _form(start, move, parent)
    try:
        act = act_of(move)
        case = open_case(db(), me(), start.season, start.lifecycle.code, move.code, _subject(parent, act.period), act)
    except (Invalid, Refused, Conflict) as error:
        db().rollback()
        parent = find_case(db(), me(), case_id) if case_id else None
        return _form(find(), move, parent, refusal_of(error), error.clause)
    flash(_("已办“%(name)s”", name=move.name), "success")
    return redirect(url_for("cases.show", case_id=case.id))


def _subject(parent: Case | None, period) -> Subject:
    form = request.form
    return Subject(form.get("name", ""), _organisation(form.get("organisation", "").strip()), form.get("district", ""),
                   form.get("industry", "").strip().upper(), form.get("track", ""), parent, period)


def _organisation(name: str) -> Organisation | None:
    return db().scalar(select(Organisation).where(or_(Organisation.name == name, Organisation.short_name == name))
                       .limit(1)) if name else None


def _form(start: Start, move, parent: Case | None, refusal: Refusal = NONE, clause: str | None = None):
    due = []
    if parent is not None and start.lifecycle.meets:
        taken = {one.period for one in parent.children if one.lifecycle == start.lifecycle.code}
        due = [one.due for one in row_for(parent).record.deadlines if one.clock.code == start.lifecycle.meets
               and one.standing(today()) in OPEN and one.due not in taken]
    districts = counties(city_code()) or divisions()
    return render_template(
        "cases/new.html", start=start, move=move, parent=parent, periods=due, recurring=bool(start.lifecycle.meets),
        districts=sorted(districts.items()), tracks=definition_of(start.season).tracks, boxes=boxes, day=today(),
        typed=request.form, errors=refusal.errors, problems=refusal.problems, clause=clause, staff=is_staff(),
        failed=bool(refusal.problems), action=request.path), refusal.status
