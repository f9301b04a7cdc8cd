"""The demo city's matching day: set up, arranged, published and partly answered, so that a newcomer sees one."""

import contextlib
import functools

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagements.meetings import answers, participants, plans
from engagements.meetings.publication import publish
from engagements.meetings.setup import DayForm, set_up
from jobs.demo.city import People
from jobs.demo.content import Content
from jobs.demo.timeline import Timeline
from jobs.meetings import arrange_plan
from matching.searcher import Searcher
from matching.vectors import index_postings
from models.accounts import User
from models.activities import Activity
from models.capabilities import Capability
from models.demands import Demand, DemandStatus
from models.index import PostingKind
from models.meetings import MatchingDay, MeetingPlan
from settings import Settings

SETTINGS = ("slots", "minutes", "pause", "break_after", "break_minutes", "tables", "demand_least", "demand_most",
            "expert_least", "expert_most")


def plan(session: Session, settings: Settings, timeline: Timeline, content: Content, people: People,
         demands: dict[str, Demand]) -> None:
    """Every event with a `matching_day` gets its plan today, after its programme was chosen."""
    for row in content.activities:
        if "matching_day" in row:
            hold = functools.partial(_hold, session, settings, people, demands, row)
            timeline.add(timeline.on(0, "08:30"), hold)


def _hold(session: Session, settings: Settings, people: People, demands: dict[str, Demand], row: dict) -> None:
    clerk, wanted = people.staff[0], row["matching_day"]
    activity = session.scalars(select(Activity).where(Activity.title == row["title"])).one()
    day = set_up(session, clerk, activity, DayForm(**{name: wanted[name] for name in SETTINGS}))
    _gather(session, clerk, day, people, demands, wanted)
    made = _arranged(session, settings, clerk, day)
    publish(session, clerk, made)
    _answer(session, made, {demands[ref].id for ref in wanted["declines"]})


def _gather(session: Session, clerk: User, day: MatchingDay, people: People, demands: dict[str, Demand],
            wanted: dict) -> None:
    participants.put_in_programme(session, clerk, day)
    for ref in wanted["demands"]:
        if demands[ref].status is DemandStatus.published:
            participants.put_in(session, clerk, day, demands[ref])
    for ref, terms in wanted["experts"].items():
        participants.set_expert_terms(session, clerk, day, people.experts[ref].id, participants.TermsForm(**terms))


def _arranged(session: Session, settings: Settings, clerk: User, day: MatchingDay) -> MeetingPlan:
    """What the worker would find. Nothing is indexed yet while the demo comes in, so its own postings are."""
    searcher = Searcher.from_settings(settings)
    coming = [guest.expert.id for guest in participants.guests(session, day)]
    skills = session.scalars(select(Capability.id).where(Capability.expert_id.in_(coming))).all()
    index_postings(session, searcher.encoder, PostingKind.capability, skills)
    index_postings(session, searcher.encoder, PostingKind.demand,
                   [row.demand_id for row in participants.demands(session, day)])
    made = plans.request_plan(session, clerk, day)
    plans.store_plan(session, made, arrange_plan(lambda: contextlib.nullcontext(session), searcher, made.id))
    return made


def _answer(session: Session, made: MeetingPlan, declining: set) -> None:
    """Experts say that they come; every other enterprise has said so; one cannot."""
    for number, meeting in enumerate(made.meetings):
        if meeting.demand_id in declining:
            answers.decline(session, meeting.demand.author, meeting)
            continue
        answers.confirm(session, meeting.expert.user, meeting)
        if number % 2:
            answers.confirm(session, meeting.demand.author, meeting)
