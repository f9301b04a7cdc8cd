"""The groups a person may enter, and one entry: what the ledger filled in, what is missing, what to do."""

from dataclasses import dataclass

from flask import render_template, request
from sqlalchemy import select

from contests.checklist import checklist
from contests.definition import Track
from contests.entries import find_entry
from contests.entry_access import track_of
from contests.forms.glyphs import missing_glyphs
from contests.group_entries import open_groups
from contests.indicators import counted_evidence, figures
from contests.phases import PhaseState, filing_phase, standings, state
from contests.prefill import form_of, standing_evidence
from contests.seasons import definition_of
from contests.submission import REGISTRATION
from models.accounts import Role
from models.base import now
from models.contests import Entry, EntryStatus, Evidence, Season
from web import access
from web.entries import group_page
from web.entries.wording import EVIDENCE, STATUS
from web.identity import me
from web.refusals import NONE, Refusal
from web.sessions import db


@dataclass(frozen=True)
class Offer:
    """One group the person may enter: the season, the group, their evidence and their entry if they began one."""

    season: Season
    title: str
    track: Track
    evidence: list[Evidence]
    entry: Entry | None


@dataclass(frozen=True)
class GroupOffer:
    """A season whose tracks teams, organisations or collectives enter, and what the person began of it."""

    title: str
    season: Season
    tracks: list[Track]
    entries: list[tuple[Track, Entry]]


@access.member
def mine():
    seasons = db().scalars(select(Season).order_by(Season.year.desc(), Season.code)).all()
    return render_template("entries/mine.html", offers=[offer for season in seasons for offer in _offers(season)],
                           groups=[found for season in seasons if (found := _groups(season))], status=STATUS)


@access.member
def show(entry_id):
    return page(find_entry(db(), me(), entry_id))


def page(entry: Entry, refusal: Refusal = NONE):
    definition, track = track_of(entry.season, entry.track)
    if not track.role:
        return group_page.page(entry, refusal)
    own = entry.user_id == me().id
    registration = next(one for one in standings(definition, now()) if one.phase.code == REGISTRATION)
    typed = {name: request.form.get(name, getattr(entry, name)) for name in ("phone", "employer", "summary")}
    return render_template(
        "entries/show.html", entry=entry, definition=definition, track=track, own=own, typed=typed, refusal=refusal,
        errors=refusal.errors, failed=bool(refusal.problems), status=STATUS[entry.status](), evidence_status=EVIDENCE,
        open_now=registration.state is PhaseState.open, registration=registration, evidence=_evidence(entry),
        figures=figures(track, counted_evidence(db(), entry.season_id, entry.track, entry.user_id)),
        items=checklist(entry, track, definition.year), uploads={one.code: one for one in entry.materials if one.file},
        may_edit=own and entry.status in (EntryStatus.draft, EntryStatus.returned),
        glyphs=missing_glyphs(form_of(entry, track)),
        warnings=[one for one in definition.warnings if one.where.startswith(("phases.registration", "tracks.form"))],
    ), refusal.status


def _evidence(entry: Entry) -> list[Evidence]:
    """The claims on the form: those it was submitted with, else those that stand now."""
    if entry.status is EntryStatus.submitted:
        return entry.evidence
    return standing_evidence(db(), entry.season_id, entry.track, entry.user_id)


def _offers(season: Season) -> list[Offer]:
    definition = definition_of(season)
    found = {entry.track: entry for entry in db().scalars(
        select(Entry).where(Entry.season_id == season.id, Entry.user_id == me().id))}
    return [Offer(season, definition.title, track, standing_evidence(db(), season.id, track.code, me().id),
                  found.get(track.code))
            for track in definition.tracks if track.role and Role(track.role) in me().roles]


def _groups(season: Season) -> GroupOffer | None:
    """The tracks that may still be entered, with the person's own entries; None where there is neither."""
    definition = definition_of(season)
    tracks = {track.code: track for track in definition.tracks if not track.role}
    own = [(tracks[entry.track], entry) for entry in db().scalars(select(Entry).where(
        Entry.season_id == season.id, Entry.user_id == me().id).order_by(Entry.created_at)) if entry.track in tracks]
    free = [track for track in open_groups(definition)
            if state(filing_phase(definition, track), now()) is not PhaseState.over]
    return GroupOffer(definition.title, season, free, own) if free or own else None
