"""Versions of a day's plan: asked for, arranged by the worker, published. One is published at a time."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagements.meetings.setup import require_staff
from models.accounts import User
from models.audit import record
from models.base import now
from models.errors import Conflict, NotFound
from models.locking import lock
from models.meetings import (
    DayCandidate,
    MatchingDay,
    Meeting,
    MeetingLeftover,
    MeetingPlan,
    MeetingState,
    PlanState,
)

SHOWN = (PlanState.draft, PlanState.published)


@dataclass(frozen=True)
class Placed:
    """One meeting of an arranged plan."""

    demand_id: uuid.UUID
    expert_id: uuid.UUID
    organisation_id: uuid.UUID
    slot: int
    table: int


@dataclass(frozen=True)
class Candidate:
    """A pair that fits: 很对口 (`good`) or in part, and its value to the solver."""

    demand_id: uuid.UUID
    expert_id: uuid.UUID
    good: bool
    value: float


@dataclass(frozen=True)
class Left:
    """A party short of its promise; `relaxations`: {remedy, subject, gain}, ids as text."""

    short: int
    bound: str
    demand_id: uuid.UUID | None = None
    expert_id: uuid.UUID | None = None
    cut: list[str] = field(default_factory=list)
    relaxations: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class Arranged:
    """What the worker found."""

    placed: Sequence[Placed]
    candidates: Sequence[Candidate]
    left: Sequence[Left]
    figures: dict


def request_plan(session: Session, actor: User, day: MatchingDay) -> MeetingPlan:
    """Ask the worker for a new version (排日程). Conflict while another one is being arranged."""
    require_staff(actor)
    lock(session, day)
    if session.scalar(select(MeetingPlan.id).where(MeetingPlan.activity_id == day.activity_id,
                                                   MeetingPlan.state == PlanState.queued)) is not None:
        raise Conflict("正在排，等这一版出来再排")
    newest = session.scalar(select(func.max(MeetingPlan.number)).where(MeetingPlan.activity_id == day.activity_id))
    plan = MeetingPlan(activity_id=day.activity_id, number=(newest or 0) + 1, state=PlanState.queued,
                       requested_by_id=actor.id, requested_at=now())
    session.add(plan)
    session.flush()
    record(session, actor, "meeting_plan.request", plan, number=plan.number)
    return plan


def store_plan(session: Session, plan: MeetingPlan, arranged: Arranged) -> None:
    """Write down what the worker found; an earlier draft makes room. Does nothing where the plan is queued no more."""
    lock(session, plan)
    if plan.state is not PlanState.queued:
        return
    base = base_of(session, plan.day)
    kept = {(one.demand_id, one.expert_id): one for one in held_fast(base)}
    plan.meetings = [_meeting(placed, kept.get((placed.demand_id, placed.expert_id))) for placed in arranged.placed]
    plan.leftovers = [MeetingLeftover(position=place, demand_id=left.demand_id, expert_id=left.expert_id,
                                      short=left.short, bound=left.bound, cut=left.cut, relaxations=left.relaxations)
                      for place, left in enumerate(arranged.left)]
    _store_candidates(session, plan.day, arranged.candidates)
    if base is not None and base.state is PlanState.draft:
        base.state = PlanState.replaced
    plan.state, plan.arranged_at, plan.figures = PlanState.draft, now(), arranged.figures
    session.flush()
    record(session, None, "meeting_plan.arrange", plan, number=plan.number, meetings=len(plan.meetings))


def fail_plan(session: Session, plan: MeetingPlan, fault: str) -> None:
    """The run came to nothing; staff read why and ask again."""
    lock(session, plan)
    if plan.state is PlanState.queued:
        plan.state, plan.arranged_at, plan.fault = PlanState.failed, now(), fault
        session.flush()
        record(session, None, "meeting_plan.fail", plan, number=plan.number)


def base_of(session: Session, day: MatchingDay) -> MeetingPlan | None:
    """The plan that staff look at and the next one starts from: the newest draft or published one."""
    return session.scalar(select(MeetingPlan).where(
        MeetingPlan.activity_id == day.activity_id, MeetingPlan.state.in_(SHOWN))
        .order_by(MeetingPlan.number.desc()).limit(1))


def published_plan(session: Session, activity_id: uuid.UUID) -> MeetingPlan | None:
    return session.scalar(select(MeetingPlan).where(
        MeetingPlan.activity_id == activity_id, MeetingPlan.state == PlanState.published))


def newest_plan(session: Session, day: MatchingDay) -> MeetingPlan | None:
    """The latest request, whatever became of it."""
    return session.scalar(select(MeetingPlan).where(MeetingPlan.activity_id == day.activity_id)
                          .order_by(MeetingPlan.number.desc()).limit(1))


def find_plan(session: Session, day: MatchingDay, plan_id: uuid.UUID) -> MeetingPlan:
    plan = session.get(MeetingPlan, plan_id)
    if plan is None or plan.activity_id != day.activity_id:
        raise NotFound("没有找到这一版日程")
    return plan


def held_fast(plan: MeetingPlan | None) -> list[Meeting]:
    """Meetings that a new run keeps where they are: pinned, answered by both sides, or over."""
    return [one for one in plan.meetings if one.live and (
        one.pinned or one.state is not MeetingState.planned
        or (one.enterprise_confirmed_at and one.expert_confirmed_at))] if plan else []


def turned_down(plan: MeetingPlan | None) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """(demand, expert) that one side declined: a new run does not bring them together again."""
    return {(one.demand_id, one.expert_id) for one in plan.meetings
            if one.state is MeetingState.declined} if plan else set()


def _meeting(placed: Placed, kept: Meeting | None) -> Meeting:
    carried = {} if kept is None else {
        "state": kept.state, "pinned": kept.pinned, "note": kept.note, "settled_at": kept.settled_at,
        "enterprise_confirmed_at": kept.enterprise_confirmed_at, "expert_confirmed_at": kept.expert_confirmed_at}
    return Meeting(demand_id=placed.demand_id, expert_id=placed.expert_id, organisation_id=placed.organisation_id,
                   slot=placed.slot, table=placed.table, **carried)


def _store_candidates(session: Session, day: MatchingDay, candidates: Iterable[Candidate]) -> None:
    for row in session.scalars(select(DayCandidate).where(DayCandidate.activity_id == day.activity_id)):
        session.delete(row)
    session.flush()
    session.add_all(DayCandidate(activity_id=day.activity_id, demand_id=one.demand_id, expert_id=one.expert_id,
                                 good=one.good, value=one.value) for one in candidates)
    session.flush()
