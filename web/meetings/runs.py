"""Ask the worker for a plan, relax what binds and ask again, publish."""

import uuid

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _

from engagements.meetings import participants, plans, setup
from engagements.meetings.publication import publish as publish_plan
from jobs import notify
from matching.days.remedies import Remedy
from models.errors import Conflict, Invalid, NotFound
from models.meetings import MatchingDay
from web import access
from web.identity import me
from web.sessions import after_commit, db


@access.staff
def arrange(activity_id):
    day = setup.find_day(db(), activity_id)
    return _ask(day)


@access.staff
def relax(activity_id):
    """One press: the remedy that the leftovers list named, and a new plan with it."""
    day = setup.find_day(db(), activity_id)
    try:
        _relax(day, request.form.get("remedy", ""), request.form.get("subject", type=uuid.UUID))
    except (Invalid, Conflict) as error:
        flash(error.message, "error")
        return _back(day)
    return _ask(day)


@access.staff
def publish(activity_id):
    day = setup.find_day(db(), activity_id)
    plan_id = request.form.get("plan_id", type=uuid.UUID)
    if plan_id is None:
        raise NotFound(_("没有找到这一版日程"))
    told = publish_plan(db(), me(), plans.find_plan(db(), day, plan_id))
    flash(_("已发布，通知了 %(n)s 人", n=told), "success")
    return _back(day)


def _relax(day: MatchingDay, remedy: str, subject: uuid.UUID | None) -> None:
    session, actor = db(), me()
    whole = {Remedy.slot: setup.add_slot, Remedy.table: setup.add_table}
    if remedy in whole:
        whole[Remedy(remedy)](session, actor, day)
    elif remedy == Remedy.expert_load and subject:
        participants.raise_limit(session, actor, day, expert_id=subject)
    elif remedy == Remedy.demand_most and subject:
        participants.raise_limit(session, actor, day, demand_id=subject)
    elif remedy == Remedy.expert_hours and subject:
        participants.stay_all_day(session, actor, day, expert_id=subject)
    elif remedy == Remedy.firm_hours and subject:
        participants.stay_all_day(session, actor, day, organisation_id=subject)
    else:
        raise Invalid(_("没有这种放宽的办法"), field="remedy")


def _ask(day: MatchingDay):
    settings = current_app.extensions["settings"]
    plans.request_plan(db(), me(), day)
    after_commit(lambda: notify.plan_requested(settings))
    return _back(day)


def _back(day: MatchingDay):
    return redirect(url_for("meetings.show", activity_id=day.activity_id))
