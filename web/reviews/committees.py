"""The committees and reviews of a season, for staff: form one, look at one, plan a review of a group."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contests.review import reading
from contests.review.access import in_force
from contests.review.assigning import plan_round
from contests.review.committees import find_committee, form_committee
from contests.seasons import definition_of
from models.base import today
from models.errors import Conflict, Invalid, NotFound
from models.reviews import Committee, RoundMode
from web import access
from web.contests.season import title_of
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.seasons.finding import find_season
from web.sessions import db


@access.staff
@limiter.limit(CONFIRM, methods=["POST"])
def season(season_id):
    found, refusal = find_season(season_id), NONE
    definition = definition_of(found)
    if request.method == "POST":
        try:
            made = form_committee(db(), me(), found, request.form.get("name", ""))
            flash(_("已建好，接着请委员"), "success")
            return redirect(url_for("committees.show", committee_id=made.id))
        except Invalid as error:
            refusal = refusal_of(error)
    committees = [(one, sum(in_force(member) for member in one.members)) for one in reading.committees_of(db(), found)]
    return render_template(
        "reviews/season.html", season=found, definition=definition, title=title_of(definition),
        named=definition.committees, committees=committees, rounds=reading.rounds_of(db(), found),
        tracks={track.code: track.name for track in definition.tracks}, refusal=refusal, errors=refusal.errors,
        failed=bool(refusal.problems)), refusal.status


@access.staff
def show(committee_id):
    return page(find_committee(db(), committee_id))


@access.staff
@limiter.limit(CONFIRM)
def plan(committee_id):
    """A review of one group by this committee."""
    committee = find_committee(db(), committee_id)
    try:
        mode = RoundMode.live if request.form.get("mode") == "live" else RoundMode.written
        made = plan_round(db(), me(), committee.season, committee, request.form.get("track", ""), mode=mode,
                          reviews=_reviews() if mode is RoundMode.written else 0)
    except (Invalid, Conflict) as error:
        return page(committee, refusal_of(error))
    except NotFound as error:
        return page(committee, refusal_of(Invalid(error.message, field="track")))
    flash(_("已建好这一轮评审，看过分派再开始"), "success")
    return redirect(url_for("committees.round", round_id=made.id))


def page(committee: Committee, refusal: Refusal = NONE):
    """The committee with every form of it; a refused one keeps what was typed."""
    definition = definition_of(committee.season)
    described = next((one for one in definition.committees if one.name == committee.name), None)
    kinds = {one.name: None for part in ([described] if described else definition.committees) for one in part.classes}
    kinds |= {member.kind: None for member in committee.members}
    rounds = reading.rounds_of(db(), committee.season)
    taken = {one.track for one in rounds}
    return render_template(
        "reviews/committee.html", committee=committee, season=committee.season, title=title_of(definition),
        definition=definition, described=described, kinds=list(kinds), in_force=in_force,
        rounds=[one for one in rounds if one.committee_id == committee.id],
        tracks={track.code: track.name for track in definition.tracks},
        free=[(track.code, track.name) for track in definition.tracks if track.code not in taken],
        today=today(), refusal=refusal, errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


def _reviews() -> int:
    typed = request.form.get("reviews", "").strip()
    if not typed.isdecimal() or len(typed) > 3:
        raise Invalid(_("每份报名由几位评委评，写一个数，比如 3"), field="reviews")
    return int(typed)
