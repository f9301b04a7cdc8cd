"""What a move brings with it beyond its case: a change of the case it belongs to, and word to who is concerned."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.definition import cite
from contests.lifecycles.births import clean_name
from contests.lifecycles.deadlines import Step
from contests.lifecycles.history import Record, record_of
from contests.lifecycles.parts import Move
from contests.lifecycles.places import class_taken
from contests.rules.window import chinese_day
from models.audit import notify
from models.errors import Refused
from models.lifecycles import Case, CaseMove, CaseOffice


def change_parent(session: Session, record: Record, move: Move, step: Step) -> None:
    """Set what the move changes of the parent: its name, or its industry class, if that is free."""
    for attribute, code in move.sets.items():
        value = next((str(one.values[code]) for one in (step, *reversed(record.steps)) if code in one.values), "")
        parent = record_of(record.case.parent, record.day, record.add_working_days)
        if attribute == "name":
            parent.case.name = clean_name(parent.lifecycle, value, parent.state)
        else:
            _set_industry(session, parent, value)


def _set_industry(session: Session, parent: Record, code: str) -> None:
    for obstacle in class_taken(session, parent, code):
        raise Refused(obstacle.message, clause=cite(parent.definition, obstacle.clause))
    parent.case.industry_code = code


def tell(session: Session, record: Record, move: Move, made: CaseMove) -> None:
    """Leave word for everybody who has a hand in the case, but for who made the move."""
    reason = f"：{made.reason}" if made.reason else ""
    text = f"{record.case.name} {chinese_day(made.on)}“{move.name}”{reason}"[:300]
    for user_id in sorted(concerned(session, record.case) - {made.actor_id}, key=str):
        notify(session, user_id, text, record.case)


def concerned(session: Session, case: Case) -> set:
    """Those who made a move on the case, and the holders of offices of its organisation."""
    holders: Iterable = session.scalars(select(CaseOffice.user_id).where(
        CaseOffice.season_id == case.season_id, CaseOffice.ended_at.is_(None), CaseOffice.organisation_id.is_not(None),
        CaseOffice.organisation_id == case.organisation_id))
    return {made.actor_id for made in case.moves} | set(holders)
