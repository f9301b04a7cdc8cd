"""The demo city: invented firms, people, demands and collaborations, brought in by the product's own operations.

Every act of its past runs under the day it happened on, so histories, waiting times and the ledger read like a year's
work. Loading again changes nothing.
"""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.demo import (
    cases,
    city,
    committee,
    entries,
    events,
    incoming,
    last_contest,
    matching_day,
    postings,
    sources,
    stories,
    team_contest,
)
from jobs.demo.content import Content
from jobs.demo.contest_content import Contests
from jobs.demo.timeline import Timeline
from models.accounts import User
from models.audit import Notice
from models.base import now
from settings import Settings

PASSWORD = city.PASSWORD
UNREAD_FOR = dt.timedelta(days=7)


def load_demo(session: Session, settings: Settings) -> bool:
    """Load the demo city. Flushes; the caller commits. False where it is there already, and nothing is changed."""
    content = Content.read()
    if session.scalar(select(User).where(User.email == content.staff[0]["email"])) is not None:
        return False
    timeline = Timeline()
    people = city.settle(session, timeline, content)
    demands = postings.plan(session, timeline, content, people)
    stories.plan(session, settings, timeline, content, people, demands)
    events.plan(session, timeline, content, people, demands)
    matching_day.plan(session, settings, timeline, content, people, demands)
    entries.plan(session, timeline, content, people)
    committee.plan(session, timeline, content, people)
    told = Contests.read()
    last_contest.plan(session, settings, timeline, content, people, told)
    team_contest.plan(session, settings, timeline, people, told)
    cases.plan(session, timeline, people)
    sources.plan(session, timeline, content, people)
    incoming.plan(session, timeline, people)
    timeline.run()
    _read_old_messages(session)
    return True


def _read_old_messages(session: Session) -> None:
    """Nobody leaves a year's messages unread: those older than a week were seen the day after they came."""
    for notice in session.scalars(select(Notice).where(Notice.created_at < now() - UNREAD_FOR)):
        notice.read_at = notice.created_at + dt.timedelta(days=1)
    session.flush()


def logins() -> list[tuple[str, str, str]]:
    """(who, e-mail, phone) of a login of each role, for whoever tries the demo; all share PASSWORD."""
    content = Content.read()
    shown = [("企业", content.contacts[0]), ("专家", content.experts[0]), ("促成人", content.brokers[0]),
             *((person["duty"], person) for person in content.staff)]
    return [(f"{role} {person['name']}", person["email"], person["phone"]) for role, person in shown]
