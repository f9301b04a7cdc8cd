"""Who may act in a review, and one act at a time: what every verb of this package begins with."""

import datetime as dt

from sqlalchemy.orm import Session

from contests import staff
from contests.definition import Definition, Track, cite
from contests.entry_access import track_of
from contests.forms.text import checked, clean_body, clean_line
from models.accounts import User
from models.base import today
from models.errors import Conflict
from models.locking import lock
from models.reviews import Committee, CommitteeMember, ReviewRound, ReviewSheet, RoundState

LINE, TEXT = 120, 2000


def require_staff(actor: User) -> None:
    staff.require_staff(actor, "组织评审")


def hold(session: Session, row: Committee | ReviewRound | ReviewSheet) -> None:
    """Read the row again and hold it, so that of two acts at once the second judges what the first left.

    Always in this order, or two would deadlock: committee, round, sheet, and the ledger's head last.
    """
    lock(session, row)


def require_unopened(round_: ReviewRound) -> None:
    if round_.state is RoundState.opened:
        raise Conflict("这一轮评审已经开封，结果不再变动")


def require_scoring(round_: ReviewRound) -> None:
    require_unopened(round_)
    if round_.state is not RoundState.scoring:
        raise Conflict("这一轮评审还没有分派")


def clause_of(round_: ReviewRound) -> str:
    """The words of the document that the review rests on: its phase's where it has one, else the group's."""
    definition, track = terms_of(round_)
    phase = definition.phase_of("review", track.stage)
    return cite(definition, phase.clause if phase else track.clause)


def terms_of(round_: ReviewRound) -> tuple[Definition, Track]:
    return track_of(round_.season, round_.track)


def in_force(member: CommitteeMember, day: dt.date | None = None) -> bool:
    """Whether the member's term runs on the day (today)."""
    day = day or today()
    return member.since <= day and (member.until is None or day <= member.until)


def line(text: str, what: str, field: str) -> str:
    """A line that must be there. Invalid, beside its field."""
    return checked(clean_line(text), field, what, LINE, f"写上{what}")


def body(text: str, what: str, field: str) -> str:
    """A text that must be there. Invalid, beside its field."""
    return checked(clean_body(text), field, what, TEXT, f"写上{what}")
