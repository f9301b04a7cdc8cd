"""对接活动: staff announce them, members sign up, staff confirm who came. A broker's record rests on the last."""

import datetime as dt
import re
import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagements.meetings.answers import sign_off
from engagements.texts import clean_line, clean_text
from models.accounts import Role, User
from models.activities import Activity, ActivityDemand, ActivityKind, Attendance
from models.audit import notify, record
from models.base import now, today
from models.demands import Confidentiality, Demand, DemandStatus
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.locking import lock

MOST_SEATS = 100_000


@dataclass(frozen=True)
class Programme:
    """What staff announce about an event."""

    kind: ActivityKind
    title: str
    held_on: dt.date
    starts_at: str
    place: str
    district_code: str = ""
    description: str = ""
    seats: int | None = None


def announce(session: Session, actor: User, programme: Programme) -> Activity:
    """Put an event on the calendar. Staff only."""
    _require_staff(actor)
    if programme.held_on < today():
        raise Invalid("活动日期已经过去", field="held_on")
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", programme.starts_at):
        raise Invalid("时间写成 09:00 这样", field="starts_at")
    if programme.seats is not None and not 1 <= programme.seats <= MOST_SEATS:
        raise Invalid("名额写 1 以上的整数，不限名额就留空", field="seats")
    activity = Activity(
        kind=programme.kind, title=clean_line(programme.title, "title", "活动名称", most=200),
        held_on=programme.held_on, starts_at=programme.starts_at,
        place=clean_line(programme.place, "place", "地点", most=200), district_code=programme.district_code,
        description=clean_text(programme.description, "description", "活动安排", most=4000, required=False),
        seats=programme.seats, created_by_id=actor.id, created_at=now())
    session.add(activity)
    session.flush()
    record(session, actor, "activity.announce", activity)
    return activity


def put_on_programme(session: Session, actor: User, activity: Activity, demand: Demand) -> None:
    """Add a public demand to an event; adding it again changes nothing."""
    _require_staff(actor)
    if demand.status is not DemandStatus.published or demand.confidentiality is not Confidentiality.public:
        raise Invalid("只有公开张榜的需求可以上会", field="demand")
    if session.get(ActivityDemand, (activity.id, demand.id)) is None:
        session.add(ActivityDemand(activity_id=activity.id, demand_id=demand.id))
        session.flush()
        record(session, actor, "activity.add_demand", activity, demand=str(demand.id))


def sign_up(session: Session, actor: User, activity: Activity) -> Attendance:
    """Take a seat at a coming event. Conflict where it is full, past, or the person has a seat already."""
    lock(session, activity)
    if activity.held_on < today():
        raise Conflict("活动已经办过了")
    if attendance_of(session, activity, actor) is not None:
        raise Conflict("您已经报过名了")
    if activity.seats is not None and taken_seats(session, activity) >= activity.seats:
        raise Conflict("名额满了，可以打工会电话候补")
    attendance = Attendance(activity=activity, user_id=actor.id, signed_up_at=now())
    session.add(attendance)
    session.flush()
    record(session, actor, "activity.sign_up", activity)
    return attendance


def give_up_seat(session: Session, actor: User, activity: Activity) -> None:
    """Give one's seat back before the event, and with it one's meetings on its matching day."""
    lock(session, activity)
    attendance = attendance_of(session, activity, actor)
    if attendance is None:
        raise Conflict("您没有报名")
    if attendance.attended_at is not None or activity.held_on < today():
        raise Conflict("活动已经办过了，不能取消")
    session.delete(attendance)
    session.flush()
    record(session, actor, "activity.give_up_seat", activity)
    sign_off(session, actor, activity)


def confirm_attendance(session: Session, actor: User, attendance: Attendance) -> None:
    """Staff confirm that a person came. Not before the day, nor for themselves."""
    _require_staff(actor)
    lock(session, attendance)
    if attendance.activity.held_on > today():
        raise Conflict("活动还没办，不能确认到会")
    if attendance.user_id == actor.id:
        raise Forbidden("自己到会要请另一位工作人员确认")
    if attendance.attended_at is not None:
        raise Conflict("已经确认过了")
    attendance.attended_at, attendance.confirmed_by_id = now(), actor.id
    session.flush()
    record(session, actor, "activity.confirm_attendance", attendance.activity, attendance=str(attendance.id))
    notify(session, attendance.user_id, f"已确认您到会：{attendance.activity.title}", attendance.activity)


def attendance_of(session: Session, activity: Activity, user: User) -> Attendance | None:
    return session.scalar(select(Attendance).where(Attendance.activity_id == activity.id,
                                                   Attendance.user_id == user.id))


def taken_seats(session: Session, activity: Activity) -> int:
    return session.scalar(select(func.count()).select_from(Attendance)
                          .where(Attendance.activity_id == activity.id)) or 0


def find_activity(session: Session, activity_id: uuid.UUID) -> Activity:
    activity = session.get(Activity, activity_id)
    if activity is None:
        raise NotFound("没有找到这次活动")
    return activity


def _require_staff(actor: User) -> None:
    if not actor.roles & {Role.staff, Role.admin}:
        raise Forbidden("只有工会工作人员可以办活动")
