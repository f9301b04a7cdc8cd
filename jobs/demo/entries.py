"""The demo city's registrations: while registration is open, two people a day enter with the contracts they have.

Whoever the demo prints a login of has not entered: that is left to whoever tries it.
"""

import datetime as dt
import functools
import itertools
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.catalogue import definition
from contests.entries import open_entry
from contests.indicators import COUNTED
from contests.intake import receive_paper, return_entry
from contests.seasons import season_for
from contests.submission import REGISTRATION, submit
from jobs.demo.city import People
from jobs.demo.content import Content
from jobs.demo.stories import CONTEST
from jobs.demo.timeline import Timeline
from models.base import city_day, today
from models.contests import Entry, EntryStatus, Evidence, Season

A_DAY = 2
UNFINISHED, RETURNED = 4, 6
"""Every fourth person is still preparing; every sixth entry comes back."""
REASON = "报名表里的工作单位和入驻登记的写法不一样，请写全称后再提交"


def plan(session: Session, timeline: Timeline, content: Content, people: People) -> None:
    """Plan the days of this year's registration that have passed: who enters, whose paper comes in the day after."""
    first, last = season_for(definition(CONTEST), timeline.day.year).phase(REGISTRATION).days
    kept = {content.experts[0]["ref"], content.brokers[0]["ref"]}
    ordinals = itertools.count(1)
    for ago in range((timeline.day - first).days, max((timeline.day - last).days - 1, 0), -1):
        timeline.add(timeline.on(ago, "15:10"), functools.partial(_enter, session, people, kept, ordinals))
        timeline.add(timeline.on(ago - 1, "15:40"), functools.partial(_receive, session, people))


def _enter(session: Session, people: People, kept: set[str], ordinals: Iterator[int]) -> None:
    """Two claimants who have not entered yet, in the ledger's order, begin an entry; most hand it in."""
    season = session.scalars(select(Season).where(Season.code == CONTEST, Season.year == today().year)).one()
    entered = {(entry.track, entry.user_id) for entry in session.scalars(
        select(Entry).where(Entry.season_id == season.id))}
    skipped = {people.users[ref].id for ref in kept}
    waiting = {(row.track, row.claimant_id): row.claimant for row in session.scalars(
        select(Evidence).where(Evidence.season_id == season.id, Evidence.status.in_(COUNTED))
        .order_by(Evidence.ledger_index)) if row.claimant_id not in skipped}
    for track, claimant_id in [key for key in waiting if key not in entered][:A_DAY]:
        person = waiting[track, claimant_id]
        entry = open_entry(session, person, season, track)
        if next(ordinals) % UNFINISHED:
            submit(session, person, entry, declared=True)
    session.flush()


def _receive(session: Session, people: People) -> None:
    """Staff take in the first paper of the day before, and send the entry back where the wording differs."""
    yesterday = today() - dt.timedelta(days=1)
    entries = session.scalars(select(Entry).where(
        Entry.status == EntryStatus.submitted, Entry.paper_received_on.is_(None)).order_by(Entry.submitted_at)).all()
    fresh = [entry for entry in entries if city_day(entry.submitted_at) == yesterday]
    for entry in fresh[:1]:
        if entry.ledger_index % RETURNED:
            receive_paper(session, people.staff[0], entry, today())
        else:
            return_entry(session, people.staff[0], entry, REASON)
    session.flush()
