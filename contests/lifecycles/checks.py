"""Whether a move may be made as a person filled it in: its day, its phase, the case, the grade, quotas, classes."""

import datetime as dt
from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from contests.definition import Definition, cite
from contests.lifecycles.engine import Bar, Obstacle, grade_bar, obstacles, periods
from contests.lifecycles.history import Record
from contests.lifecycles.parts import Move
from contests.lifecycles.places import class_taken, no_place
from contests.rules.window import chinese_day
from models.base import today
from models.errors import Conflict, DomainError, Invalid, Refused


def check_move(session: Session, record: Record, move: Move, on: dt.date, period: dt.date | None,
               values: Mapping[str, object]) -> None:
    """Raise for the first thing that forbids the move. `record` is as of the day `on`; the season is held.

    Conflict where the case stands elsewhere, Invalid for a day or period that cannot be, else Refused with the clause.
    """
    if on > today():
        raise Invalid("日期不能晚于今天", field="on")
    judged = move.judged_day(on, values)
    for obstacle in obstacles(record.lifecycle, record.steps, record.deadlines, move, on, judged):
        raise _error(record.definition, obstacle)
    for obstacle in _by_rule(session, record, move, judged, values):
        raise _error(record.definition, obstacle)
    _check_period(record, move, on, period)


def _by_rule(session: Session, record: Record, move: Move, judged: dt.date, values: Mapping[str, object]
             ) -> Iterator[Obstacle]:
    yield from _out_of_phase(record.definition, move, judged)
    score = next((values.get(field.code) for field in move.fields if field.kind == "score"), None)
    barred = grade_bar(record.lifecycle, move, score)
    if barred is not None:
        yield barred
    if move.to is not None:
        yield from no_place(session, record, record.lifecycle.state(move.to))
    if not record.steps:
        yield from class_taken(session, record, record.case.industry_code)


def _out_of_phase(definition: Definition, move: Move, judged: dt.date) -> Iterator[Obstacle]:
    if move.phase is None:
        return
    phase = definition.phase(move.phase)
    if phase.days is None:
        yield Obstacle(f"{phase.name}的日期还没有定", phase.clause)
        return
    first, last = phase.days
    if judged < first:
        yield Obstacle(f"{phase.name}从 {chinese_day(first)}开始，{chinese_day(judged)}还没到", phase.clause)
    if judged > last:
        yield Obstacle(f"{phase.name}到 {chinese_day(last)} 24:00 截止，{chinese_day(judged)}已经过了", phase.clause)


def _check_period(record: Record, move: Move, on: dt.date, period: dt.date | None) -> None:
    meets = any(clock.recurring and move.code in clock.met_by for clock in record.lifecycle.clocks)
    if not meets:
        return
    offered = [one.due for one in periods(record.deadlines, move, on)]
    if period not in offered:
        raise Invalid(f"选这次“{move.name}”对应哪一期", field="period")


def _error(definition: Definition, obstacle: Obstacle) -> DomainError:
    clause = cite(definition, obstacle.clause)
    match obstacle.bar:
        case Bar.moved_on:
            return Conflict(obstacle.message, clause=clause)
        case Bar.order:
            return Invalid(obstacle.message, field="on", clause=clause)
    return Refused(obstacle.message, clause=clause)
