"""The form of the day: slots, tables, breaks and limits."""

from dataclasses import asdict

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engagements.activities import find_activity
from engagements.meetings.setup import RANGES, DayForm, set_up
from ingestion.findings import Findings
from models.errors import Conflict, Invalid
from models.meetings import MatchingDay
from web import access
from web.identity import me
from web.refusals import NONE, refusal_of
from web.sessions import db


@access.staff
def edit(activity_id):
    activity, refusal = find_activity(db(), activity_id), NONE
    day = db().get(MatchingDay, activity.id)
    if request.method == "POST":
        try:
            set_up(db(), me(), activity, _form(), request.form.get("version", 0, type=int))
            flash(_("已保存。改过的设置从下一次排日程起算"), "success")
            return redirect(url_for("meetings.participants" if day is None else "meetings.show",
                                    activity_id=activity.id))
        except (Invalid, Conflict) as error:
            refusal = refusal_of(error)
    typed = request.form if request.method == "POST" else _stored(day)
    return render_template("meetings/settings.html", activity=activity, day=day, typed=typed, refusal=refusal,
                           errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


def _stored(day: MatchingDay | None) -> dict:
    if day is None:
        return asdict(DayForm()) | {"partial": "1"}
    return {name: getattr(day, name) for name in RANGES} | {"partial": "1" if day.partial else ""}


def _form() -> DayForm:
    found = Findings()
    numbers = {name: found.check(whole, request.form.get(name, ""), name, label)
               for name, (_least, _most, label) in RANGES.items()}
    found.settle()
    return DayForm(**numbers, partial=request.form.get("partial") == "1")


def whole(typed: str, field: str, label: str) -> int:
    """A whole number from a box; an empty one is 0."""
    typed = typed.strip()
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 4):
        raise Invalid(_("%(label)s写整数", label=label), field=field)
    return int(typed)
