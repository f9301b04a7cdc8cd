"""The plan as staff look at it: by table, by enterprise or by expert; what was left out; which places came free."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask_babel import gettext as _

from engagements.meetings import participants, plans
from engagements.meetings.clock import Slot, slots_of
from engagements.meetings.offers import offers
from engagements.meetings.reading import meetings_of
from engagements.meetings.setup import find_day
from models.base import today
from models.meetings import MatchingDay, Meeting, MeetingPlan, PlanState
from web import access
from web.meetings.wording import reasons
from web.sessions import db

BY = ("table", "firm", "expert")
LISTED = 100
"""Leftovers shown at once; the rest are counted."""


@dataclass(frozen=True)
class Line:
    """One table, enterprise or expert: a cell a slot, None where there is no meeting."""

    name: str
    note: str
    cells: list[Meeting | None]


@access.staff
def show(activity_id):
    day = find_day(db(), activity_id)
    newest, plan = plans.newest_plan(db(), day), plans.base_of(db(), day)
    by = request.args.get("by") if request.args.get("by") in BY else "table"
    found = meetings_of(db(), plan)
    left = reasons(db(), day, plan) if plan else []
    return render_template(
        "meetings/show.html", day=day, activity=day.activity, plan=plan, newest=newest, slots=slots_of(day), by=by,
        lines=lines(day, slots_of(day), found, by), tabs=_tabs(day, by), left=left[:LISTED], more=len(left) - LISTED,
        freed=_freed(plan, found), asked=len(participants.demands(db(), day)),
        guests=len(participants.guests(db(), day)), waiting=newest is not None and newest.state is PlanState.queued,
        failed_run=newest is not None and newest.state is PlanState.failed, tally=_tally(found),
        today_or_past=day.activity.held_on <= today())


def lines(day: MatchingDay, slots: list[Slot], found: list[Meeting], by: str) -> list[Line]:
    """The live meetings as a grid, a row a table, enterprise or expert in order of its name."""
    live = [one for one in found if one.live]
    named: dict[tuple, dict[int, Meeting]] = {}
    for one in live:
        named.setdefault(_row(one, by), {})[one.slot] = one
    width = max([len(slots), *(one.slot + 1 for one in live)])
    return [Line(_("%(n)s 号桌", n=name + 1) if by == "table" else name, note, [held.get(at) for at in range(width)])
            for (name, note), held in sorted(named.items(), key=lambda item: item[0])]


def _row(one: Meeting, by: str) -> tuple:
    if by == "table":
        return one.table, ""
    if by == "firm":
        return one.demand.organisation.display_name, ""
    return one.expert.name, one.expert.organisation.display_name


def _tabs(day: MatchingDay, by: str) -> list[dict]:
    words = (("table", _("按桌")), ("firm", _("按企业")), ("expert", _("按专家")))
    return [{"text": text, "on": by == name, "url": url_for("meetings.show", activity_id=day.activity_id, by=name,
                                                            _anchor="grid")} for name, text in words]


def _freed(plan: MeetingPlan | None, found: list[Meeting]) -> list[tuple[Meeting, list]]:
    """Freed places, each with who could take it."""
    offered = offers(db(), plan) if plan else {}
    return [(one, offered[one.id]) for one in found if one.id in offered]


def _tally(found: list[Meeting]) -> dict[str, int]:
    live = [one for one in found if one.live]
    return {"live": len(live), "enterprise": sum(one.enterprise_confirmed_at is not None for one in live),
            "expert": sum(one.expert_confirmed_at is not None for one in live),
            "held": sum(one.state == "held" for one in live), "missed": sum(one.state == "missed" for one in live)}


