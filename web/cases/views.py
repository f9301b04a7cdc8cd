"""The list of cases with what is due, one case, and the form of each move."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from contests.definition import Definition
from contests.lifecycles.acts import make_move
from contests.lifecycles.deadlines import Standing
from contests.lifecycles.engine import Bar, periods
from contests.lifecycles.history import record_of, working_days
from contests.lifecycles.lists import Row, find_case, moves_of, row_of, rows_for
from contests.lifecycles.offices import offices_of
from contests.seasons import definition_of
from models.accounts import Role
from models.base import today
from models.contests import Season
from models.errors import Invalid, NotFound, Refused
from models.lifecycles import Case
from web import access, paging
from web.cases.startable import Start, startable
from web.cases.typed import act_of, boxes
from web.identity import has_role, me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

PAGE = 30
STANDINGS = {
    Standing.undated: lambda: (_("天数没定"), "amber", "exclamation-triangle"),
    Standing.running: lambda: (_("在期限内"), "sea", "hourglass-split"),
    Standing.met: lambda: (_("已办"), "pine", "check-circle"),
    Standing.late: lambda: (_("逾期办的"), "amber", "exclamation-triangle"),
    Standing.overdue: lambda: (_("已逾期"), "seal", "exclamation-circle-fill"),
    Standing.missed: lambda: (_("没有办"), "amber", "exclamation-triangle"),
    Standing.void: lambda: (_("不再需要"), "", "info-circle"),
}
SHOWN = {"all": lambda row: True, "mine": lambda row: any(not one.obstacles for one in row.mine),
         "overdue": lambda row: row.overdue, "closed": lambda row: row.record.case.closed}


@access.member
def index():
    rows = rows_for(db(), me())
    shown = request.args.get("show", "all")
    if shown not in SHOWN:
        shown = "all"
    counts = {name: sum(1 for row in rows if test(row)) for name, test in SHOWN.items()}
    chosen = [row for row in rows if SHOWN[shown](row)]
    page = paging.asked(len(chosen), PAGE)
    return render_template("cases/list.html", seasons=seasons_with_cases() if is_staff() else [],
                           rows=chosen[page.offset:page.offset + PAGE], page=page, shown=shown,
                           counts=counts, staff=is_staff(), startable=startable(db(), me()), day=today(),
                           standings=STANDINGS)


@access.member
def show(case_id):
    return _page(find_case(db(), me(), case_id))


@access.member
@limiter.limit(CONFIRM, methods=["POST"])
def move(case_id, code):
    case = find_case(db(), me(), case_id)
    row = row_for(case)
    opening = next((one for one in row.mine if one.move.code == code), None)
    if request.method == "GET":
        if opening is None:
            raise NotFound(_("现在没有这一步，或者不由您办"))
        return _form(row, opening.move)
    try:
        chosen = row.record.lifecycle.move(code)
    except KeyError:
        raise NotFound(_("没有这一步")) from None
    try:
        make_move(db(), me(), case, code, act_of(chosen), version=request.form.get("version", -1, type=int))
    except (Invalid, Refused) as error:
        db().rollback()
        return _form(row_for(find_case(db(), me(), case_id)), chosen, refusal_of(error), error.clause)
    flash(_("已办“%(name)s”", name=chosen.name), "success")
    return redirect(url_for("cases.show", case_id=case.id))


def row_for(case: Case) -> Row:
    return row_of(record_of(case, today(), working_days(db())), offices_of(db(), me(), case.season))


def is_staff() -> bool:
    return has_role(Role.staff, Role.admin)


def seasons_with_cases() -> list[tuple[Season, Definition]]:
    """The seasons whose contests have lifecycles, the newest first."""
    found = [(season, definition_of(season)) for season in
             db().scalars(select(Season).order_by(Season.year.desc(), Season.code))]
    return [(season, definition) for season, definition in found if definition.lifecycles]


def _attachable(row: Row) -> list[Start]:
    """What of the case this person may begin: changes at any time, a report only while one is due."""
    due = {one.clock.code for one in row.open}
    return [one for one in startable(db(), me(), row.record.case) if one.lifecycle.meets in due | {None}]


def _page(case: Case):
    row = row_for(case)
    later = [one for one in row.mine if one.obstacles and all(bar.bar is not Bar.moved_on for bar in one.obstacles)]
    children = [(child, row.record.definition.lifecycle(child.lifecycle)) for child in case.children]
    return render_template("cases/show.html", row=row, record=row.record, case=case, course=moves_of(db(), case),
                           standings=STANDINGS, day=today(), staff=is_staff(), children=children,
                           attachable=_attachable(row), later=later)


def _form(row: Row, chosen, refusal: Refusal = NONE, clause: str | None = None):
    return render_template(
        "cases/move.html", row=row, record=row.record, case=row.record.case, move=chosen, staff=is_staff(),
        periods=[one.due for one in periods(row.record.deadlines, chosen, today())],
        recurring=any(clock.recurring and chosen.code in clock.met_by for clock in row.record.lifecycle.clocks),
        boxes=boxes, day=today(), typed=request.form, errors=refusal.errors, problems=refusal.problems, clause=clause,
        failed=bool(refusal.problems), action=url_for("cases.move", case_id=row.record.case.id, code=chosen.code)
    ), refusal.status
