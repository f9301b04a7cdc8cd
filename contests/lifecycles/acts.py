"""Opening a case and moving it: by who holds the office, for a reason where one is asked, with its ledger entry.

Ledger appends lock the log's head until the caller commits, so each act does it last.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from contests.definition import cite
from contests.forms.text import checked, clean_body
from contests.lifecycles.births import Subject, newborn
from contests.lifecycles.checks import check_move
from contests.lifecycles.deadlines import Step
from contests.lifecycles.effects import change_parent, tell
from contests.lifecycles.filling import read, stored
from contests.lifecycles.history import Record, record_of, working_days
from contests.lifecycles.leaves import move_leaf
from contests.lifecycles.offices import offices_of, roles_on
from contests.lifecycles.parts import Move
from ledger import log
from models.accounts import User
from models.audit import record as write_audit
from models.base import now, today
from models.contests import Season
from models.errors import Conflict, Forbidden, Invalid
from models.lifecycles import Case, CaseMove
from models.locking import lock

REASON_LENGTH = 1000


@dataclass(frozen=True)
class Act:
    """What a person says of a move. `on`: the day it counts from, today where not given; `typed`: its fields as typed.

    `period`: the last day of the recurring duty that it meets.
    """

    on: dt.date | None = None
    reason: str = ""
    period: dt.date | None = None
    typed: Mapping[str, str] = field(default_factory=dict)


TODAY = Act()


def open_case(session: Session, actor: User, season: Season, lifecycle: str, move: str, subject: Subject,
              act: Act = TODAY) -> Case:
    """Begin a case by one of its lifecycle's opening moves.

    Forbidden without the office; Invalid for what is missing or cannot be; Refused, with the clause, where a quota is
    full, the industry class is taken, a report is not due, or the phase is another.
    """
    _hold(session, season, subject.parent)
    record = newborn(season, lifecycle, subject, working_days(session))
    _make(session, actor, record, move, act)
    if subject.parent is not None:
        session.expire(subject.parent, ["children"])
    return record.case


def make_move(session: Session, actor: User, case: Case, move: str, act: Act = TODAY, *,
              version: int | None = None) -> CaseMove:
    """Make one move on a case. Of two at once the second finds the case moved on.

    Forbidden without the office; Conflict where the case has moved on since it was read (`version`) or stands where
    the move does not start; Invalid names the field; Refused, with the clause, where a clock, an earlier move, a quota
    or a grade forbids it.
    """
    _hold(session, case.season, case.parent, case)
    return _make(session, actor, record_of(case, today(), working_days(session)), move, act, version)


def _hold(session: Session, season: Season, *cases: Case | None) -> None:
    """Lock the season, under which quotas and classes are counted, then the cases, and read them again."""
    lock(session, season)
    for case in cases:
        if case is not None:
            lock(session, case)
            session.expire(case, ["moves", "children"])


def _make(session: Session, actor: User, record: Record, code: str, act: Act, version: int | None = None) -> CaseMove:
    move = _move_of(record, code)
    if move.role not in roles_on(offices_of(session, actor, record.case.season), record.case):
        office = record.lifecycle.role(move.role).name
        raise Forbidden(f"“{move.name}”由{office}办理", clause=cite(record.definition, move.clause))
    if version is not None and record.case.version != version:
        raise Conflict("刚有人办过这件事。请看过最新的经过再办")
    if version is not None and record.case.version != version:
        raise Conflict("刚有人办过这件事。请看过最新的经过再办")
    if version is not None and record.case.version != version:
        raise Conflict("刚有人办过这件事。请看过最新的经过再办")
    if version is not None and record.case.version != version:
        raise Conflict("刚有人办过这件事。请看过最新的经过再办")
    reason = _reason(move, act.reason)
    values = read(move, act.typed, record.definition.source.number)
    step = Step(move.code, act.on or today(), act.period, values)
    check_move(session, record.on(step.on), move, step.on, step.period, values)
    change_parent(session, record, move, step)
    return _write(session, actor, record, move, step, reason)


def _write(session: Session, actor: User, record: Record, move: Move, step: Step, reason: str) -> CaseMove:
    case = record.case
    made = CaseMove(id=uuid.uuid4(), number=len(case.moves) + 1, code=move.code, state=move.to or case.state,
                    role=move.role, actor_id=actor.id, on=step.on, at=now(), reason=reason, period=step.period,
                    filled=stored(step.values))
    fields = move_leaf(record, move, made, actor)
    case.state, case.closed, case.moves_made = made.state, record.lifecycle.state(made.state).final, made.number
    session.add(case)
    leaf = log.append(session, move.ledger, fields, refs=[one.ledger_index for one in case.moves[-1:]],
                      event_id=made.id)
    made.ledger_index = leaf.index
    case.moves.append(made)
    session.flush()
    write_audit(session, actor, "case.move", case, move=move.code, state=made.state, ledger=leaf.index)
    tell(session, record, move, made)
    return made


def _move_of(record: Record, code: str) -> Move:
    try:
        return record.lifecycle.move(code)
    except KeyError:
        raise Invalid("没有这一步", field="move") from None


def _reason(move: Move, text: str) -> str:
    return checked(clean_body(text), "reason", "理由", REASON_LENGTH, f"写明“{move.name}”的理由" if move.reason else "")
