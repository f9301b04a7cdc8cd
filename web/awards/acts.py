"""What staff do about a group's awards: seal its terms, propose a list, decide somebody else's, take one back."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contests.selection import decision, sealing
from contests.selection.ballot import Ballot
from models.awards import AwardProposal
from models.contests import Season
from models.errors import Conflict, DomainError, Forbidden, Invalid, Refused
from web import access
from web.awards import wording
from web.awards.views import ballot_of, find_group, page
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, refusal_of
from web.seasons.finding import find_season
from web.sessions import db

REFUSALS = (Invalid, Conflict, Refused, Forbidden)


@access.staff
@limiter.limit(CONFIRM, methods=["POST"])
def seal(season_id, track):
    """A page of its own that shows what is sealed and asks once more."""
    season, refusal = find_season(season_id), NONE
    if request.method == "POST":
        try:
            row = sealing.seal(db(), me(), season, track, minutes=request.form.get("minutes", ""),
                               version=request.form.get("version", 0, type=int))
            flash(_("已封存，台账第 %(n)s 条。从现在起谁也改不了", n=row.ledger_index), "success")
            return redirect(url_for("awards.show", season_id=season.id, track=track))
        except (Invalid, Conflict, Refused) as error:
            refusal = refusal_of(error)
    group = find_group(season, track, Ballot())
    return render_template("awards/seal.html", group=group, season=season, definition=group.definition,
                           track=group.track, words=wording, refusal=refusal, errors=refusal.errors,
                           failed=bool(refusal.problems)), refusal.status


@access.staff
@limiter.limit(CONFIRM)
def propose(season_id, track):
    season = find_season(season_id)
    return _act(season, track, lambda: decision.propose(
        db(), me(), season, track, ballot=ballot_of(request.form), minutes=request.form.get("minutes", ""),
        seen=request.form.get("seen", "")), _("已拟出名单，请另一位同事审定"))


@access.staff
@limiter.limit(CONFIRM)
def decide(season_id, track):
    season = find_season(season_id)
    return _act(season, track, lambda: decision.decide(db(), me(), _proposal(season, track)), _("已评定，写进了台账"))


@access.staff
@limiter.limit(CONFIRM)
def drop(season_id, track):
    season = find_season(season_id)
    return _act(season, track, lambda: decision.drop(db(), me(), _proposal(season, track)), _("已撤回，可以重新拟"))


def _act(season: Season, track: str, act, done: str):
    """Do it; a refusal shows the list again with the reason."""
    try:
        act()
    except REFUSALS as error:
        return page(season, track, _typed(), refusal_of(error))
    flash(done, "success")
    return redirect(url_for("awards.show", season_id=season.id, track=track))


def _typed() -> Ballot:
    try:
        return ballot_of(request.form)
    except DomainError:
        return Ballot()


def _proposal(season: Season, track: str) -> AwardProposal:
    found = decision.proposed(db(), season.id, track)
    if found is None:
        raise Conflict(_("没有等着审定的名单，可能刚被审定或撤回"))
    return found
