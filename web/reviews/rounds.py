"""One review of a group, for staff: who would read what, how far everybody is, opening, ranks side by side."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contests.review import reading
from contests.review.access import clause_of, terms_of
from contests.review.assigning import assign as give_out
from contests.review.assigning import find_round
from contests.review.opening import open_round, tampered
from contests.review.planning import outstanding, propose
from contests.review.rubric import rubric
from contests.review.scores import by_indicator, opened_sheets, standings
from models.contests import Entry
from models.errors import Conflict, Invalid, NotFound, Refused
from models.reviews import CommitteeMember, ReviewRound, RoundMode, RoundState
from web import access
from web.contests.season import title_of
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db


@access.staff
def show(round_id):
    return page(find_round(db(), round_id))


@access.staff
@limiter.limit(CONFIRM)
def assign(round_id):
    round_ = find_round(db(), round_id)
    try:
        done = give_out(db(), me(), round_)
    except (Refused, Conflict, Invalid) as error:
        db().rollback()
        return page(find_round(db(), round_id), refusal_of(error), error.clause)
    flash(_("分派好了：%(n)s 份评分表", n=len(done.pairs)), "success")
    return redirect(url_for("committees.live" if round_.mode is RoundMode.live else "committees.round",
                            round_id=round_id))


@access.staff
@limiter.limit(CONFIRM)
def open_scores(round_id):
    round_ = find_round(db(), round_id)
    try:
        open_round(db(), me(), round_, request.form.get("reason", ""))
    except (Refused, Conflict, Invalid) as error:
        db().rollback()
        return page(find_round(db(), round_id), refusal_of(error), error.clause)
    flash(_("已开封，分数不再变动"), "success")
    return redirect(url_for("committees.results", round_id=round_id))


@access.staff
def results(round_id):
    """Raw and calibrated ranks. Nothing while the scores are sealed."""
    round_ = find_round(db(), round_id)
    if round_.state is not RoundState.opened:
        raise NotFound(_("分数还没有开封"))
    definition, track = terms_of(round_)
    found = standings(db(), round_)
    names = {entry.id: entry for entry in db().query(Entry).filter(
        Entry.season_id == round_.season_id, Entry.track == round_.track)}
    judges = {member.id: member for member in round_.committee.members}
    return render_template(
        "reviews/results.html", round=round_, definition=definition, track=track, title=title_of(definition),
        result=found, entries=names, judges=judges, criteria=rubric(track),
        scores=by_indicator(opened_sheets(db(), round_)), tampered=tampered(db(), round_), clause=clause_of(round_))


def page(round_: ReviewRound, refusal: Refusal = NONE, clause: str | None = None):
    definition, track = terms_of(round_)
    opened = round_.state is RoundState.opened
    proposal = None if opened else propose(db(), round_)
    return render_template(
        "reviews/round.html", round=round_, definition=definition, track=track, title=title_of(definition),
        criteria=rubric(track), proposal=proposal, lines=_loads(proposal), progress=reading.progress(db(), round_),
        waiting=[] if opened else outstanding(db(), round_), recusals=reading.recusals_of(db(), round_),
        clause=clause or clause_of(round_), refusal=refusal, errors=refusal.errors,
        failed=bool(refusal.problems)), refusal.status


def _loads(proposal) -> list[tuple[CommitteeMember, int, int]]:
    """Member, load, how many entries a conflict keeps from them."""
    if proposal is None:
        return []
    kept = [member for member, _entry in proposal.blocked]
    return [(member, proposal.loads.get(member.id, 0), kept.count(member.id)) for member in proposal.members]
