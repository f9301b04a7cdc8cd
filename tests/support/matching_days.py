"""A small matching day for tests: some demands, and experts who fit all of them; arranged on request."""

import contextlib
import datetime as dt
import functools
import pathlib
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from engagements import activities
from engagements.activities import Programme
from engagements.meetings import participants, plans
from engagements.meetings.setup import DayForm, set_up
from jobs.meetings import arrange_plan
from matching.encoders.embedding import Encoder, load_encoder
from matching.searcher import Searcher
from matching.vectors import index_postings
from models.accounts import Expert, User
from models.activities import Activity, ActivityKind
from models.base import today
from models.capabilities import Capability
from models.demands import Demand
from models.index import PostingKind
from models.meetings import MatchingDay, MeetingPlan
from tests import factories


@dataclass
class Scene:
    """Everybody of the day."""

    clerk: User
    activity: Activity
    day: MatchingDay
    demands: list[Demand] = field(default_factory=list)
    experts: list[Expert] = field(default_factory=list)


def scene(session: Session, demands: int = 2, experts: int = 3, held_on: dt.date | None = None, **form) -> Scene:
    """A day in a week with `demands` demands of as many firms, and `experts` experts who fit them all."""
    clerk = factories.staff(session)
    activity = activities.announce(session, clerk, Programme(
        ActivityKind.matching, "渔具装备校企对接会", held_on or today() + dt.timedelta(days=7), "09:00", "荣成市职工之家"))
    day = set_up(session, clerk, activity, DayForm(**dict(slots=3, tables=4) | form))
    made = Scene(clerk, activity, day)
    for _ in range(demands):
        made.demands.append(factories.demand(session))
        participants.put_in(session, clerk, day, made.demands[-1])
    skills = [factories.capability(session, factories.expert(session)) for _ in range(experts)]
    for skill in skills:
        made.experts.append(skill.expert)
        participants.invite(session, clerk, day, skill.expert.id)
    index(session, made.demands, skills)
    return made


def arranged(session: Session, made: Scene) -> MeetingPlan:
    """The next version of the plan, as the worker would write it."""
    plan = plans.request_plan(session, made.clerk, made.day)
    plans.store_plan(session, plan, solved(session, plan))
    return plan


def solved(session: Session, plan: MeetingPlan) -> plans.Arranged:
    """What the worker finds, in the session at hand."""
    return arrange_plan(lambda: contextlib.nullcontext(session), Searcher(pathlib.Path("/nowhere"), encoder), plan.id)


@functools.cache
def encoder() -> Encoder:
    """The shipped model, read without torch."""
    return load_encoder(light=True)


def index(session: Session, demands: list[Demand], skills: list[Capability]) -> None:
    for kind, rows in ((PostingKind.demand, demands), (PostingKind.capability, skills)):
        index_postings(session, encoder(), kind, [row.id for row in rows])
