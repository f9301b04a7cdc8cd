"""The calendar of events, and one of them."""

from flask import render_template
from sqlalchemy import select

from engagements.activities import attendance_of, find_activity, taken_seats
from engagements.disclosure import LISTED
from models.accounts import Role
from models.activities import Activity, ActivityDemand
from models.base import today
from models.demands import Confidentiality, Demand
from models.meetings import MatchingDay
from models.sheets import SheetKind
from web import access, names
from web.activities.schedule import turns
from web.identity import has_role, user
from web.limits import EXPORT, limiter
from web.lists import as_sheet
from web.sessions import db

PAST = 30


@access.public
def index():
    coming = db().scalars(select(Activity).where(Activity.held_on >= today())
                          .order_by(Activity.held_on, Activity.starts_at, Activity.id))
    past = db().scalars(select(Activity).where(Activity.held_on < today())
                        .order_by(Activity.held_on.desc(), Activity.id).limit(PAST))
    return render_template("activities/list.html", coming=list(coming), past=list(past), kinds=names.ACTIVITY_KIND,
                           seats=_seats, may_announce=has_role(Role.staff, Role.admin))


@access.member
@limiter.limit(EXPORT)
def export():
    """Every event, past ones too. Who signed up is on each event's own page, for staff."""
    return as_sheet(SheetKind.activity)


@access.public
def show(activity_id):
    activity = find_activity(db(), activity_id)
    demands = db().scalars(
        select(Demand).join(ActivityDemand, ActivityDemand.demand_id == Demand.id)
        .where(ActivityDemand.activity_id == activity.id, Demand.status.in_(LISTED),
               Demand.confidentiality == Confidentiality.public).order_by(Demand.number))
    mine = attendance_of(db(), activity, user()) if user() else None
    return render_template("activities/show.html", activity=activity, kinds=names.ACTIVITY_KIND, demands=list(demands),
                           mine=mine, over=activity.held_on < today(), left=_seats(activity),
                           taken=taken_seats(db(), activity), staff=has_role(Role.staff, Role.admin),
                           day=db().get(MatchingDay, activity.id), turns=turns(activity), states=names.MEETING_STATE)


def _seats(activity: Activity) -> int | None:
    """Seats left; None where there is no limit."""
    return None if activity.seats is None else max(0, activity.seats - taken_seats(db(), activity))
