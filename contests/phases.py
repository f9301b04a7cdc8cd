"""Which phase a season is in at a moment. Days are judged in Asia/Shanghai; a phase's last day counts in full."""

import datetime as dt
import enum
from dataclasses import dataclass

from contests.definition import Definition, Track, cite
from contests.parts import Phase
from contests.rules.window import chinese_day
from contests.seasons import Setting, unsaid
from models.base import CITY_TIME, city_day
from models.errors import Refused


class PhaseState(enum.StrEnum):
    undated = "undated"
    """The document gives no days and staff have not set them."""
    ahead = "ahead"
    open = "open"
    over = "over"


@dataclass(frozen=True)
class Standing:
    """A phase at a moment, and the values still missing before it may open."""

    phase: Phase
    state: PhaseState
    missing: tuple[Setting, ...]


def state(phase: Phase, at: dt.datetime) -> PhaseState:
    if phase.days is None:
        return PhaseState.undated
    first, last = phase.days
    today = city_day(at)
    if today < first:
        return PhaseState.ahead
    return PhaseState.open if today <= last else PhaseState.over


def standings(definition: Definition, at: dt.datetime) -> list[Standing]:
    """Every phase in order at `at`."""
    missing = unsaid(definition)
    return [Standing(phase, state(phase, at), tuple(s for s in missing if s.needed_by == phase.code))
            for phase in definition.phases]


def current(definition: Definition, at: dt.datetime) -> Standing | None:
    """The open phase; failing that the next one not over; None when all are over."""
    ordered = [standing for standing in standings(definition, at) if standing.state is not PhaseState.over]
    return next((standing for standing in ordered if standing.state is PhaseState.open), next(iter(ordered), None))


def require_open(definition: Definition, code: str, at: dt.datetime) -> None:
    """Refused, with the clause, unless the phase is open at `at` and everything it needs is set."""
    standing = next(standing for standing in standings(definition, at) if standing.phase.code == code)
    phase = standing.phase
    clause = cite(definition, phase.clause)
    if standing.missing:
        labels = "、".join(setting.label for setting in standing.missing)
        raise Refused(f"{phase.name}还不能开始，先定下来：{labels}", clause=clause)
    if phase.days is None:
        raise Refused(f"{phase.name}的日期还没有定", clause=clause)
    first, last = phase.days
    if standing.state is PhaseState.ahead:
        raise Refused(f"{phase.name}从 {chinese_day(first)}开始，现在还没到", clause=clause)
    if standing.state is PhaseState.over:
        raise Refused(f"{phase.name}到 {chinese_day(last)} 24:00 截止，现在已经过了", clause=clause)


def filing_phase(definition: Definition, track: Track) -> Phase:
    """The phase in which entries of the track are handed in: its registration, else the one that judges them."""
    phase = definition.phase_of("registration", track.stage) or definition.phase_of("review", track.stage)
    if phase is None:
        raise Refused(f"{track.name}没有写几时报名", clause=cite(definition, track.clause))
    return phase


def last_moment(phase: Phase) -> dt.datetime | None:
    """The instant at which the phase's last day ends, in UTC; None where it has no days."""
    if phase.days is None:
        return None
    midnight = dt.datetime.combine(phase.days[1] + dt.timedelta(days=1), dt.time(), CITY_TIME)
    return midnight.astimezone(dt.UTC)
