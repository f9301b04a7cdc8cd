"""Who takes part in a matching day and on what terms: demands put in by staff; experts invited, or signed up."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from engagements.meetings.setup import check_time, require_staff
from engagements.openings import find_expert
from models.accounts import Admission, Expert, Role, RoleGrant, User
from models.activities import ActivityDemand, Attendance
from models.audit import notify, record
from models.demands import Confidentiality, Demand, DemandStatus
from models.errors import Conflict, Invalid, NotFound
from models.locking import lock
from models.meetings import DayDemand, DayExpert, MatchingDay

MOST = 48


@dataclass(frozen=True)
class Guest:
    """An expert who takes part; `terms` is None where those of the day hold, `signed_up` whether they said so."""

    expert: Expert
    terms: DayExpert | None
    signed_up: bool


@dataclass(frozen=True)
class TermsForm:
    """What one participant is promised and allowed. None and "" leave it to the day."""

    least: int | None = None
    most: int | None = None
    arrives_at: str = ""
    leaves_at: str = ""


def guests(session: Session, day: MatchingDay) -> list[Guest]:
    """The experts of the day, by id: invited ones, and everybody admitted as an expert who signed up for the event."""
    terms = {row.expert_id: row for row in session.scalars(
        select(DayExpert).where(DayExpert.activity_id == day.activity_id))}
    going = set(session.scalars(select(Attendance.user_id).where(Attendance.activity_id == day.activity_id)))
    found = session.scalars(
        select(Expert).join(RoleGrant, RoleGrant.user_id == Expert.user_id)
        .where(RoleGrant.role == Role.expert, RoleGrant.status == Admission.approved,
               Expert.id.in_(terms) | Expert.user_id.in_(going))
        .options(selectinload(Expert.organisation), selectinload(Expert.user)).distinct())
    return sorted((Guest(one, terms.get(one.id), one.user_id in going) for one in found if one.user.active),
                  key=lambda guest: guest.expert.id)


def demands(session: Session, day: MatchingDay) -> list[DayDemand]:
    """The demands of the day that can still be met about, by id."""
    rows = session.scalars(
        select(DayDemand).join(Demand).where(DayDemand.activity_id == day.activity_id,
                                             Demand.status == DemandStatus.published)
        .options(selectinload(DayDemand.demand).selectinload(Demand.organisation),
                 selectinload(DayDemand.demand).selectinload(Demand.targets)))
    return sorted(rows, key=lambda row: row.demand_id)


def put_in(session: Session, actor: User, day: MatchingDay, demand: Demand) -> DayDemand:
    """A demand takes part; again changes nothing. Confidential ones may: each reader sees only what they may."""
    require_staff(actor)
    if demand.status is not DemandStatus.published or demand.organisation_id is None:
        raise Invalid("只有张榜中、由入驻企业发布的需求可以参加对接会", field="number")
    if demand.confidentiality is Confidentiality.internal:
        raise Invalid("这条需求不公开，只用来匹配，不能参加对接会", field="number")
    row = session.get(DayDemand, (day.activity_id, demand.id))
    if row is None:
        row = DayDemand(activity_id=day.activity_id, demand_id=demand.id)
        session.add(row)
        session.flush()
        record(session, actor, "matching_day.put_in_demand", day.activity, demand=str(demand.id))
    return row


def put_in_programme(session: Session, actor: User, day: MatchingDay) -> int:
    """Put in every demand of the event's programme that is still posted. Returns how many."""
    require_staff(actor)
    posted = session.scalars(select(Demand).join(ActivityDemand, ActivityDemand.demand_id == Demand.id).where(
        ActivityDemand.activity_id == day.activity_id, Demand.status == DemandStatus.published,
        Demand.organisation_id.is_not(None))).all()
    present = {row.demand_id for row in demands(session, day)}
    for demand in posted:
        put_in(session, actor, day, demand)
    return len({demand.id for demand in posted} - present)


def invite(session: Session, actor: User, day: MatchingDay, expert_id: uuid.UUID) -> DayExpert:
    """Ask an expert to come; they are told. Again changes nothing."""
    require_staff(actor)
    expert = find_expert(session, expert_id)
    row = session.get(DayExpert, (day.activity_id, expert.id))
    if row is None:
        row = DayExpert(activity_id=day.activity_id, expert_id=expert.id)
        session.add(row)
        session.flush()
        record(session, actor, "matching_day.invite", day.activity, expert=str(expert.id))
        notify(session, expert.user_id, f"请您参加对接会：{day.activity.title}", day.activity)
    return row


