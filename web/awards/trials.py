"""试算: change a weight, a cut-off, a number of places or a cap, and see who would move. Nothing is written."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from flask import render_template, request
from flask_babel import gettext as _

from contests.definition import Definition, Track
from contests.parts import UNSAID
from contests.selection.ballot import Ballot
from contests.selection.defined import Changes, awards_of, quotas_of, terms_of
from contests.selection.simulation import Change, Simulation, simulate
from contests.selection.terms import Terms
from ingestion.findings import Findings
from models.errors import Invalid, Refused
from models.figures import percent, plain
from web import access, paging
from web.awards import wording
from web.awards.views import PAGE_SIZE, Group, find_group
from web.refusals import NONE, refusal_of
from web.seasons.finding import find_season

MOST = 9999
TRIED = {"weight", "places", "cutoff", "cap"}
"""What the names of boxes begin with. Where terms lack, who has typed none of them yet is asked, not refused."""


@dataclass(frozen=True)
class Box:
    """One value to try. `present`: what is set now, as text; empty where nothing is."""

    name: str
    label: str
    present: str


@access.staff
def show(season_id, track):
    group, refusal, found = find_group(find_season(season_id), track, Ballot()), NONE, None
    boxes = _boxes(group.definition, group.track)
    if group.terms is not None or any(name.partition(".")[0] in TRIED for name in request.args):
        try:
            found = _simulate(group, _changes(boxes))
        except (Invalid, Refused) as error:
            refusal = refusal_of(error)
    moves = [] if found is None else (found.moved() if request.args.get("show") != "all" else found.moves)
    shown = paging.asked(len(moves), PAGE_SIZE)
    return render_template(
        "awards/trial.html", group=group, season=group.season, definition=group.definition, track=group.track,
        boxes=boxes, typed=request.args, trial=found, moves=moves[shown.offset:shown.offset + shown.size], page=shown,
        counts=_counts(found), words=wording, show_all=request.args.get("show") == "all", refusal=refusal,
        errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


def _simulate(group: Group, changes: Changes) -> Simulation:
    """Against the terms as they stand; where these are not complete yet, the trial stands alone."""
    changed = terms_of(group.definition, group.track, changes)
    present: Terms = group.terms or changed
    return simulate(present, changed, group.field.candidates)


def _counts(found: Simulation | None) -> list[tuple[Change, int]]:
    moved = [] if found is None else [move.change for move in found.moved()]
    return [(change, moved.count(change)) for change in Change if change is not Change.same]


def _boxes(definition: Definition, track: Track) -> dict[str, list[Box]]:
    """The values that may be tried, by what they are."""
    awards = awards_of(track)
    return {
        _("权重，写百分数"): [Box(f"weight.{one.code}", one.name, _said(one.weight, percent))
                       for one in track.indicators],
        _("名额"): [Box(f"places.{one.code}", one.name, _said(one.places)) for one in awards if one.places is not None],
        _("分数线"): [Box(f"cutoff.{one.code}", one.name, _said(one.cutoff, plain))
                    for one in awards if one.cutoff is not None],
        _("限额"): [Box(f"cap.{one.code}", one.name, _said(one.most)) for one in quotas_of(definition, track)],
    }


def _said(value, told=str) -> str:
    return "" if value == UNSAID else told(value)


def _changes(boxes: dict[str, list[Box]]) -> Changes:
    """What was typed, by name; an empty box keeps what is set. Invalid names every fault."""
    found, changes = Findings(), {}
    for box in (box for members in boxes.values() for box in members):
        typed = normalize("NFKC", request.args.get(box.name, "")).strip().removesuffix("%")
        if typed and (value := found.check(_read, box, typed)) is not None:
            changes[box.name] = value
    found.settle()
    return changes


def _read(box: Box, typed: str) -> Decimal | int:
    if box.name.startswith(("places.", "cap.")):
        if not typed.isdecimal() or int(typed) > MOST:
            raise Invalid(_("%(label)s写 0 到 %(most)s 的整数", label=box.label, most=MOST), field=box.name)
        return int(typed)
    try:
        value = Decimal(typed)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 <= value <= 100 or value != round(value, 2):
        raise Invalid(_("%(label)s写 0 到 100 的数，最多两位小数", label=box.label), field=box.name)
    return value / 100 if box.name.startswith("weight.") else value
