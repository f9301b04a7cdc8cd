"""Which cases a person sees, what each waits for, and what of it is theirs to do."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from contests.lifecycles.deadlines import OPEN, Deadline, overdue
from contests.lifecycles.engine import Opening
from contests.lifecycles.history import Record, record_of, working_days
from contests.lifecycles.offices import offices_of, roles_on
from contests.staff import is_staff
from models.accounts import User
from models.base import today
from models.errors import NotFound
from models.lifecycles import Case, CaseMove, CaseOffice


@dataclass(frozen=True)
class Row:
    """A case, its open duties with the earliest first, and the moves that are this person's."""

    record: Record
    open: list[Deadline]
    overdue: int
    mine: list[Opening]

    @property
    def due(self) -> Deadline | None:
        return next(iter(self.open), None)


def find_case(session: Session, actor: User, case_id: uuid.UUID) -> Case:
    """The case, for staff and for whoever holds an office that sees to it; NotFound for anybody else."""
    case = session.get(Case, case_id)
    if case is None or not (is_staff(actor) or roles_on(offices_of(session, actor, case.season), case)):
        raise NotFound("没有找到这一件")
    return case


def rows_for(session: Session, actor: User, season_id: uuid.UUID | None = None) -> list[Row]:
    """Every case the person sees, those with the earliest last day first, finished ones at the end."""
    offices = offices_of(session, actor)
    query = (select(Case).options(joinedload(Case.season), joinedload(Case.organisation), joinedload(Case.parent),
                                  selectinload(Case.moves), selectinload(Case.children).selectinload(Case.moves))
             .where(_seen(actor, offices)).order_by(Case.created_at, Case.id))
    if season_id is not None:
        query = query.where(Case.season_id == season_id)
    add_working_days = working_days(session)
    rows = [row_of(record_of(case, today(), add_working_days), offices) for case in session.scalars(query)]
    return sorted(rows, key=lambda row: (row.record.case.closed, row.due is None or row.due.due is None,
                                         row.due.due if row.due and row.due.due else today()))


def row_of(record: Record, offices: Sequence[CaseOffice]) -> Row:
    roles = roles_on(offices, record.case)
    waiting = [one for one in record.deadlines if one.standing(record.day) in OPEN]
    return Row(record, waiting, len(overdue(waiting, record.day)),
               [one for one in record.openings() if one.move.role in roles])


def moves_of(session: Session, case: Case) -> list[CaseMove]:
    """The moves of a case with who made them, oldest first."""
    return list(session.scalars(select(CaseMove).options(joinedload(CaseMove.actor))
                                .where(CaseMove.case_id == case.id).order_by(CaseMove.number)))


def _seen(actor: User, offices: Sequence[CaseOffice]) -> ColumnElement[bool]:
    if is_staff(actor):
        return Case.id.is_not(None)
    return or_(false(), *(_covered(office) for office in offices))


def _covered(office: CaseOffice) -> ColumnElement[bool]:
    """offices.covers, as a condition."""
    found = [Case.season_id == office.season_id]
    if office.district_code:
        found.append(Case.district_code == office.district_code)
    if office.organisation_id:
        found.append(Case.organisation_id == office.organisation_id)
    if office.track:
        found.append(Case.track == office.track)
    return and_(*found)
