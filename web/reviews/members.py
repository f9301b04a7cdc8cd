"""Staff seat people on a committee, end or hand on a term, and record what its meetings decided."""

import datetime as dt

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contests.review.access import in_force
from contests.review.committees import MemberForm, add_member, end_term, find_committee, record_minutes, replace_member
from contests.review.reading import rounds_of
from contests.review.recusals import release_left
from ingestion import amounts, files
from models.base import today
from models.errors import Conflict, Invalid, NotFound
from models.reviews import CommitteeMember, RoundState
from web import access
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, refusal_of
from web.reviews.committees import page
from web.sessions import db

PARTS = ("year", "month", "day")


@access.staff
@limiter.limit(CONFIRM)
def seat(committee_id):
    committee = find_committee(db(), committee_id)
    try:
        member = add_member(db(), me(), committee, form())
    except Invalid as error:
        return page(committee, refusal_of(error))
    flash(_("%(name)s已是委员，会收到消息", name=member.user.name), "success")
    return redirect(url_for("committees.show", committee_id=committee.id))


@access.staff
@limiter.limit(CONFIRM)
def minutes(committee_id):
    committee = find_committee(db(), committee_id)
    try:
        upload, stored = request.files.get("file"), None
        if upload is not None and upload.filename:
            stored = files.store(db(), current_app.extensions["settings"], me(), upload.filename, upload.stream, "file")
        record_minutes(db(), me(), committee, day_of("held_on", _("会议日期")), request.form.get("title", ""),
                       request.form.get("text", ""), stored)
    except Invalid as error:
        return page(committee, refusal_of(error))
    flash(_("会议纪要已登记"), "success")
    return redirect(url_for("committees.show", committee_id=committee.id) + "#minutes")


@access.staff
@limiter.limit(CONFIRM, methods=["POST"])
def leave(member_id):
    """End a term, with or without somebody who follows. What was not handed in goes back to be given to others."""
    member, refusal = _find(member_id), NONE
    if request.method == "POST":
        try:
            _leave(member)
            flash(_("已登记"), "success")
            return redirect(url_for("committees.show", committee_id=member.committee_id))
        except (Invalid, Conflict) as error:
            db().rollback()
            member, refusal = _find(member_id), refusal_of(error)
    return render_template("reviews/member.html", member=member, committee=member.committee, today=today(),
                           refusal=refusal, errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


def _leave(member: CommitteeMember) -> None:
    reason = request.form.get("reason", "")
    if request.form.get("account", "").strip():
        replace_member(db(), me(), member, reason, form())
    else:
        end_term(db(), me(), member, day_of("since", _("离任日期")), reason)
    for round_ in rounds_of(db(), member.committee.season):
        scoring = round_.committee_id == member.committee_id and round_.state is RoundState.scoring
        if scoring and not in_force(member):
            release_left(db(), me(), round_, member)


def form() -> MemberForm:
    field = request.form.get
    return MemberForm(field("account", ""), field("kind", ""), field("organisation", ""),
                      day_of("since", _("任职日期")), "chair" in request.form)


def day_of(name: str, label: str) -> dt.date:
    day = amounts.day(*(request.form.get(f"{name}-{part}", "") for part in PARTS), name, label)
    if day is None:
        raise Invalid(_("写%(label)s", label=label), field=name)
    return day


def _find(member_id) -> CommitteeMember:
    member = db().get(CommitteeMember, member_id)
    if member is None:
        raise NotFound(_("没有找到这位委员"))
    return member
