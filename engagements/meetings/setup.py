"""Staff set up the day: slots, tables, limits; and relax one of them when a plan shows that it binds."""

import re
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from engagements.meetings.clock import ends_before_midnight
from models.accounts import Role, User
from models.activities import Activity, ActivityKind
from models.audit import record
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.locking import lock
from models.meetings import MatchingDay

RANGES = {
    "slots": (1, 48, "场数"), "minutes": (5, 240, "每场分钟数"), "pause": (0, 120, "两场之间的分钟数"),
    "break_after": (0, 48, "第几场后休息"), "break_minutes": (0, 240, "休息分钟数"), "tables": (1, 200, "桌数"),
    "demand_least": (0, 48, "每条需求至少见几位"), "demand_most": (1, 48, "每条需求最多见几位"),
    "expert_least": (0, 48, "每位专家至少见几家"), "expert_most": (1, 48, "每位专家最多见几家"),
}
"""Field → least, most, and what it is called."""
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True)
class DayForm:
    """What staff decide about the day (models.meetings.MatchingDay)."""

    slots: int = 8
    minutes: int = 20
    pause: int = 5
    break_after: int = 0
    break_minutes: int = 0
    tables: int = 10
    demand_least: int = 1
    demand_most: int = 2
    expert_least: int = 1
    expert_most: int = 6
    partial: bool = True


def set_up(session: Session, actor: User, activity: Activity, form: DayForm, version: int = 0) -> MatchingDay:
    """Give a matching event its day, or change it. Conflict where somebody changed it since `version` was read."""
    require_staff(actor)
    if activity.kind is not ActivityKind.matching:
        raise Conflict("只有校企对接活动能排日程")
    lock(session, activity)
    day = session.get(MatchingDay, activity.id)
    if (day.version if day else 0) != version:
        raise Conflict("别人刚改过这份设置。您填的还在，请对照最新的设置再存一次")
    _check(form)
    if day is None:
        day = MatchingDay(activity_id=activity.id, activity=activity, **asdict(form))
        session.add(day)
    else:
        for name, value in asdict(form).items():
            setattr(day, name, value)
    ends_before_midnight(day)
    session.flush()
    record(session, actor, "matching_day.set_up", activity, **asdict(form))
    return day


def add_slot(session: Session, actor: User, day: MatchingDay) -> None:
    """多开一个时段."""
    _raise(session, actor, day, "slots")
    ends_before_midnight(day)


def add_table(session: Session, actor: User, day: MatchingDay) -> None:
    """每个时段多摆一桌."""
    _raise(session, actor, day, "tables")


def find_day(session: Session, activity_id) -> MatchingDay:
    day = session.get(MatchingDay, activity_id)
    if day is None:
        raise NotFound("这次活动还没有设置日程")
    return day


def require_staff(actor: User) -> None:
    if not actor.roles & {Role.staff, Role.admin}:
        raise Forbidden("只有工会工作人员可以排对接会")


def check_time(value: str, field: str) -> str:
    """A time of day as it is stored, "" for none."""
    typed = value.strip().replace("：", ":")
    if typed and not TIME.fullmatch(typed):
        raise Invalid("时间写成 09:40 这样，全程都在就留空", field=field)
    return typed


def _check(form: DayForm) -> None:
    for name, (least, most, label) in RANGES.items():
        if not least <= getattr(form, name) <= most:
            raise Invalid(f"{label}在 {least} 到 {most} 之间", field=name)
    for side, label in (("demand", "每条需求"), ("expert", "每位专家")):
        if getattr(form, f"{side}_least") > getattr(form, f"{side}_most"):
            raise Invalid(f"{label}至少的场数不能多过最多的场数", field=f"{side}_least")
    if form.break_after > form.slots:
        raise Invalid(f"一共 {form.slots} 场，不能在第 {form.break_after} 场后休息", field="break_after")


def _raise(session: Session, actor: User, day: MatchingDay, name: str) -> None:
    require_staff(actor)
    lock(session, day)
    value = getattr(day, name) + 1
    if value > RANGES[name][1]:
        raise Conflict(f"{RANGES[name][2]}已经到顶了")
    setattr(day, name, value)
    session.flush()
    record(session, actor, "matching_day.relax", day.activity, **{name: value})
