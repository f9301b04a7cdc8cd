"""Who would read what: everything known of a round's entries and members, and the most even division of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from contests.review.balancing import balance, lots
from contests.review.committees import sitting
from contests.review.conflicts import Reason
from contests.review.relations import Relations, relations
from models.contests import Entry, EntryStatus, Sanction
from models.reviews import CommitteeMember, ReviewRound, ReviewSheet

Pair = tuple[uuid.UUID, uuid.UUID]


@dataclass(frozen=True)
class Shortage:
    """An entry that cannot have as many reviews as set: how many it gets, and why each other member may not."""

    entry: Entry
    reviews: int
    blocked: tuple[tuple[CommitteeMember, tuple[Reason, ...]], ...]


@dataclass(frozen=True)
class Proposal:
    """Who would read what. `pairs`: new ones (entry, member). `loads`: member → entries, those held included."""

    entries: tuple[Entry, ...]
    members: tuple[CommitteeMember, ...]
    pairs: tuple[tuple[Entry, CommitteeMember], ...]
    loads: dict[uuid.UUID, int]
    blocked: dict[Pair, tuple[Reason, ...]]
    """(member, entry) → reasons, for every pair with any."""
    short: tuple[Shortage, ...]


def entries_of(round_: ReviewRound) -> Select[uuid.UUID]:
    """Ids of what is to be reviewed: handed in, and not found false."""
    return select(Entry.id).where(
        Entry.season_id == round_.season_id, Entry.track == round_.track, Entry.status == EntryStatus.submitted,
        Entry.id.not_in(select(Sanction.entry_id)))


def propose(session: Session, round_: ReviewRound) -> Proposal:
    """The most even division there is, on top of what is assigned already. The same contest, the same proposal."""
    members = tuple(sitting(session, round_.committee_id))
    entries = tuple(session.scalars(select(Entry).where(Entry.id.in_(entries_of(round_)))
                                    .order_by(Entry.ledger_index)))
    blocked = _blocked(relations(session, members, entries_of(round_)), entries, members)
    held = _held(session, round_, entries, members)
    added = _divide(round_, entries, members, blocked, held)
    pairs = tuple((entries[row], members[column]) for row, column in zip(*np.nonzero(added), strict=True))
    loads = {member.id: int(load) for member, load in zip(members, (held | added).sum(0), strict=False)}
    short = [_shortage(entry, int(number), members, blocked)
             for entry, number in zip(entries, (held | added).sum(1), strict=True) if number < round_.reviews]
    return Proposal(entries, members, pairs, loads, blocked, tuple(short))


def _divide(round_: ReviewRound, entries: Sequence[Entry], members: Sequence[CommitteeMember],
            blocked: dict[Pair, tuple[Reason, ...]], held: np.ndarray) -> np.ndarray:
    """bool, as `held`: the pairs to add. Columns beyond `members` are those of members who left."""
    allowed, drawn = np.zeros(held.shape, bool), np.zeros(held.shape, np.int64)
    for row, entry in enumerate(entries):
        for column, member in enumerate(members):
            allowed[row, column] = (member.id, entry.id) not in blocked
    drawn[:, :len(members)] = lots(str(round_.season_id), [str(entry.id) for entry in entries],
                                   [str(member.id) for member in members])
    return balance(allowed, round_.reviews or len(members), held, drawn)


def _held(session: Session, round_: ReviewRound, entries: Sequence[Entry],
          members: Sequence[CommitteeMember]) -> np.ndarray:
    """bool (entries, members and those who left): the sheets that stand."""
    rows = session.execute(select(ReviewSheet.entry_id, ReviewSheet.member_id).where(
        ReviewSheet.round_id == round_.id, ReviewSheet.released_at.is_(None))
        .order_by(ReviewSheet.assigned_at, ReviewSheet.id)).all()
    row = {entry.id: at for at, entry in enumerate(entries)}
    column = {key: at for at, key in enumerate(dict.fromkeys([*(member.id for member in members),
                                                              *(member for _entry, member in rows)]))}
    held = np.zeros((len(entries), len(column)), bool)
    for entry, member in rows:
        if entry in row:
            held[row[entry], column[member]] = True
    return held


def _blocked(known: Relations, entries: Sequence[Entry],
             members: Sequence[CommitteeMember]) -> dict[Pair, tuple[Reason, ...]]:
    found = {(member.id, entry.id): known.reasons(member.id, entry.id) for entry in entries for member in members}
    return {pair: reasons for pair, reasons in found.items() if reasons}


def _shortage(entry: Entry, reviews: int, members: Sequence[CommitteeMember],
              blocked: dict[Pair, tuple[Reason, ...]]) -> Shortage:
    return Shortage(entry, reviews, tuple((member, blocked[member.id, entry.id]) for member in members
                                          if (member.id, entry.id) in blocked))


def outstanding(session: Session, round_: ReviewRound) -> list[ReviewSheet]:
    """Sheets that stand and are not handed in, by member's seat, without those of entries sent back or withdrawn."""
    return list(session.scalars(select(ReviewSheet).join(ReviewSheet.member).options(
        joinedload(ReviewSheet.member).joinedload(CommitteeMember.user), joinedload(ReviewSheet.entry)).where(
        ReviewSheet.round_id == round_.id, ReviewSheet.released_at.is_(None), ReviewSheet.submitted_at.is_(None),
        ReviewSheet.entry_id.in_(entries_of(round_))).order_by(CommitteeMember.seat, ReviewSheet.id)))
