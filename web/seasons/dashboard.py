"""One season at a glance: phases, what is not set, figures, entrants with their evidence, what to do today."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask_babel import gettext as _

from contests.definition import Definition, Track
from contests.phases import PhaseState, Standing, standings
from contests.roster import Entrant, entrants
from contests.season_contracts import season_contracts, sums
from contests.seasons import definition_of, unsaid
from models.base import now
from models.contests import EntryStatus, Season
from models.errors import NotFound
from web import access, paging
from web.contests.season import present
from web.entries.wording import STATUS
from web.seasons import charts
from web.seasons.finding import find_season, warnings_at
from web.seasons.gaps import gaps
from web.seasons.phase_bar import phase_bar
from web.sessions import db

PAGE_SIZE = 20
SHOWN = {
    "all": lambda one: True, "gaps": lambda one: one.submitted and bool(one.missing),
    "paper": lambda one: one.submitted and one.entry.paper_received_on is None,
    "returned": lambda one: one.entry.status is EntryStatus.returned,
}
"""Which entrants the table shows."""
ORDERS = {"amount": lambda one: -one.amount, "projects": lambda one: -one.projects,
          "realised": lambda one: -(one.realised or 0), "expected": lambda one: -one.expected}


@dataclass(frozen=True)
class Task:
    """Something that waits for staff."""

    text: str
    number: int
    url: str


@access.staff
def show(season_id):
    season = find_season(season_id)
    definition, shown, order = definition_of(season), _asked("show", SHOWN), _asked("sort", ORDERS, "amount")
    track = _track(definition)
    people = {one.code: entrants(db(), season, one) for one in definition.tracks}
    rows = sorted(filter(SHOWN[shown], people[track.code]), key=lambda one: (not one.submitted, ORDERS[order](one)))
    page = paging.asked(len(rows), PAGE_SIZE)
    contracts = season_contracts(db(), season)
    return render_template(
        "seasons/show.html", season=season, card=present(season), definition=definition, track=track, shown=shown,
        order=order, people=people, rows=rows[page.offset:page.offset + page.size], page=page,
        submitted={code: [one for one in found if one.submitted] for code, found in people.items()},
        verified=sums([one for one in contracts if one.verified]), pending=sum(not one.verified for one in contracts),
        tasks=_tasks(season, definition, people), phases=phase_bar(definition), due=_due(definition), gaps=gaps,
        kinds=_kinds, warnings_at=warnings_at, status=STATUS, unset=len(unsaid(definition)),
        charts=[charts.daily(season, definition, people, contracts), charts.districts(contracts)])


def _tasks(season: Season, definition: Definition, people: dict[str, list[Entrant]]) -> list[Task]:
    """What waits today, group by group; nothing where nothing waits."""
    words = {"paper": _("纸质材料没收到"), "returned": _("退回后还没再交")}
    return [Task(f"{track.name}：{text}", number, url_for("seasons.show", season_id=season.id, track=track.code,
                                                        show=shown, _anchor="entrants"))
            for shown, text in words.items() for track in definition.tracks
            if (number := sum(map(SHOWN[shown], people[track.code])))]


def _due(definition: Definition) -> Standing | None:
    """The next phase that cannot begin because something is not set."""
    return next((standing for standing in standings(definition, now())
                 if standing.missing and standing.state is not PhaseState.over), None)


def _kinds(standing: Standing) -> str:
    """What kinds of values are missing, each once: 权重、名额、开始日."""
    return _("、").join(dict.fromkeys(setting.label.rsplit(" ", 1)[-1] for setting in standing.missing))


def _track(definition: Definition) -> Track:
    try:
        return definition.track(request.args.get("track", definition.tracks[0].code))
    except KeyError:
        raise NotFound(_("这届竞赛没有这个组别")) from None


def _asked(name: str, known: dict, default: str = "all") -> str:
    asked = request.args.get(name, default)
    if asked not in known:
        raise NotFound(_("没有这种看法"))
    return asked
