"""Who takes part: the demands and experts of the day, their limits and hours."""

import uuid
from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from engagements.meetings import participants
from engagements.meetings.clock import slots_of
from engagements.meetings.participants import TermsForm
from engagements.meetings.setup import find_day
from models.demands import Demand
from models.errors import Conflict, Invalid
from web import access
from web.brokers import choices
from web.identity import me
from web.meetings.settings import whole
from web.sessions import db


@access.staff
def index(activity_id):
    day = find_day(db(), activity_id)
    guests = participants.guests(db(), day)
    words = request.args.get("words", "")
    present = {guest.expert.id for guest in guests}
    found = [one for one in choices.experts(words) if one.id not in present] if words.strip() else []
    rows = sorted(participants.demands(db(), day), key=lambda row: row.demand.number or "")
    return render_template("meetings/participants.html", day=day, activity=day.activity, rows=rows, words=words,
                           guests=sorted(guests, key=lambda guest: (guest.expert.name, guest.expert.id)), found=found,
                           slots=slots_of(day))


@access.staff
def put_in(activity_id):
    """One demand by its number, or all of the event's programme."""
    day = find_day(db(), activity_id)
    if request.form.get("programme"):
        added = participants.put_in_programme(db(), me(), day)
        flash(_("加进了 %(n)s 条需求", n=added), "success")
        return _back(day)
    number = request.form.get("number", "").strip().upper()
    demand = db().scalar(select(Demand).where(Demand.number == number))
    if demand is None:
        flash(_("没有编号是“%(number)s”的需求", number=number[:20]), "error")
        return _back(day)
    return _try(day, lambda: participants.put_in(db(), me(), day, demand), _("已加上这条需求"))


@access.staff
def invite(activity_id):
    day = find_day(db(), activity_id)
    participants.invite(db(), me(), day, _key("expert_id"))
    flash(_("已邀请，对方会收到消息"), "success")
    return _back(day)


@access.staff
def demand_terms(activity_id, demand_id):
    day = find_day(db(), activity_id)
    return _try(day, lambda: participants.set_demand_terms(db(), me(), day, demand_id, _terms()), _("已保存"))


@access.staff
def expert_terms(activity_id, expert_id):
    day = find_day(db(), activity_id)
    return _try(day, lambda: participants.set_expert_terms(db(), me(), day, expert_id, _terms()), _("已保存"))


@access.staff
def take_out(activity_id, demand_id):
    day = find_day(db(), activity_id)
    participants.take_out(db(), me(), day, demand_id)
    flash(_("已移出。已经排好的场次要另外取消，或重新排"), "success")
    return _back(day)


@access.staff
def disinvite(activity_id, expert_id):
    day = find_day(db(), activity_id)
    return _try(day, lambda: participants.disinvite(db(), me(), day, expert_id),
                _("已移出。已经排好的场次要另外取消，或重新排"))


def _try(day, act: Callable[[], object], done: str):
    """Do it, or say beside the list why not: the rows are many small forms, each on its own."""
    try:
        act()
        flash(done, "success")
    except (Invalid, Conflict) as error:
        flash(error.message, "error")
    return _back(day)


def _back(day):
    return redirect(url_for("meetings.participants", activity_id=day.activity_id))


def _terms() -> TermsForm:
    def number(name: str, label: str) -> int | None:
        typed = request.form.get(name, "").strip()
        return whole(typed, name, label) if typed else None

    return TermsForm(number("least", _("至少的场数")), number("most", _("最多的场数")),
                     request.form.get("arrives_at", ""), request.form.get("leaves_at", ""))


def _key(name: str):
    key = request.form.get(name, type=uuid.UUID)
    if key is None:
        raise Invalid(_("选一位专家"), field=name)
    return key
