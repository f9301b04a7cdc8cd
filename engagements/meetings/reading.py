"""Reading a plan: its meetings in a fixed number of queries, one person's day, and to whom an enterprise is named."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from engagements.disclosure import disclosure_of
from engagements.meetings.plans import published_plan
from engagements.parties import acts_for
from models.accounts import Expert, User
from models.demands import Confidentiality, Demand
from models.meetings import Meeting, MeetingPlan

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


def firm_named(demand: Demand) -> bool:
    """Whether everybody may know who posted the demand."""
    return demand.confidentiality is Confidentiality.public


def firm_known_to(session: Session, user: User, demand: Demand) -> bool:
    """Whether this person may know who posted the demand: they act for it, or opened its full text."""
    return firm_named(demand) or disclosure_of(session, user, demand).full
