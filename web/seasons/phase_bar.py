"""A season's phases as the bar above the dashboard: how far the open one has run, what the others wait for."""

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext as _

from contests.definition import Definition
from contests.phases import PhaseState, Standing, standings
from models.base import now, today
from web.contests.season import STEP, days


@dataclass(frozen=True)
class Stretch:
    """One phase as macros/process.html draws it. `percent` of it is over; None where it has no days yet."""

    state: str
    name: str
    percent: float | None
    head: str
    note: str
    missing: int


def phase_bar(definition: Definition) -> list[Stretch]:
    return [_stretch(standing) for standing in standings(definition, now())]


def _stretch(standing: Standing) -> Stretch:
    phase, state = standing.phase, standing.state
    if phase.days is None:
        return Stretch("next", phase.name, None, "", _("日期没定"), len(standing.missing))
    first, last = phase.days
    whole, gone = (last - first).days + 1, (today() - first).days + 1
    head, percent = "", 100.0 if state is PhaseState.over else 0.0
    if state is PhaseState.open:
        head, percent = _("第 %(n)s 天，共 %(all)s 天", n=gone, all=whole), round(100 * gone / whole, 1)
    return Stretch(STEP[state], phase.name, percent, head, days(phase) + _left(state, last), len(standing.missing))


def _left(state: PhaseState, last: dt.date) -> str:
    if state is PhaseState.over:
        return _("，已结束")
    if state is PhaseState.ahead:
        return ""
    left = (last - today()).days
    return _(" 24:00，还有 %(n)s 天", n=left) if left else _(" 24:00，今天截止")
