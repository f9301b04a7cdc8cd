"""What those who meet say and do: confirm, decline, sign off; held or not; and the engagement that comes of it."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagements.meetings.changes import call_off, hold
from engagements.meetings.plans import published_plan
from engagements.meetings.setup import require_staff
from engagements.openings import invite, take_challenge
from engagements.parties import OTHER, acts_for, members
from models.accounts import Role, RoleGrant, User
from models.activities import Activity, Attendance
from models.audit import notify, record
from models.base import now, today
from models.engagements import Engagement, Side
from models.errors import Conflict, NotFound
from models.locking import lock
from models.meetings import DayExpert, Meeting, MeetingState, PlanState

MET = "在对接会上当面谈过。"


def side_in(user: User, meeting: Meeting) -> Side:
    """The side the person meets for. NotFound for anybody else."""
    if meeting.expert.user_id == user.id:
        return Side.expert
    if acts_for(user, meeting.organisation_id):
        return Side.enterprise
    raise NotFound("没有找到这场对接，或者您不是其中一方")


def confirm(session: Session, actor: User, meeting: Meeting) -> None:
    """“我来”. Confirming again changes nothing."""
    side = _open(session, actor, meeting)
    mine = f"{side}_confirmed_at"
    if getattr(meeting, mine) is None:
        setattr(meeting, mine, now())
        session.flush()
        record(session, actor, "meeting.confirm", meeting, side=side.value)


def decline(session: Session, actor: User, meeting: Meeting) -> None:
    """“这场不来了”: the place is free again; the other side and the staff who made the plan are told."""
    side = _open(session, actor, meeting)
    _decline(session, actor, meeting, side)


def sign_off(session: Session, actor: User, activity: Activity) -> None:
    """The actor no longer comes to the event: as an expert they leave the day, and their meetings are declined.

    An enterprise's meetings stay while anybody else of it is signed up.
    """
    for row in session.scalars(select(DayExpert).where(DayExpert.activity_id == activity.id)):
        if row.expert.user_id == actor.id:
            session.delete(row)
    session.flush()
    plan = published_plan(session, activity.id)
    if plan:
        lock(session, plan)
    for meeting in [one for one in plan.meetings if one.state is MeetingState.planned] if plan else []:
        if meeting.expert.user_id == actor.id:
            _decline(session, actor, meeting, Side.expert)
        elif acts_for(actor, meeting.organisation_id) and not _others_come(session, activity, meeting, actor):
            _decline(session, actor, meeting, Side.enterprise)


def mark(session: Session, actor: User, meeting: Meeting, version: int, held: bool) -> None:
    """Staff note on the day whether the two met. May be corrected while nothing else was noted since `version`."""
    require_staff(actor)
    hold(session, meeting)
    if meeting.version != version:
        raise Conflict("别人刚记过这一场，请看最新的日程")
    if meeting.plan.state is not PlanState.published or not meeting.live:
        raise Conflict("这一场不在发布的日程里")
    if meeting.plan.day.activity.held_on > today():
        raise Conflict("对接会还没开，不能记到会")
    meeting.state, meeting.settled_at = MeetingState.held if held else MeetingState.missed, now()
    session.flush()
    record(session, actor, "meeting.held" if held else "meeting.missed", meeting)


def engage(session: Session, actor: User, meeting: Meeting) -> Engagement:
    """One press after a held meeting: the expert takes the challenge, or the enterprise invites. The other agrees."""
    side = side_in(actor, meeting)
    if meeting.state is not MeetingState.held:
        raise Conflict("工作人员记下这场开过了，才能接着对接")
    if side is Side.expert:
        return take_challenge(session, actor, meeting.demand, approach=MET + "做法见面时说过，细节接着谈。")
    return invite(session, actor, meeting.demand, meeting.expert, MET)


def engagement_of(session: Session, meeting: Meeting) -> Engagement | None:
    """The engagement between the two, however it began."""
    return session.scalar(select(Engagement).where(Engagement.demand_id == meeting.demand_id,
                                                   Engagement.expert_id == meeting.expert_id))


def _open(session: Session, actor: User, meeting: Meeting) -> Side:
    side = side_in(actor, meeting)
    hold(session, meeting)
    if meeting.plan.state is not PlanState.published:
        raise Conflict("日程已经换了一版，请看最新的")
    if meeting.state is not MeetingState.planned:
        raise Conflict("这一场已经取消或开过了")
    if meeting.plan.day.activity.held_on < today():
        raise Conflict("对接会已经办过了")
    return side


def _decline(session: Session, actor: User, meeting: Meeting, side: Side) -> None:
    call_off(session, meeting)
    meeting.state, meeting.declined_by = MeetingState.declined, side
    session.flush()
    record(session, actor, "meeting.decline", meeting, side=side.value)
    activity = meeting.plan.day.activity
    for user_id in _people(session, meeting, OTHER[side]):
        notify(session, user_id, f"对方来不了，这一场取消，工作人员会看能不能换人：{activity.title}", activity)
    if meeting.plan.requested_by_id is not None:
        notify(session, meeting.plan.requested_by_id, f"有一场对接被谢绝，可以补一场：{activity.title}", activity)


def _people(session: Session, meeting: Meeting, side: Side) -> list[uuid.UUID]:
    if side is Side.expert:
        return [meeting.expert.user_id]
    return [member.id for member in members(session, meeting.demand.organisation)]


def _others_come(session: Session, activity: Activity, meeting: Meeting, actor: User) -> bool:
    return session.scalar(
        select(Attendance.id).join(RoleGrant, RoleGrant.user_id == Attendance.user_id)
        .where(Attendance.activity_id == activity.id, RoleGrant.organisation_id == meeting.organisation_id,
               RoleGrant.role == Role.enterprise, Attendance.user_id != actor.id).limit(1)) is not None
