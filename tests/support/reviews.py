"""A season whose review is open, entries handed in, a committee and its rounds: what tests of a review begin with."""

import datetime as dt
import uuid

from sqlalchemy.orm import Session

from contests.review.assigning import assign, plan_round
from contests.review.committees import MemberForm, add_member, form_committee
from ledger import log
from models.accounts import Organisation, User
from models.base import now, today
from models.contests import Entry, EntryMember, EntryStatus, MemberKind, Season
from models.reviews import Committee, CommitteeMember, ReviewRound, ReviewSheet, RoundMode
from tests import factories

TRACK = "tech_challenge"
REVIEWING = dt.datetime(2026, 12, 5, 4, 0, tzinfo=dt.UTC)
"""A day on which the review is open."""
SETTINGS = {
    "phases.review.starts": "2026-12-01", "phases.review.ends": "2026-12-18",
    "tracks.tech_challenge.indicators.projects.weight": "0.3", "tracks.tech_challenge.indicators.amount.weight": "0.3",
    "tracks.tech_challenge.indicators.benefit.weight": "0.4",
    "tracks.tech_challenge.indicators.benefit.basis": "expected",
    "tracks.school_enterprise.indicators.projects.weight": "0.4",
    "tracks.school_enterprise.indicators.benefit.weight": "0.6",
    "tracks.school_enterprise.indicators.benefit.basis": "expected",
} | {f"tracks.{track}.awards.{grade}.places": places for track in ("tech_challenge", "school_enterprise")
     for grade, places in (("first", 1), ("second", 2), ("third", 3))}


def season_in_review(session: Session, **settings) -> Season:
    return factories.add(session, Season(code="weihai-2020", year=2026, settings=SETTINGS | settings))


def entry_of(session: Session, season: Season, holder=None, track: str = TRACK, **columns) -> Entry:
    """An entry handed in by an expert, standing in the ledger; without evidence."""
    holder = holder or factories.expert(session)
    entry = Entry(id=uuid.uuid4(), season=season, track=track, user=holder.user, name=holder.name,
                  employer=holder.organisation.name, summary="承接需求一项，已验收。" * 10, **columns)
    leaf = log.append(session, "registration.submitted", {"entry": entry.id, "form": {"name": entry.name}})
    entry.status, entry.declared_at, entry.submitted_at, entry.ledger_index = (
        EntryStatus.submitted, now(), now(), leaf.index)
    return factories.add(session, entry)


def joined(session: Session, entry: Entry, name: str = "秦同伴", organisation: Organisation | None = None,
           **columns) -> EntryMember:
    """One more member of the entry's team."""
    position = len(entry.members) + 1
    member = EntryMember(position=position, name=name, kind=MemberKind.university, organisation_id=getattr(
        organisation, "id", None), organisation=getattr(organisation, "name", ""), **columns)
    entry.members.append(member)
    session.flush()
    return member


def committee_of(session: Session, season: Season, staff: User, *people: User, size: int = 0) -> Committee:
    """A committee of these people, or of `size` from outside the city."""
    committee = form_committee(session, staff, season, f"评审委员会{uuid.uuid4().hex[:6]}")
    for person in people or [factories.user(session) for _ in range(size)]:
        seated(session, staff, committee, person)
    session.refresh(committee, ["members"])
    return committee


def seated(session: Session, staff: User, committee: Committee, person: User,
           organisation: str = "") -> CommitteeMember:
    form = MemberForm(person.email, "外请专家", organisation or f"外地{person.name}研究院", today())
    return add_member(session, staff, committee, form)


def round_of(session: Session, season: Season, staff: User, committee: Committee, reviews: int = 2,
             mode: RoundMode = RoundMode.written, track: str = TRACK) -> ReviewRound:
    return plan_round(session, staff, season, committee, track, reviews=reviews, mode=mode)


def assigned(session: Session, season: Season, staff: User, size: int = 3, entries: int = 3, reviews: int = 2,
             mode: RoundMode = RoundMode.written) -> ReviewRound:
    """A round given out: `entries` entries, `size` reviewers."""
    for _ in range(entries):
        entry_of(session, season)
    round_ = round_of(session, season, staff, committee_of(session, season, staff, size=size), reviews, mode)
    assign(session, staff, round_)
    return round_


def sheets_of(session: Session, round_: ReviewRound) -> list[ReviewSheet]:
    """The sheets that stand, by member's seat and entry's number."""
    rows = session.query(ReviewSheet).filter_by(round_id=round_.id, released_at=None).all()
    return sorted(rows, key=lambda sheet: (sheet.member.seat, sheet.entry.ledger_index))


def scores(value: object = 80, reason: str = "依据充分") -> dict[str, tuple[str, str]]:
    """A whole sheet as typed."""
    return {code: (str(value), reason) for code in ("projects", "amount", "benefit")}
