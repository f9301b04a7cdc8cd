"""A case as the engine sees it: its lifecycle in this season, its steps, the returns made for it, its duties."""

import datetime as dt
import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from sqlalchemy.orm import Session

from contests.definition import Definition
from contests.lifecycles.deadlines import Deadline, Return, Step, deadlines
from contests.lifecycles.engine import Opening, openings
from contests.lifecycles.filling import revived
from contests.lifecycles.lifecycle import Lifecycle
from contests.lifecycles.official_names import official_name
from contests.lifecycles.parts import Move, State
from contests.lifecycles.spans import AddWorkingDays
from contests.publication.calendar import exceptions
from contests.publication.working_days import last_day
from contests.seasons import definition_of
from models.contests import Season
from models.lifecycles import Case, CaseMove


@dataclass(frozen=True)
class Record:
    """A case as of a day: what was made until now, and its duties by that day."""

    case: Case
    definition: Definition
    lifecycle: Lifecycle
    steps: tuple[Step, ...]
    returns: tuple[Return, ...]
    day: dt.date
    add_working_days: AddWorkingDays

    @functools.cached_property
    def deadlines(self) -> list[Deadline]:
        return deadlines(self.lifecycle, self.steps, self.day, self.add_working_days, self.returns)

    @property
    def state(self) -> State | None:
        """Where it stands; None while it is not opened."""
        return self.lifecycle.state(self.case.state) if self.case.state else None

    @property
    def name(self) -> str:
        """Its official name in this state."""
        return official_name(self.lifecycle, self.case.name, self.state)

    def openings(self) -> list[Opening]:
        """The moves that leave the present state, with what stands in the way of each."""
        return openings(self.lifecycle, self.steps, self.deadlines, self.day)

    def on(self, day: dt.date) -> Self:
        """The same case, its duties as of another day."""
        return replace(self, day=day)

    def move_of(self, made: CaseMove) -> Move:
        return self.lifecycle.move(made.code)


def working_days(session: Session) -> AddWorkingDays:
    """Counting working days by the table of holidays and make-up days that staff keep; elsewhere Monday to Friday."""
    return functools.partial(last_day, exceptions=exceptions(session))


def record_of(case: Case, day: dt.date, add_working_days: AddWorkingDays) -> Record:
    """The case with its moves and its children's, which should be loaded already where many are asked for."""
    definition = definition_of(case.season)
    lifecycle = lifecycle_in(definition, case.lifecycle)
    return Record(case, definition, lifecycle, tuple(steps_of(lifecycle, case)), tuple(returns_of(definition, case)),
                  day, add_working_days)


def lifecycle_in(definition: Definition, code: str) -> Lifecycle:
    """The lifecycle with the lengths that the definition says elsewhere; KeyError where there is none of that code."""
    found = definition.lifecycle(code)
    if not any(clock.public_notice for clock in found.clocks):
        return found
    days = definition.public_notice.days
    clocks = tuple(clock.model_copy(update={"public_notice": None, "working_days": days}) if clock.public_notice
                   else clock for clock in found.clocks)
    return found.model_copy(update={"clocks": clocks})


def lifecycles_of(season: Season) -> list[Lifecycle]:
    definition = definition_of(season)
    return [lifecycle_in(definition, lifecycle.code) for lifecycle in definition.lifecycles]


def steps_of(lifecycle: Lifecycle, case: Case) -> Iterator[Step]:
    for made in case.moves:
        yield Step(made.code, made.on, made.period, revived(lifecycle.move(made.code), made.filled))


def returns_of(definition: Definition, case: Case) -> Iterator[Return]:
    """The recurring duties that cases of their own have met: those standing where they meet it, or finished."""
    for child in case.children:
        lifecycle = definition.lifecycle(child.lifecycle)
        if lifecycle.meets is None or child.period is None:
            continue
        reached = [made.on for made in child.moves if made.state == lifecycle.met_in]
        if reached and (child.closed or child.state == lifecycle.met_in):
            yield Return(lifecycle.meets, child.period, reached[-1])
