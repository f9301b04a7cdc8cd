"""What the pages of a review list, each in a fixed number of queries however long the list is."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload

from contests.review.ordering import lot
from models.accounts import User
from models.contests import Entry, Season
from models.reviews import (
    Committee,
    CommitteeMember,
    LiveTurn,
    Recusal,
    ReviewRound,
    ReviewSheet,
    RoundMode,
    RoundState,
    SheetScore,
)


@dataclass(frozen=True)
class Listed:
    """One entry in a reviewer's list. `scored`: how many scores a draft holds; 0 too once it is handed in."""

    sheet_id: uuid.UUID
    entry_id: uuid.UUID
    name: str
    employer: str
    submitted: bool
    scored: int


@dataclass(frozen=True)
class OwnRound:
    """One round that a reviewer has sheets in, those in their own order."""

    round: ReviewRound
    sheets: tuple[Listed, ...]

    @property
    def done(self) -> int:
        return sum(one.submitted for one in self.sheets)

    @property
    def next(self) -> Listed | None:
        """The first one not handed in."""
        return next((one for one in self.sheets if not one.submitted), None)


@dataclass(frozen=True)
class Progress:
    """How far one member is."""

    member: CommitteeMember
    given: int
    submitted: int


def own_rounds(session: Session, user: User, round_id: uuid.UUID | None = None) -> list[OwnRound]:
    """Every round the person has sheets in, or that one, newest first. Three queries."""
    scored = select(func.count()).where(SheetScore.sheet_id == ReviewSheet.id, SheetScore.points.is_not(None))
    query = select(ReviewSheet.round_id, ReviewSheet.id, Entry.id, Entry.name, Entry.employer,
                   ReviewSheet.submitted_at.is_not(None),
                   case((ReviewSheet.submitted_at.is_(None), scored.scalar_subquery()), else_=0)).join(
        Entry, Entry.id == ReviewSheet.entry_id).join(CommitteeMember, CommitteeMember.id == ReviewSheet.member_id
    ).where(
        CommitteeMember.user_id == user.id, ReviewSheet.released_at.is_(None))
    if round_id is not None:
        query = query.where(ReviewSheet.round_id == round_id)
    found: dict[uuid.UUID, list[Listed]] = {}
    for key, *row in session.execute(query):
        found.setdefault(key, []).append(Listed(*row))
    rounds = session.scalars(select(ReviewRound).options(
        joinedload(ReviewRound.season), joinedload(ReviewRound.committee)).where(ReviewRound.id.in_(found))
        .order_by(ReviewRound.created_at.desc(), ReviewRound.id))
    return [OwnRound(one, _in_order(session, one, user, found[one.id])) for one in rounds]


def _in_order(session: Session, round_: ReviewRound, user: User, sheets: Sequence[Listed]) -> tuple[Listed, ...]:
    """Drawn order in a live round; in a written one an order of the reviewer's own, seeded by season and reviewer."""
    if round_.mode is RoundMode.live:
        drawn = session.execute(select(LiveTurn.entry_id, LiveTurn.position).where(LiveTurn.round_id == round_.id))
        places = dict(drawn.all())
        return tuple(sorted(sheets, key=lambda one: places[one.entry_id]))
    return tuple(sorted(sheets, key=lambda one: lot(one.entry_id, round_.season_id, user.id)))


def progress(session: Session, round_: ReviewRound) -> list[Progress]:
    """Every member with a sheet that stands, by seat."""
    rows = session.execute(select(CommitteeMember, func.count(ReviewSheet.id), func.count(ReviewSheet.submitted_at))
                           .join(ReviewSheet, ReviewSheet.member_id == CommitteeMember.id)
                           .where(ReviewSheet.round_id == round_.id, ReviewSheet.released_at.is_(None))
                           .group_by(CommitteeMember.id).order_by(CommitteeMember.seat)
                           .options(joinedload(CommitteeMember.user))).all()
    return [Progress(member, given, submitted) for member, given, submitted in rows]


def committees_of(session: Session, season: Season) -> list[Committee]:
    return list(session.scalars(select(Committee).where(Committee.season_id == season.id).order_by(
        Committee.created_at, Committee.id)))


def rounds_of(session: Session, season: Season) -> list[ReviewRound]:
    return list(session.scalars(select(ReviewRound).options(joinedload(ReviewRound.committee)).where(
        ReviewRound.season_id == season.id).order_by(ReviewRound.track, ReviewRound.created_at)))


def recusals_of(session: Session, round_: ReviewRound) -> list[Recusal]:
    """Recorded by members of the round's committee on entries of its group, oldest first."""
    return list(session.scalars(select(Recusal).join(Recusal.member).join(Recusal.entry).options(
        joinedload(Recusal.member).joinedload(CommitteeMember.user), joinedload(Recusal.entry)).where(
        CommitteeMember.committee_id == round_.committee_id, Entry.track == round_.track).order_by(Recusal.at)))


def sheets_of_entry(session: Session, round_: ReviewRound, entry_id: uuid.UUID) -> list[ReviewSheet]:
    """Every judge's sheet of one entry with its scores, by seat. Only for what is open to be seen: NotFound is the
    caller's to raise before that; nothing is given back here while the scores are sealed."""
    if not visible(session, round_, entry_id):
        return []
    return list(session.scalars(select(ReviewSheet).join(ReviewSheet.member).options(
        joinedload(ReviewSheet.member).joinedload(CommitteeMember.user), joinedload(ReviewSheet.scores)).where(
        ReviewSheet.round_id == round_.id, ReviewSheet.entry_id == entry_id, ReviewSheet.submitted_at.is_not(None),
        ReviewSheet.released_at.is_(None)).order_by(CommitteeMember.seat)).unique())


def visible(session: Session, round_: ReviewRound, entry_id: uuid.UUID) -> bool:
    """Whether everybody's scores of the entry may be seen: the round is opened, or its live turn revealed."""
    if round_.state is RoundState.opened:
        return True
    return session.scalar(select(LiveTurn.id).where(LiveTurn.round_id == round_.id, LiveTurn.entry_id == entry_id,
                                                    LiveTurn.revealed_at.is_not(None))) is not None
