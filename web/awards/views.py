"""The list of a group: ranks, points and grades under its terms, what left each one out, and what is next."""

import uuid
from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from contests.definition import Definition, Track
from contests.entry_access import track_of
from contests.parts import Clause
from contests.selection.ballot import Ballot, digest
from contests.selection.choice import Selection, select
from contests.selection.decision import awards, proposed
from contests.selection.defined import terms_of
from contests.selection.readiness import gaps
from contests.selection.sealing import sealed
from contests.selection.standing import Standing, standing
from contests.selection.succession import Step, fallen, steps
from contests.selection.terms import Terms, from_document
from models.awards import Award, AwardProposal, SealedTerms
from models.contests import Season
from models.errors import Invalid, Refused
from web import access, paging
from web.awards import wording
from web.identity import me
from web.refusals import NONE, Refusal, refusal_of
from web.seasons.finding import find_season, warnings_at
from web.sessions import db

PAGE_SIZE = 50


@dataclass(frozen=True)
class Group:
    """A group on its way to awards. `terms` is None, and `missing` says why, while something is not set."""

    season: Season
    definition: Definition
    track: Track
    seal: SealedTerms | None
    terms: Terms | None
    missing: Refused | None
    field: Standing
    selection: Selection | None
    proposal: AwardProposal | None
    awards: list[Award]
    steps: list[Step]
    """What follows an award that was taken back, once the group is decided."""
    gaps: list[tuple[str, Clause]]

    @property
    def digest(self) -> str:
        return digest(self.selection) if self.selection else ""


@access.staff
def show(season_id, track):
    season = find_season(season_id)
    try:
        return page(season, track, ballot_of(request.args))
    except Invalid as error:
        return page(season, track, Ballot(), refusal_of(error))


def find_group(season: Season, code: str, ballot: Ballot) -> Group:
    """Everything the pages of a group show. NotFound for a group the contest does not have."""
    definition, track = track_of(season, code)
    seal, proposal = sealed(db(), season.id, code), proposed(db(), season.id, code)
    ballot = Ballot.read(proposal.ballot) if proposal else ballot
    terms, missing = _terms(definition, track, seal)
    field = standing(db(), season, track, excluded=ballot.excluded | fallen(db(), season, code))
    selection = select(terms, field.candidates, ballot.order) if terms else None
    held = awards(db(), season.id, code)
    return Group(season, definition, track, seal, terms, missing, field, selection, proposal, held,
                 steps(selection, held) if held and selection else [], gaps(db(), season, definition, track))


def page(season: Season, code: str, ballot: Ballot, refusal: Refusal = NONE):
    """The list with the committee's order among equals and without those it shuts out: a look, nothing is written."""
    group = find_group(season, code, ballot)
    placed = group.selection.placed if group.selection else ()
    shown = paging.asked(len(placed), PAGE_SIZE)
    return render_template(
        "awards/show.html", group=group, season=season, definition=group.definition, track=group.track,
        rows=placed[shown.offset:shown.offset + shown.size], page=shown, words=wording, typed=request.form,
        ballot=ballot, sanctioned=_sanctioned(group), mine=_is_mine(group.proposal),
        by_entry={award.entry_id: award for award in group.awards},
        grades={award.code: award.name for award in group.track.awards},
        warnings=warnings_at(group.definition, "indicators.", f"tracks.{code}.indicators"),
        refusal=refusal, errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


def ballot_of(form: MultiDict) -> Ballot:
    """The committee's order among equals (order.<entry>) and the entries it shuts out (excluded), as typed."""
    order = {_entry(name.removeprefix("order.")): _place(name, text.strip())
             for name, text in form.items() if name.startswith("order.") and text.strip()}
    return Ballot(order, frozenset(map(_entry, form.getlist("excluded"))))


def _entry(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Invalid(_("没有这份报名"), field="order") from None


def _place(name: str, text: str) -> int:
    if not text.isdecimal() or len(text) > 4 or int(text) < 1:
        raise Invalid(_("并列的次序写 1、2、3……"), field=name)
    return int(text)


def _terms(definition: Definition, track: Track, seal: SealedTerms | None) -> tuple[Terms | None, Refused | None]:
    if seal is not None:
        return from_document(seal.terms), None
    try:
        return terms_of(definition, track), None
    except Refused as refused:
        return None, refused


def _is_mine(proposal: AwardProposal | None) -> bool:
    return proposal is not None and proposal.proposed_by_id == me().id


def _sanctioned(group: Group) -> list[tuple[uuid.UUID, str]]:
    """The false filings of the group, whether shut out or not: entry and name."""
    everybody = standing(db(), group.season, group.track).entrants
    return [(key, one.name) for key, one in everybody.items() if one.sanctioned]
