"""现场亮分: the staff's stage (and what hangs on the wall), and the page every judge has open."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select

from contests.review import live, reading
from contests.review.access import clause_of, terms_of
from contests.review.assigning import find_round
from contests.review.rubric import rubric
from contests.review.scores import standings, totals
from models.accounts import Role
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.reviews import CommitteeMember, LiveTurn, ReviewRound, ReviewSheet, RoundMode
from web import access
from web.contests.season import title_of
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db


@access.staff
def stage(round_id):
    return page(_live(round_id))


@access.staff
@limiter.limit(CONFIRM)
def call(round_id):
    round_ = _live(round_id)
    try:
        turn = live.call_next(db(), me(), round_)
    except Conflict as error:
        db().rollback()
        return page(_live(round_id), refusal_of(error))
    flash(_("第 %(n)s 位上场", n=turn.position), "success")
    return redirect(url_for("committees.live", round_id=round_id))


@access.staff
@limiter.limit(CONFIRM)
def close(round_id, turn_id):
    round_ = _live(round_id)
    try:
        live.close_turn(db(), me(), live.find_turn(db(), round_, turn_id), request.form.get("reason", ""))
    except (Conflict, Invalid) as error:
        db().rollback()
        return page(_live(round_id), refusal_of(error))
    flash(_("已亮分"), "success")
    return redirect(url_for("committees.live", round_id=round_id))


@access.roles(Role.reviewer)
def judge(round_id):
    """What a judge does now: score who is on stage, wait, or look at what was revealed."""
    round_ = _live(round_id)
    seat = db().scalar(select(CommitteeMember).where(CommitteeMember.committee_id == round_.committee_id,
                                                     CommitteeMember.user_id == me().id))
    if seat is None:
        raise Forbidden(_("您不是这一场的评委"), clause=clause_of(round_))
    turn = live.current_turn(db(), round_)
    own = turn and db().scalar(select(ReviewSheet).join(ReviewSheet.member).where(
        ReviewSheet.round_id == round_.id, ReviewSheet.entry_id == turn.entry_id, CommitteeMember.user_id == me().id,
        ReviewSheet.released_at.is_(None)))
    return render_template("reviews/judge.html", **_stage(round_, turn), own=own)


def page(round_: ReviewRound, refusal: Refusal = NONE):
    return render_template("reviews/stage.html", **_stage(round_, live.current_turn(db(), round_)), refusal=refusal,
                           errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


def _stage(round_: ReviewRound, turn: LiveTurn | None) -> dict:
    """How many judges are in, the turn revealed last with everybody's scores, the ranking so far."""
    definition, track = terms_of(round_)
    order = live.turns(db(), round_)
    shown = [one for one in order if one.revealed_at]
    last = max(shown, key=lambda one: one.revealed_at, default=None)
    given, done = _counts(round_, turn) if turn else (0, 0)
    return {"round": round_, "definition": definition, "track": track, "title": title_of(definition), "turn": turn,
            "turns": order, "given": given, "done": done, "last": last, "result": standings(db(), round_),
            "names": {one.entry_id: one.entry.name for one in order},
            "criteria": rubric(track), "totals": totals(db(), round_, last.entry_id) if last else {},
            "revealed": reading.sheets_of_entry(db(), round_, last.entry_id) if last else []}


def _counts(round_: ReviewRound, turn: LiveTurn) -> tuple[int, int]:
    given, done = db().execute(select(func.count(ReviewSheet.id), func.count(ReviewSheet.submitted_at)).where(
        ReviewSheet.round_id == round_.id, ReviewSheet.entry_id == turn.entry_id,
        ReviewSheet.released_at.is_(None))).one()
    return given, done


def _live(round_id) -> ReviewRound:
    round_ = find_round(db(), round_id)
    if round_.mode is not RoundMode.live:
        raise NotFound(_("这一轮不是现场亮分"))
    return round_
