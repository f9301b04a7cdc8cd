"""Staff change a plan by hand: pin, move, swap, cancel, fill a free place. The schema lets nobody be in two places."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagements.meetings.participants import demands, guests
from engagements.meetings.plans import SHOWN
from engagements.meetings.setup import require_staff
from engagements.openings import check_pair
from engagements.parties import members
from engagements.texts import clean_line
from models.accounts import User
from models.audit import notify, record
from models.base import now
from models.errors import Conflict, Invalid, NotFound
from models.locking import lock
from models.meetings import LIVE, MatchingDay, Meeting, MeetingPlan, MeetingState, PlanState

NOTE = 200


def pin(session: Session, actor: User, meeting: Meeting, version: int, pinned: bool) -> None:
    """Hold the meeting where it is through the next runs, or let it go again."""
    _check(session, actor, meeting, version)
    meeting.pinned = pinned
    session.flush()
    record(session, actor, "meeting.pin" if pinned else "meeting.unpin", meeting)


def move(session: Session, actor: User, meeting: Meeting, version: int, slot: int, table: int) -> None:
    """To a free table in another slot. It stays there: a moved meeting is pinned, and its answers are asked anew."""
    _check(session, actor, meeting, version)
    _free(session, meeting.plan, slot, table, meeting.expert_id, meeting.organisation_id, {meeting.id})
    _put(meeting, slot, table)
    session.flush()
    record(session, actor, "meeting.move", meeting, slot=slot, table=table)
    _tell(session, meeting, "改到了别的时间或桌子")


def swap(session: Session, actor: User, meeting: Meeting, version: int, other_id: uuid.UUID) -> None:
    """Two planned meetings change places."""
    _check(session, actor, meeting, version)
    other = find_meeting(session, meeting.plan, other_id)
    lock(session, other)
    if other.id == meeting.id or other.state is not MeetingState.planned:
        raise Conflict("选另一场还没开的对接来换")
    here, there = (meeting.slot, meeting.table), (other.slot, other.table)
    both = {meeting.id, other.id}
    _free(session, meeting.plan, *there, meeting.expert_id, meeting.organisation_id, both)
    _free(session, meeting.plan, *here, other.expert_id, other.organisation_id, both)
    other.state = MeetingState.cancelled  # for one moment: the schema holds every place once
    session.flush()
    _put(meeting, *there)
    session.flush()
    other.state = MeetingState.planned
    _put(other, *here)
    session.flush()
    record(session, actor, "meeting.swap", meeting, other=str(other.id))
    for one in (meeting, other):
        _tell(session, one, "改到了别的时间或桌子")


def cancel(session: Session, actor: User, meeting: Meeting, version: int, note: str = "") -> None:
    """Take a meeting off the plan; both sides are told."""
    _check(session, actor, meeting, version)
    meeting.note = clean_line(note, "note", "原因", most=NOTE, required=False)
    call_off(session, meeting)
    record(session, actor, "meeting.cancel", meeting)
    _tell(session, meeting, "取消了")


def hold(session: Session, meeting: Meeting) -> None:
    """Lock the plan, then the meeting. All who change a meeting take them in this order, or two would deadlock."""
    lock(session, meeting.plan)
    lock(session, meeting)


def call_off(session: Session, meeting: Meeting) -> None:
    meeting.state, meeting.settled_at, meeting.pinned = MeetingState.cancelled, now(), False
    session.flush()


def fill(session: Session, actor: User, plan: MeetingPlan, demand_id: uuid.UUID, expert_id: uuid.UUID, slot: int,
         table: int) -> Meeting:
    """Put one more meeting into a free place, between two participants. It is pinned: a person chose it."""
    require_staff(actor)
    lock(session, plan)
    if plan.state not in SHOWN:
        raise Conflict("这一版日程已经换掉了")
    demand = next((row.demand for row in demands(session, plan.day) if row.demand_id == demand_id), None)
    expert = next((one.expert for one in guests(session, plan.day) if one.expert.id == expert_id), None)
    if demand is None or expert is None:
        raise NotFound("这条需求或这位专家没有参加这次对接会")
    check_pair(session, demand, expert)
    _free(session, plan, slot, table, expert.id, demand.organisation_id, set())
    if session.scalar(_live(plan).where(Meeting.demand_id == demand.id, Meeting.expert_id == expert.id)):
        raise Conflict("他们在这次对接会上已经有一场了")
    meeting = Meeting(plan=plan, demand=demand, expert=expert, organisation_id=demand.organisation_id, slot=slot,
                      table=table, pinned=True)
    session.add(meeting)
    session.flush()
    record(session, actor, "meeting.fill", meeting, demand=str(demand.id), expert=str(expert.id))
    _tell(session, meeting, "是新排的，请确认")
    return meeting


def find_meeting(session: Session, plan: MeetingPlan | None, meeting_id: uuid.UUID) -> Meeting:
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or plan is None or meeting.plan_id != plan.id:
        raise NotFound("没有找到这场对接，可能日程已经换了一版")
    return meeting


def _check(session: Session, actor: User, meeting: Meeting, version: int) -> None:
    """Raise unless this planned meeting of a plan in use is as the actor last saw it."""
    require_staff(actor)
    hold(session, meeting)
    if meeting.version != version:
        raise Conflict("别人刚改过这一场，请看最新的日程再改")
    if meeting.plan.state not in SHOWN:
        raise Conflict("这一版日程已经换掉了")
    if meeting.state is not MeetingState.planned:
        raise Conflict("这一场已经开过或取消了，不能再改")


def _free(session: Session, plan: MeetingPlan, slot: int, table: int, expert_id: uuid.UUID,
          organisation_id: uuid.UUID, aside: set[uuid.UUID]) -> None:
    """Raise where the place does not exist, or the table, the expert or the enterprise is taken then."""
    day: MatchingDay = plan.day
    if not (0 <= slot < day.slots and 0 <= table < day.tables):
        raise Invalid("没有这个时段或这张桌子", field="place")
    for one in session.scalars(_live(plan).where(Meeting.slot == slot, Meeting.id.not_in(aside))):
        if one.table == table:
            raise Conflict(f"第 {slot + 1} 场 {table + 1} 号桌已经有人了")
        if one.expert_id == expert_id:
            raise Conflict(f"{one.expert.name}第 {slot + 1} 场已经有安排")
        if one.organisation_id == organisation_id:
            raise Conflict(f"这家企业第 {slot + 1} 场已经有安排")


def _live(plan: MeetingPlan):
    return select(Meeting).where(Meeting.plan_id == plan.id, Meeting.state.in_(LIVE))


def _put(meeting: Meeting, slot: int, table: int) -> None:
    if slot != meeting.slot:
        meeting.enterprise_confirmed_at = meeting.expert_confirmed_at = None
    meeting.slot, meeting.table, meeting.pinned = slot, table, True


def _tell(session: Session, meeting: Meeting, what: str) -> None:
    """Tell both sides, once the plan is theirs to know."""
    if meeting.plan.state is not PlanState.published:
        return
    activity = meeting.plan.day.activity
    notify(session, meeting.expert.user_id, f"“{meeting.demand.title}”的对接{what}：{activity.title}", activity)
    for member in members(session, meeting.demand.organisation):
        notify(session, member.id, f"和{meeting.expert.name}的对接{what}：{activity.title}", activity)
