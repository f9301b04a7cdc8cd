"""Publishing a plan: answers given before are carried over, and everybody whose day changed is told."""

import uuid
from collections import defaultdict

from sqlalchemy.orm import Session

from engagements.meetings.plans import published_plan
from engagements.meetings.setup import require_staff
from engagements.parties import members
from models.accounts import User
from models.audit import notify, record
from models.base import now
from models.errors import Conflict
from models.locking import lock
from models.meetings import Meeting, MeetingPlan, MeetingState, PlanState

OVER = (MeetingState.held, MeetingState.missed)


def publish(session: Session, actor: User, plan: MeetingPlan) -> int:
    """Make a draft the plan that holds; how many people were told. Conflict where it is no draft any more."""
    require_staff(actor)
    lock(session, plan.day)
    lock(session, plan)
    if plan.state is not PlanState.draft:
        raise Conflict("这一版不是草稿，不能发布")
    before = published_plan(session, plan.activity_id)
    if before is not None:
        _carry_over(before, plan)
        before.state = PlanState.replaced
        session.flush()
    plan.state, plan.published_at = PlanState.published, now()
    session.flush()
    record(session, actor, "meeting_plan.publish", plan, number=plan.number)
    return _tell(session, plan, before)


def days_of(session: Session, plan: MeetingPlan | None) -> dict[uuid.UUID, list[tuple[int, int, uuid.UUID]]]:
    """Person → (slot, table, the other side's id) of their live meetings, in order: what their day looks like."""
    found: dict[uuid.UUID, list] = defaultdict(list)
    people: dict[uuid.UUID, list[User]] = {}
    for one in [one for one in plan.meetings if one.live] if plan else []:
        if one.organisation_id not in people:
            people[one.organisation_id] = members(session, one.demand.organisation)
        found[one.expert.user_id].append((one.slot, one.table, one.demand_id))
        for member in people[one.organisation_id]:
            found[member.id].append((one.slot, one.table, one.expert_id))
    return {person: sorted(day) for person, day in found.items()}


def _carry_over(before: MeetingPlan, plan: MeetingPlan) -> None:
    """What was said and done since the draft was arranged holds for the same meeting in it."""
    new = {(one.demand_id, one.expert_id): one for one in plan.meetings if one.live}
    for old in before.meetings:
        one = new.get((old.demand_id, old.expert_id))
        if old.state in OVER and (one is None or _place(one) != _place(old)):
            raise Conflict("排这一版以后，又有对接开过了。请重新排一次再发布")
        if one is None:
            continue
        if old.state is MeetingState.declined:
            one.state, one.declined_by, one.settled_at = old.state, old.declined_by, old.settled_at
        elif old.live and _place(one) == _place(old):
            one.state, one.settled_at = old.state, old.settled_at
            one.enterprise_confirmed_at, one.expert_confirmed_at = old.enterprise_confirmed_at, old.expert_confirmed_at


def _place(meeting: Meeting) -> tuple[int, int]:
    return meeting.slot, meeting.table


def _tell(session: Session, plan: MeetingPlan, before: MeetingPlan | None) -> int:
    activity = plan.day.activity
    old, new = days_of(session, before), days_of(session, plan)
    changed = [person for person in sorted({*old, *new}) if old.get(person) != new.get(person)]
    for person in changed:
        number = len(new.get(person, ()))
        if not number:
            text = f"对接会日程有变，您的几场取消了：{activity.title}"
        elif person in old:
            text = f"对接会日程有变，您现在有 {number} 场，请看一下：{activity.title}"
        else:
            text = f"对接会日程出来了，您有 {number} 场，请确认：{activity.title}"
        notify(session, person, text, activity)
    return len(changed)
