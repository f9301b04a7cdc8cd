"""The demo city's events: announced, signed up for, confirmed."""

import datetime as dt
import functools

from sqlalchemy.orm import Session

from engagements import activities
from engagements.activities import Programme
from jobs.demo.city import People
from jobs.demo.content import Content
from jobs.demo.timeline import Timeline
from models.activities import Activity, ActivityKind
from models.demands import Confidentiality, Demand, DemandStatus

NOTICE = 21
"""Days between an announcement and its event."""


def plan(session: Session, timeline: Timeline, content: Content, people: People, demands: dict[str, Demand]) -> None:
    for row in content.activities:
        held = -row["days_from_now"]
        held_on = timeline.day - dt.timedelta(days=held)
        announced = max(held + NOTICE, 2)
        box: dict[str, Activity] = {}
        timeline.add(timeline.on(announced, "09:30"), functools.partial(_announce, session, people, row, held_on, box))
        timeline.add(timeline.on(announced - 1, "15:00"), functools.partial(_sign_up, session, people, row, box))
        choose = functools.partial(_programme, session, people, row, box, demands)
        timeline.add(timeline.on(max(held, 0), "07:30"), choose)
        if held > 0:
            timeline.add(timeline.on(held, "17:00"), functools.partial(_confirm, session, people, row, box))


def _announce(session: Session, people: People, row: dict, held_on: dt.date, box: dict[str, Activity]) -> None:
    box["activity"] = activities.announce(session, people.staff[0], Programme(
        ActivityKind(row["kind"]), row["title"], held_on, row["starts_at"], row["place"], row["district_code"],
        row["description"], row["seats"]))
    box["activity"].organiser_id = people.organisations[row["organiser"]].id


def _sign_up(session: Session, people: People, row: dict, box: dict[str, Activity]) -> None:
    for ref in [*row["attendees"], *row["absent"], *row.get("signed_up", [])]:
        activities.sign_up(session, people.users[ref], box["activity"])


def _programme(session: Session, people: People, row: dict, box: dict[str, Activity],
               demands: dict[str, Demand]) -> None:
    """Put the demands on the programme that are posted and public on the day."""
    for ref in row["demands"]:
        demand = demands.get(ref)
        if demand and demand.status is DemandStatus.published and demand.confidentiality is Confidentiality.public:
            activities.put_on_programme(session, people.staff[0], box["activity"], demand)


def _confirm(session: Session, people: People, row: dict, box: dict[str, Activity]) -> None:
    for ref in row["attendees"]:
        user = people.users[ref]
        confirmer = next(one for one in people.staff if one is not user)
        activities.confirm_attendance(session, confirmer, activities.attendance_of(session, box["activity"], user))
