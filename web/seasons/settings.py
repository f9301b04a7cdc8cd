"""What the notice leaves unsaid, group by group with its clause: staff set it from the minutes, none is defaulted."""

import itertools
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contests.adopted import base_of
from contests.definition import Definition
from contests.parts import Clause, Warn
from contests.season_settings import decisions, settle, standing_keys
from contests.seasons import Setting, definition_of, unsaid
from contests.selection.sealing import seals_of
from ingestion.findings import Findings
from models.contests import Season, SeasonDecision
from models.errors import Conflict, Invalid
from web import access
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.seasons import reading
from web.seasons.finding import find_season, warnings_at
from web.sessions import db


@dataclass(frozen=True)
class Row:
    """One value. `stands`: the phase that rests on it has begun or it is sealed, so it is only shown."""

    setting: Setting
    kind: str
    label: str
    boxes: object
    unset: bool
    stands: bool
    decision: SeasonDecision | None


@dataclass(frozen=True)
class Group:
    """Values that one clause leaves open, and what the notice contradicts itself in there."""

    name: str
    clause: Clause
    warnings: list[Warn]
    rows: list[Row]


@access.staff
@limiter.limit(CONFIRM, methods=["POST"])
def edit(season_id):
    season, refusal = find_season(season_id), NONE
    if request.method == "POST":
        try:
            changed = settle(db(), me(), season, _values(season), source=request.form.get("source", ""),
                             version=request.form.get("version", 0, type=int))
            flash(_("已保存 %(n)s 项", n=len(changed)) if changed else _("没有改动"), "success")
            return redirect(url_for("seasons.settings", season_id=season.id))
        except (Invalid, Conflict) as error:
            refusal = refusal_of(error)
    return _page(season, refusal)


def _page(season: Season, refusal: Refusal):
    present, standing = definition_of(season), standing_keys(db(), season)
    return render_template(
        "seasons/settings.html", season=season, definition=present, groups=_groups(season, present, standing),
        missing=len(unsaid(present)),
        open_any=any(one.key not in standing for one in unsaid(base_of(season))),
        registration=warnings_at(present, "phases."), others=warnings_at(present, "tracks.form", "submission"),
        source=request.form.get("source", ""), refusal=refusal, errors=refusal.errors,
        failed=bool(refusal.problems)), refusal.status


def _values(season: Season) -> dict[str, object]:
    """What the form says of every value that may still change, and of those that were sealed since it was opened, so
    that whoever changed one there is told. Invalid names every fault."""
    found, standing, seals = Findings(), standing_keys(db(), season), seals_of(db(), season)
    values = {setting.key: found.check(reading.read, setting, request.form)
              for setting in unsaid(base_of(season)) if setting.key not in standing
              or setting.key in request.form and seals.of(setting.key) is not None}
    if found.errors and not request.form.get("source", "").strip():
        found.add(_("写明依据，比如哪天的哪次会议纪要"), "source")
    found.settle()
    return values


def _groups(season: Season, present: Definition, standing: set[str]) -> list[Group]:
    latest = decisions(db(), season)
    groups = itertools.groupby(unsaid(base_of(season)), lambda one: (_heading(present, one), one.clause))
    return [Group(name, clause, _warnings(present, settings[0]),
                  [_row(season, one, latest, one.key in standing) for one in settings])
            for (name, clause), members in groups for settings in [list(members)]]


def _row(season: Season, setting: Setting, latest: dict[str, SeasonDecision], stands: bool) -> Row:
    stored = season.settings.get(setting.key)
    sent = request.method == "POST" and not stands
    return Row(setting, reading.kind_of(setting), _short(setting),
               reading.typed(setting, request.form) if sent else reading.boxes(setting, stored), stored is None, stands,
               latest.get(setting.key))


def _heading(definition: Definition, setting: Setting) -> str:
    """技术攻关组　奖项, 评审, 公示: where in the contest the value belongs."""
    place, *path = setting.key.split(".")
    if place == "tracks":
        part = {"indicators": _("怎么计分"), "awards": _("奖项名额"), "honours": _("奖项名额")}[path[1]]
        return f"{definition.track(path[0]).name}　{part}"
    if place == "phases":
        return definition.phase(path[0]).name
    if place == "lifecycles":
        return definition.lifecycle(path[0]).name
    return {"annexes": _("没有随通知来的附件"), "rules": _("名额上限"), "committees": _("评审委员会")}.get(place, _("公示天数"))


def _short(setting: Setting) -> str:
    """The label without the name of the group that already heads it."""
    words = setting.label.split(" ")
    return " ".join(words[1:]) if len(words) > 1 else words[0]


def _warnings(definition: Definition, setting: Setting) -> list[Warn]:
    place, *path = setting.key.split(".")
    if place == "tracks" and path[1] == "indicators":
        return warnings_at(definition, "indicators.", f"tracks.{path[0]}.indicators")
    return []
