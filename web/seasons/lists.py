"""The seasons, with a form that opens one; and the contracts behind a season's figures."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select

from contests.adopted import adopted_codes, known_definition
from contests.catalogue import codes
from contests.season_contracts import SeasonContract, season_contracts, sums
from contests.season_settings import open_season
from contests.seasons import definition_of, unsaid
from models.accounts import Role
from models.base import today
from models.contests import Entry, EntryStatus, Season
from models.errors import Conflict, Invalid, NotFound
from web import access, paging
from web.contests.season import SeasonCard, present, seasons
from web.identity import has_role, me
from web.limits import CONFIRM, limiter
from web.names import district
from web.refusals import NONE, refusal_of
from web.seasons.finding import find_season
from web.sessions import db

PAGE_SIZE = 20
STATES = {"all": lambda _one: True, "verified": lambda one: one.verified, "pending": lambda one: not one.verified}


@dataclass(frozen=True)
class Line:
    """One season in the list. `entries`: (group, how many submitted) in the definition's order."""

    season: Season
    card: SeasonCard
    entries: list[tuple[str, int]]
    missing: int


@access.staff
@limiter.limit(CONFIRM, methods=["POST"])
def index():
    refusal = NONE
    if request.method == "POST":
        try:
            season = open_season(db(), me(), request.form.get("code", ""), _year())
            flash(_("已开出 %(year)s 年这一届，接着把通知没写的定下来", year=season.year), "success")
            return redirect(url_for("seasons.settings", season_id=season.id))
        except (Invalid, Conflict) as error:
            refusal = refusal_of(error)
    contests = [(code, known_definition(db(), code).title) for code in [*codes(), *adopted_codes(db())]]
    return render_template("seasons/list.html", lines=_lines(), contests=contests,
                           typed=request.form, this_year=today().year, refusal=refusal, errors=refusal.errors,
                           failed=bool(refusal.problems)), refusal.status


@access.staff
def contracts(season_id):
    """The contracts that the dashboard's figures add up, each once."""
    season, state = find_season(season_id), request.args.get("state", "all")
    if state not in STATES:
        raise NotFound(_("没有这种状态"))
    every = season_contracts(db(), season)
    found = {name: [one for one in every if keep(one)] for name, keep in STATES.items()}
    page = paging.asked(len(found[state]), PAGE_SIZE)
    present_definition = definition_of(season)
    return render_template(
        "seasons/contracts.html", season=season, definition=present_definition, state=state, page=page,
        may_verify=has_role(Role.staff),
        counts={name: len(ones) for name, ones in found.items()}, sums=sums(found[state]), district=_district,
        tracks={track.code: track.name for track in present_definition.tracks},
        contracts=found[state][page.offset:page.offset + page.size])


def _lines() -> list[Line]:
    submitted = {(season_id, track): number for season_id, track, number in db().execute(
        select(Entry.season_id, Entry.track, func.count()).where(Entry.status == EntryStatus.submitted)
        .group_by(Entry.season_id, Entry.track))}
    return [_line(season, submitted) for season in seasons(db())]


def _line(season: Season, submitted: dict) -> Line:
    card = present(season)
    return Line(season, card, [(track.name, submitted.get((season.id, track.code), 0))
                               for track in card.definition.tracks], len(unsaid(card.definition)))


def _year() -> int:
    typed = request.form.get("year", "").strip()
    if not typed.isdecimal() or len(typed) > 4:
        raise Invalid(_("年份写四位数，比如 %(year)s", year=today().year), field="year")
    return int(typed)


def _district(one: SeasonContract) -> str:
    return district(one.contract.engagement.demand.district_code)
