"""Reading a plan: its meetings in a fixed number of queries, one person's day, and to whom an enterprise is named."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from engagements.disclosure import disclosure_of
from engagements.meetings.plans import published_plan
from engagements.parties import acts_for
from models.accounts import Expert, User
from models.activities import Activity
from models.base import today
from models.demands import Confidentiality, Demand
from models.meetings import Meeting, MeetingPlan, MeetingState, PlanState

_WHOLE = (selectinload(Meeting.demand).selectinload(Demand.organisation),
          selectinload(Meeting.expert).selectinload(Expert.organisation),
          selectinload(Meeting.expert).selectinload(Expert.user))


def meetings_of(session: Session, plan: MeetingPlan | None) -> list[Meeting]:
    """Every meeting of the plan, called off or not, by slot and table."""
    if plan is None:
        return []
    return list(session.scalars(select(Meeting).where(Meeting.plan_id == plan.id).options(*_WHOLE)
                                .order_by(Meeting.slot, Meeting.table, Meeting.id)))


def mine(session: Session, user: User, activity_id: uuid.UUID) -> list[Meeting]:
    """The person's meetings of the published plan, on whichever side, those called off too."""
    return [one for one in meetings_of(session, published_plan(session, activity_id))
            if one.expert.user_id == user.id or acts_for(user, one.organisation_id)]


def unanswered(session: Session, user: User) -> list[tuple[Activity, int]]:
    """Events to come with how many of the person's planned meetings wait for their word, the nearest event first."""
    plans = session.scalars(select(MeetingPlan).join(Activity, Activity.id == MeetingPlan.activity_id).where(
        MeetingPlan.state == PlanState.published, Activity.held_on >= today()).order_by(Activity.held_on, Activity.id))
    found = []
    for plan in plans:
        waiting = [one for one in mine(session, user, plan.activity_id) if one.state is MeetingState.planned
                   and not (one.expert_confirmed_at if one.expert.user_id == user.id else one.enterprise_confirmed_at)]
        if waiting:
            found.append((plan.day.activity, len(waiting)))
    return found


def firm_named(demand: Demand) -> bool:
    """Whether everybody may know who posted the demand."""
    return demand.confidentiality is Confidentiality.public


def firm_known_to(session: Session, user: User, demand: Demand) -> bool:
    """Whether this person may know who posted the demand: they act for it, or opened its full text."""
    return firm_named(demand) or disclosure_of(session, user, demand).full
