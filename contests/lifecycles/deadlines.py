"""Which duties a case has by its clocks: when each is due, whether it was met, which are overdue. Pure."""

import datetime as dt
import enum
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from contests.lifecycles.lifecycle import Lifecycle
from contests.lifecycles.parts import Clock
from contests.lifecycles.spans import AddWorkingDays, add_span, month_end
from contests.parts import UNSAID


@dataclass(frozen=True)
class Step:
    """A move that was made: which, on what day, for which occurrence of a recurring clock, with what filled in."""

    move: str
    on: dt.date
    period: dt.date | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Return:
    """A recurring duty met elsewhere: a case of its own (an annual report) reached the state that meets it."""

    clock: str
    period: dt.date
    on: dt.date


class Standing(enum.StrEnum):
    undated = "undated"
    """Its length is still unsaid."""
    running = "running"
    met = "met"
    late = "late"
    """Met after its last day."""
    overdue = "overdue"
    missed = "missed"
    """Never met, and the case has moved on."""
    void = "void"
    """The case moved on before it fell due."""


@dataclass(frozen=True)
class Deadline:
    """One duty. `due` is its last day, inclusive; None while the length is unsaid. `ended_on`: the case moved on."""

    clock: Clock
    started: dt.date
    due: dt.date | None
    met_on: dt.date | None = None
    ended_on: dt.date | None = None

    def standing(self, today: dt.date) -> Standing:
        if self.due is None:
            return Standing.void if self.ended_on else Standing.undated
        if self.met_on is not None:
            return Standing.met if self.met_on <= self.due else Standing.late
        if self.ended_on is not None:
            return Standing.missed if self.ended_on > self.due else Standing.void
        return Standing.running if today <= self.due else Standing.overdue


OPEN = (Standing.undated, Standing.running, Standing.overdue)


def deadlines(lifecycle: Lifecycle, steps: Sequence[Step], today: dt.date, add_working_days: AddWorkingDays,
              returns: Iterable[Return] = ()) -> list[Deadline]:
    """Every duty of the newest run of every clock, by last day, undated ones last.

    A recurring clock gives one for each occurrence up to the first that falls due after today. `steps` are in the
    order they were made; `returns` meet occurrences of recurring clocks by their last day.
    """
    met_elsewhere = {(one.clock, one.period): one.on for one in returns}
    found = [deadline for clock in lifecycle.clocks
             for deadline in _of_clock(lifecycle, clock, steps, today, add_working_days, met_elsewhere)]
    return sorted(found, key=lambda one: (one.due or dt.date.max, one.clock.code))


def overdue(found: Iterable[Deadline], today: dt.date) -> list[Deadline]:
    """Those whose last day has passed unmet while the case still stands there."""
    return [one for one in found if one.standing(today) is Standing.overdue]


def next_day(found: Iterable[Deadline], today: dt.date) -> dt.date | None:
    """The next last day that a running clock comes to: where a simulated clock jumps. None where none runs."""
    return min((one.due for one in found if one.due and one.standing(today) is Standing.running), default=None)


def _of_clock(lifecycle: Lifecycle, clock: Clock, steps: Sequence[Step], today: dt.date,
              add_working_days: AddWorkingDays, met_elsewhere: Mapping[tuple[str, dt.date], dt.date]
              ) -> Iterator[Deadline]:
    first = max((at for at, step in enumerate(steps) if clock.code in lifecycle.move(step.move).starts), default=None)
    if first is None:
        return
    started, run = steps[first].on, steps[first + 1:]
    ended = next((step.on for step in run if _ends(lifecycle, clock, step)), None)
    if not clock.recurring:
        yield Deadline(clock, started, _due(clock, started, 1, add_working_days), _met_once(clock, run), ended)
        return
    for due in occurrences(clock, started, ended or today, add_working_days):
        met = _met_period(clock, run, due) or met_elsewhere.get((clock.code, due))
        yield Deadline(clock, started, due, met, ended)


def occurrences(clock: Clock, started: dt.date, until: dt.date, add_working_days: AddWorkingDays
                ) -> Iterator[dt.date | None]:
    """The last days of a recurring clock up to the first after `until`; one None while its length is unsaid."""
    for number in itertools.count(1):
        due = _due(clock, started, number, add_working_days)
        yield due
        if due is None or due > until:
            return


def _due(clock: Clock, started: dt.date, number: int, add_working_days: AddWorkingDays) -> dt.date | None:
    """The last day of the `number`th occurrence, each counted from the start: 29 February comes back in leap years."""
    if clock.month_end is not None:
        return month_end(started.year + number, clock.month_end)
    unit, count = clock.length
    return None if count == UNSAID else add_span(started, unit, number * count, add_working_days)


def _ends(lifecycle: Lifecycle, clock: Clock, step: Step) -> bool:
    to = lifecycle.move(step.move).to
    return step.move in clock.ended_by or to is not None and lifecycle.state(to).final


def _met_once(clock: Clock, run: Sequence[Step]) -> dt.date | None:
    """The day the last of the moves that meet it was made; None while one is lacking."""
    made = {step.move: step.on for step in reversed(run)}
    if not clock.met_by or not set(clock.met_by) <= set(made):
        return None
    return max(made[code] for code in clock.met_by)


def _met_period(clock: Clock, run: Sequence[Step], due: dt.date | None) -> dt.date | None:
    return next((step.on for step in run if step.move in clock.met_by and step.period == due), None)
