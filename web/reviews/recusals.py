"""Staff record for a member that they do not judge an entry: told by phone, or found by staff themselves."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from contests.review import reading, recusals
from contests.review.access import clause_of, in_force, terms_of
from contests.review.assigning import find_round
from models.contests import Entry, EntryStatus
from models.errors import Conflict, Invalid
from models.reviews import ReviewRound, RoundState
from web import access
from web.contests.season import title_of
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db


@access.staff
@limiter.limit(CONFIRM, methods=["POST"])
def record(round_id):
    round_, refusal = find_round(db(), round_id), NONE
    if request.method == "POST":
        try:
            other = recusals.recuse(db(), me(), round_, _chosen(round_.committee.members, "member", _("选一位评委")),
                                    _chosen(_entries(round_), "entry", _("选一份报名")), request.form.get("reason", ""))
            flash(_("已登记回避，由%(name)s来评", name=other.user.name) if other else _("已登记回避"), "success")
            return redirect(url_for("committees.round", round_id=round_id))
        except (Invalid, Conflict) as error:
            db().rollback()
            round_, refusal = find_round(db(), round_id), refusal_of(error)
    return _page(round_, refusal)


def _page(round_: ReviewRound, refusal: Refusal):
    definition, track = terms_of(round_)
    members = [(str(one.id), f"{one.user.name}（{one.organisation}）") for one in round_.committee.members
               if in_force(one)]
    return render_template(
        "reviews/recusals.html", round=round_, track=track, title=title_of(definition), members=members,
        entries=[(str(one.id), f"{one.name}　{one.employer}") for one in _entries(round_)], clause=clause_of(round_),
        recorded=reading.recusals_of(db(), round_), opened=round_.state is RoundState.opened, typed=request.form,
        refusal=refusal, errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


def _entries(round_: ReviewRound) -> list[Entry]:
    return list(db().scalars(select(Entry).where(
        Entry.season_id == round_.season_id, Entry.track == round_.track, Entry.status == EntryStatus.submitted)
        .order_by(Entry.name, Entry.id)))


def _chosen(rows, field: str, missing: str):
    typed = request.form.get(field, "")
    found = next((row for row in rows if str(row.id) == typed), None)
    if found is None:
        raise Invalid(missing, field=field)
    return found
