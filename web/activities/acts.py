"""Signing up and giving the seat back; staff announce events and confirm who came."""

import datetime as dt
import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from engagements import activities
from ingestion import amounts, validation
from ingestion.findings import Findings
from models.activities import ActivityKind, Attendance
from models.demands import Demand
from models.errors import Invalid, NotFound
from web import access, names
from web.identity import me
from web.options import districts
from web.refusals import NONE, refusal_of
from web.sessions import db


@access.member
def sign_up(activity_id):
    activities.sign_up(db(), me(), activities.find_activity(db(), activity_id))
    flash(_("报上名了。去不了请提前取消，把名额让出来"), "success")
    return redirect(url_for("events.show", activity_id=activity_id))


@access.member
def give_up(activity_id):
    activities.give_up_seat(db(), me(), activities.find_activity(db(), activity_id))
    flash(_("已取消报名"), "success")
    return redirect(url_for("events.show", activity_id=activity_id))


@access.staff
def new():
    refusal = NONE
    if request.method == "POST":
        try:
            activity = activities.announce(db(), me(), _programme())
            flash(_("已发布"), "success")
            return redirect(url_for("events.show", activity_id=activity.id))
        except Invalid as error:
            refusal = refusal_of(error)
    return render_template("activities/new.html", refusal=refusal, errors=refusal.errors, typed=request.form,
                           failed=bool(refusal.problems), kinds=names.ACTIVITY_KIND.items(),
                           districts=districts()), refusal.status


@access.staff
def attendance(activity_id):
    """Who signed up; one press a person confirms that they came."""
    activity = activities.find_activity(db(), activity_id)
    if request.method == "POST":
        row = db().get(Attendance, _id("attendance_id"))
        if row is None or row.activity_id != activity.id:
            raise NotFound(_("没有找到这条报名"))
        activities.confirm_attendance(db(), me(), row)
        flash(_("已确认 %(name)s 到会", name=row.user.name), "success")
        return redirect(url_for("events.attendance", activity_id=activity.id))
    rows = list(db().scalars(select(Attendance).where(Attendance.activity_id == activity.id)
                             .order_by(Attendance.signed_up_at, Attendance.id)))
    return render_template("activities/attendance.html", activity=activity, rows=rows)


@access.staff
def add_demand(activity_id):
    activity = activities.find_activity(db(), activity_id)
    number = request.form.get("number", "").strip().upper()
    demand = db().scalar(select(Demand).where(Demand.number == number))
    try:
        if demand is None:
            raise Invalid(_("没有编号是“%(number)s”的需求", number=number[:20]), field="number")
        activities.put_on_programme(db(), me(), activity, demand)
        flash(_("已加上这条需求"), "success")
    except Invalid as error:
        flash(error.message, "error")
    return redirect(url_for("events.show", activity_id=activity.id))


def _programme() -> activities.Programme:
    form, found = request.form, Findings()
    kind = found.check(validation.choice, form.get("kind"), ActivityKind, "kind", _("选活动类型"))
    title = found.check(validation.line, form.get("title"), "title", _("活动名称"), most=200, least=1)
    held_on = found.check(_day)
    place = found.check(validation.line, form.get("place"), "place", _("地点"), most=200, least=1)
    seats = found.check(_seats)
    found.settle()
    return activities.Programme(
        kind=kind, title=title, held_on=held_on, starts_at=form.get("starts_at", "").strip(), place=place, seats=seats,
        district_code=form.get("district_code", "") if form.get("district_code") in dict(districts()) else "",
        description=form.get("description", ""))


def _day() -> dt.date:
    day = amounts.day(*(request.form.get(f"held_on-{part}") for part in ("year", "month", "day")), "held_on", _("日期"))
    if day is None:
        raise Invalid(_("写活动日期"), field="held_on")
    return day


def _seats() -> int | None:
    typed = request.form.get("seats", "").strip()
    if not typed:
        return None
    if not typed.isdecimal() or len(typed) > 6:
        raise Invalid(_("名额写 1 以上的整数，不限名额就留空"), field="seats")
    return int(typed)


def _id(name: str) -> uuid.UUID:
    try:
        return uuid.UUID(request.form.get(name, ""))
    except ValueError as error:
        raise NotFound(_("没有找到这条报名")) from error