def set_expert_terms(session: Session, actor: User, day: MatchingDay, expert_id: uuid.UUID, form: TermsForm) -> None:
    """What one expert is promised and allowed, and when they are there."""
    require_staff(actor)
    if expert_id not in {guest.expert.id for guest in guests(session, day)}:
        raise NotFound("这位专家没有参加这次对接会")
    row = session.get(DayExpert, (day.activity_id, expert_id))
    if row is None:
        row = DayExpert(activity_id=day.activity_id, expert_id=expert_id)
        session.add(row)
    _set(session, actor, day, row, form, day.expert_least, day.expert_most)
    record(session, actor, "matching_day.expert_terms", day.activity, expert=str(expert_id))


def set_demand_terms(session: Session, actor: User, day: MatchingDay, demand_id: uuid.UUID, form: TermsForm) -> None:
    """What one demand is promised and allowed, and when its enterprise is there."""
    require_staff(actor)
    row = _demand(session, day, demand_id)
    _set(session, actor, day, row, form, day.demand_least, day.demand_most)
    record(session, actor, "matching_day.demand_terms", day.activity, demand=str(demand_id))


def take_out(session: Session, actor: User, day: MatchingDay, demand_id: uuid.UUID) -> None:
    """A demand no longer takes part. Its meetings stay until the next plan: cancel them by hand."""
    require_staff(actor)
    session.delete(_demand(session, day, demand_id))
    session.flush()
    record(session, actor, "matching_day.take_out_demand", day.activity, demand=str(demand_id))


def disinvite(session: Session, actor: User, day: MatchingDay, expert_id: uuid.UUID) -> None:
    """Take an invitation back. Who signed up gives the seat back themselves."""
    require_staff(actor)
    row = session.get(DayExpert, (day.activity_id, expert_id))
    if row is None:
        raise Conflict("这位专家是自己报名的，由本人取消报名")
    session.delete(row)
    session.flush()
    record(session, actor, "matching_day.disinvite", day.activity, expert=str(expert_id))


def raise_limit(session: Session, actor: User, day: MatchingDay, *, expert_id: uuid.UUID | None = None,
                demand_id: uuid.UUID | None = None) -> None:
    """One more meeting for this expert, or for this demand."""
    if expert_id is not None:
        terms = session.get(DayExpert, (day.activity_id, expert_id))
        set_expert_terms(session, actor, day, expert_id, _one_more(terms, day.expert_most))
    else:
        set_demand_terms(session, actor, day, demand_id, _one_more(_demand(session, day, demand_id), day.demand_most))


def stay_all_day(session: Session, actor: User, day: MatchingDay, *, expert_id: uuid.UUID | None = None,
                 organisation_id: uuid.UUID | None = None) -> None:
    """This expert, or this enterprise with all its demands, is there from the first slot to the last."""
    require_staff(actor)
    rows: Sequence[DayExpert | DayDemand | None]
    if expert_id is not None:
        rows = [session.get(DayExpert, (day.activity_id, expert_id))]
    else:
        rows = [row for row in demands(session, day) if row.demand.organisation_id == organisation_id]
    for row in filter(None, rows):
        row.arrives_at = row.leaves_at = ""
    session.flush()
    record(session, actor, "matching_day.relax", day.activity, stays=str(expert_id or organisation_id))


def _one_more(terms: DayExpert | DayDemand | None, usual: int) -> TermsForm:
    if terms is None:
        return TermsForm(most=usual + 1)
    return TermsForm(terms.least, (usual if terms.most is None else terms.most) + 1, terms.arrives_at, terms.leaves_at)


def _demand(session: Session, day: MatchingDay, demand_id: uuid.UUID) -> DayDemand:
    row = session.get(DayDemand, (day.activity_id, demand_id))
    if row is None:
        raise NotFound("这条需求没有参加这次对接会")
    return row


def _set(session: Session, actor: User, day: MatchingDay, row: DayExpert | DayDemand, form: TermsForm, least: int,
         most: int) -> None:
    arrives, leaves = check_time(form.arrives_at, "arrives_at"), check_time(form.leaves_at, "leaves_at")
    if arrives and leaves and arrives >= leaves:
        raise Invalid("离开的时间要晚于到场的时间", field="leaves_at")
    if any(number is not None and not 0 <= number <= MOST for number in (form.least, form.most)):
        raise Invalid(f"场数在 0 到 {MOST} 之间，用默认的就留空", field="most")
    if (least if form.least is None else form.least) > (most if form.most is None else form.most):
        raise Invalid("至少的场数不能多过最多的场数", field="least")
    lock(session, day)
    row.least, row.most, row.arrives_at, row.leaves_at = form.least, form.most, arrives, leaves
    session.flush()
