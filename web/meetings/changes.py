"""One meeting: pin it, move it, swap it, call it off, note on the day whether it was held; fill a free place."""

import uuid
from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engagements.meetings import answers, changes, plans
from engagements.meetings.clock import slots_of
from engagements.meetings.reading import meetings_of
from engagements.meetings.setup import find_day
from models.base import today
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.meetings import MatchingDay, Meeting, MeetingState
from web import access, names
from web.identity import me
from web.sessions import db


@access.staff
def show(activity_id, meeting_id):
    day, meeting = _found(activity_id, meeting_id)
    live = [one for one in meetings_of(db(), meeting.plan) if one.live]
    taken = {(one.slot, one.table) for one in live}
    free = [(slot, table) for slot in slots_of(day) for table in range(day.tables)
            if (slot.number, table) not in taken]
    others = [one for one in live if one.id != meeting.id and one.state is MeetingState.planned]
    return render_template("meetings/meeting.html", day=day, activity=day.activity, meeting=meeting, free=free,
                           others=others, slots=slots_of(day), states=names.MEETING_STATE,
                           markable=day.activity.held_on <= today() and meeting.plan.state == "published",
                           engagement=answers.engagement_of(db(), meeting))


@access.staff
def pin(activity_id, meeting_id):
    pinned = request.form.get("pinned") == "1"
    return _try(activity_id, meeting_id, lambda one, version: changes.pin(db(), me(), one, version, pinned),
                _("已固定，重新排的时候不动这一场") if pinned else _("已松开，重新排的时候可以动"))


@access.staff
def move(activity_id, meeting_id):
    slot, table = _place()
    return _try(activity_id, meeting_id, lambda one, version: changes.move(db(), me(), one, version, slot, table),
                _("已改好，并固定在新的位置"))


@access.staff
def swap(activity_id, meeting_id):
    other = _key("other_id")
    return _try(activity_id, meeting_id, lambda one, version: changes.swap(db(), me(), one, version, other),
                _("两场已经对换，并固定住"))


@access.staff
def cancel(activity_id, meeting_id):
    note = request.form.get("note", "")
    return _try(activity_id, meeting_id, lambda one, version: changes.cancel(db(), me(), one, version, note),
                _("已取消，位置空出来了"))


@access.staff
def mark(activity_id, meeting_id):
    held = request.form.get("held") == "1"
    return _try(activity_id, meeting_id, lambda one, version: answers.mark(db(), me(), one, version, held),
                _("已记下：谈过了") if held else _("已记下：有人没到"))


@access.staff
def fill(activity_id):
    """Put a pair into a free place of the plan that staff look at."""
    day = find_day(db(), activity_id)
    plan = plans.find_plan(db(), day, _key("plan_id"))
    slot, table = _place()
    try:
        changes.fill(db(), me(), plan, _key("demand_id"), _key("expert_id"), slot, table)
        flash(_("已补上，双方会收到消息") if plan.state == "published" else _("已补上"), "success")
    except (Conflict, Forbidden, Invalid) as error:
        flash(error.message, "error")
    return redirect(url_for("meetings.show", activity_id=day.activity_id))


def _found(activity_id: uuid.UUID, meeting_id: uuid.UUID) -> tuple[MatchingDay, Meeting]:
    """A meeting of the plan that staff look at, or of the published one."""
    day = find_day(db(), activity_id)
    meeting = db().get(Meeting, meeting_id)
    plan = meeting.plan if meeting is not None and meeting.plan.activity_id == day.activity_id else None
    return day, changes.find_meeting(db(), plan, meeting_id)


def _try(activity_id: uuid.UUID, meeting_id: uuid.UUID, act: Callable[[Meeting, int], object], done: str):
    _day, meeting = _found(activity_id, meeting_id)
    try:
        act(meeting, request.form.get("version", 0, type=int))
        flash(done, "success")
    except (Conflict, Forbidden, Invalid) as error:
        flash(error.message, "error")
    return redirect(url_for("meetings.meeting", activity_id=activity_id, meeting_id=meeting.id))


def _place() -> tuple[int, int]:
    """Slot and table from one choice, “2-5”; (-1, -1), which no day has, where nothing was chosen."""
    slot, _dash, table = request.form.get("place", "").partition("-")
    if not (slot.isascii() and slot.isdecimal() and table.isascii() and table.isdecimal() and len(slot + table) < 8):
        return -1, -1
    return int(slot), int(table)


def _key(name: str) -> uuid.UUID:
    key = request.form.get(name, type=uuid.UUID)
    if key is None:
        raise NotFound(_("没有找到所选的这一项"))
    return key
