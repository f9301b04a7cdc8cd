"""Which moves a case allows on a day, and what stands in the way of the others. Pure: a lifecycle, the steps, a day."""

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass

from contests.lifecycles.deadlines import OPEN, Deadline, Step
from contests.lifecycles.lifecycle import Lifecycle
from contests.lifecycles.parts import Grade, Move, State
from contests.parts import UNSAID, Clause
from contests.rules.window import chinese_day


class Bar(enum.StrEnum):
    """What kind of thing stands in the way."""

    moved_on = "moved_on"
    """The case stands elsewhere, or the move was made already."""
    order = "order"
    """The day is before the last move's."""
    rule = "rule"
    """A clock, an earlier move, a grade or a quota."""


@dataclass(frozen=True)
class Obstacle:
    """Why a move cannot be made now: in Chinese for the person, with the clause that says so."""

    message: str
    clause: Clause
    bar: Bar = Bar.rule


@dataclass(frozen=True)
class Opening:
    """A move that leaves the present state, and what still stands in its way; open where nothing does."""

    move: Move
    obstacles: tuple[Obstacle, ...]


def state_of(lifecycle: Lifecycle, steps: Sequence[Step]) -> State | None:
    """Where the steps have led: the target of the last that moved the case. None before it is opened."""
    targets = (lifecycle.move(step.move).to for step in reversed(steps))
    reached = next((to for to in targets if to is not None), None)
    return None if reached is None else lifecycle.state(reached)


def since_entering(lifecycle: Lifecycle, steps: Sequence[Step]) -> list[Step]:
    """The steps made since the present state was entered, without the one that entered it."""
    entered = max((at for at, step in enumerate(steps) if lifecycle.move(step.move).to is not None), default=-1)
    return list(steps[entered + 1:])


def openings(lifecycle: Lifecycle, steps: Sequence[Step], found: Sequence[Deadline], today: dt.date) -> list[Opening]:
    """The moves that leave the present state, in the definition's order."""
    state = state_of(lifecycle, steps)
    if state is None:
        return [Opening(move, ()) for move in lifecycle.openings()]
    return [Opening(move, tuple(obstacles(lifecycle, steps, found, move, today)))
            for move in lifecycle.moves if state.code in move.origins]


def obstacles(lifecycle: Lifecycle, steps: Sequence[Step], found: Sequence[Deadline], move: Move, on: dt.date,
              judged: dt.date | None = None) -> list[Obstacle]:
    """What keeps `move` from being made on the day `on`; empty where it may.

    `found` are the case's deadlines as of that day; `judged` is the day a deadline is held against where the document
    counts another than the act's own (the day a courier took it, say).
    """
    state = state_of(lifecycle, steps)
    if (state.code if state else None) not in (move.origins or (None,)):
        where = f"现在是“{state.name}”" if state else "还没有立案"
        return [Obstacle(f"{where}，不能“{move.name}”", move.clause, Bar.moved_on)]
    return [*_order(steps, move, on), *_made(lifecycle, steps, move),
            *_clocks(lifecycle, found, move, on, judged or on)]


def _order(steps: Sequence[Step], move: Move, on: dt.date) -> list[Obstacle]:
    if steps and on < steps[-1].on:
        message = f"“{move.name}”的日期 {chinese_day(on)}早于上一步的 {chinese_day(steps[-1].on)}"
        return [Obstacle(message, move.clause, Bar.order)]
    return []


def _made(lifecycle: Lifecycle, steps: Sequence[Step], move: Move) -> list[Obstacle]:
    made = {step.move for step in since_entering(lifecycle, steps)}
    found = [Obstacle(f"先办“{lifecycle.move(code).name}”", lifecycle.move(code).clause)
             for code in move.requires if code not in made]
    if move.once and move.code in made:
        found.append(Obstacle(f"“{move.name}”已经办过", move.clause, Bar.moved_on))
    return [*found, *_given(lifecycle, steps, move)]


def _given(lifecycle: Lifecycle, steps: Sequence[Step], move: Move) -> list[Obstacle]:
    found = []
    for given in move.given:
        source = lifecycle.move(given.move)
        value = next((step.values.get(given.field) for step in reversed(steps) if step.move == given.move), None)
        if value not in given.among:
            what = f"{source.field(given.field).name}是“{value}”" if value else f"还没有“{source.name}”"
            found.append(Obstacle(f"{what}，只有{'、'.join(given.among)}可以“{move.name}”", move.clause))
    return found


def _clocks(lifecycle: Lifecycle, found: Sequence[Deadline], move: Move, on: dt.date, judged: dt.date
            ) -> list[Obstacle]:
    blocked = []
    last = {one.clock.code: one for one in found}
    for code in (move.after, move.before):
        clock = lifecycle.clock(code) if code else None
        if clock and (code not in last or last[code].due is None):
            reason = "还没有开始" if code not in last else "的天数还没有定"
            blocked.append(Obstacle(f"“{clock.name}”{reason}，不能“{move.name}”", clock.clause))
    due = last[move.after].due if move.after in last else None
    if due and on <= due:
        message = f"“{lifecycle.clock(move.after).name}”到 {chinese_day(due)}满，之后才能“{move.name}”"
        blocked.append(Obstacle(message, lifecycle.clock(move.after).clause))
    due = last[move.before].due if move.before in last else None
    if due and judged > due:
        message = f"“{lifecycle.clock(move.before).name}”到 {chinese_day(due)}为止，{chinese_day(judged)}已经过了"
        blocked.append(Obstacle(message, lifecycle.clock(move.before).clause))
    return blocked


def periods(found: Sequence[Deadline], move: Move, today: dt.date) -> list[Deadline]:
    """The occurrences of recurring duties that `move` may still meet, the earliest first."""
    return [one for one in found
            if one.clock.recurring and move.code in one.clock.met_by and one.due and one.standing(today) in OPEN]


def grade_of(grades: Sequence[Grade], score) -> Grade | None:
    """The best grade whose cut-off the score reaches; None where it reaches none, or where a cut-off is unsaid."""
    if any(grade.floor == UNSAID for grade in grades):
        return None
    return next((grade for grade in grades if score >= grade.floor), None)



def grade_bar(lifecycle: Lifecycle, move: Move, score) -> Obstacle | None:
    """What is wrong with making a move that goes by grades on that score; None where nothing is."""
    if not move.grades:
        return None
    grade = grade_of(lifecycle.grades, score)
    if grade is None:
        return Obstacle(f"各档次的分数线还没有定，不能“{move.name}”", lifecycle.grades[0].clause)
    if grade.code not in move.grades:
        return Obstacle(f"得分 {score} 属于“{grade.name}”，不能“{move.name}”", grade.clause)
    return None
