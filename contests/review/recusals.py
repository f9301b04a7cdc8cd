"""回避: a member does not judge an entry, and says why; another takes it over where there is one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.review.access import body, hold, require_staff, require_unopened
from contests.review.assigning import write_pairs
from contests.review.live import current_turn, reveal_when_complete
from contests.review.planning import propose
from contests.staff import is_staff
from models.accounts import User
from models.audit import record
from models.base import now
from models.contests import Entry
from models.errors import Conflict, Forbidden
from models.reviews import CommitteeMember, Recusal, ReviewRound, ReviewSheet, RoundMode, RoundState


def recuse(session: Session, actor: User, round_: ReviewRound, member: CommitteeMember, entry: Entry,
           reason: str) -> CommitteeMember | None:
    """Record it, take the sheet back and give the entry to another member; None where there is no other.

    By the member, or by staff for them. A sheet handed in before no longer counts, but only while all are sealed:
    nobody can know what leaving it out does. Conflict once the scores are open, or where it is recorded already.
    """
    if actor.id != member.user_id and not is_staff(actor):
        raise Forbidden("只有评委本人和工作人员可以登记回避")
    hold(session, round_)
    require_unopened(round_)
    reason = body(reason, "回避的原因", "reason")
    if session.scalar(select(Recusal.id).where(Recusal.member_id == member.id, Recusal.entry_id == entry.id)):
        raise Conflict("这份报名的回避已经登记过")
    session.add(Recusal(member=member, entry=entry, reason=reason, recorded_by=actor))
    taken = _take_back(session, round_, member, entry, "已回避")
    session.flush()
    record(session, actor, "review.recuse", round_, member=str(member.id), entry=str(entry.id))
    return _pass_on(session, actor, round_, entry) if taken else None


def release_left(session: Session, actor: User, round_: ReviewRound, member: CommitteeMember) -> int:
    """Take back what a member who leaves has not handed in, for others to be given. How many sheets."""
    require_staff(actor)
    hold(session, round_)
    require_unopened(round_)
    waiting = session.scalars(select(ReviewSheet).where(
        ReviewSheet.round_id == round_.id, ReviewSheet.member_id == member.id, ReviewSheet.released_at.is_(None),
        ReviewSheet.submitted_at.is_(None))).all()
    for sheet in waiting:
        sheet.released_at, sheet.released_for = now(), "任期结束"
    session.flush()
    record(session, actor, "review.release", round_, member=str(member.id), sheets=len(waiting))
    return len(waiting)


def _take_back(session: Session, round_: ReviewRound, member: CommitteeMember, entry: Entry, why: str) -> bool:
    sheet = session.scalar(select(ReviewSheet).where(
        ReviewSheet.round_id == round_.id, ReviewSheet.member_id == member.id, ReviewSheet.entry_id == entry.id,
        ReviewSheet.released_at.is_(None)).with_for_update())
    if sheet is None:
        return False
    sheet.released_at, sheet.released_for = now(), why
    return True


def _pass_on(session: Session, actor: User, round_: ReviewRound, entry: Entry) -> CommitteeMember | None:
    """The member who takes the entry over. In a live round everybody judges already: it may have been the last."""
    if round_.state is not RoundState.scoring:
        return None
    if round_.mode is RoundMode.live:
        turn = current_turn(session, round_)
        if turn is not None and turn.entry_id == entry.id:
            reveal_when_complete(session, round_, entry.id)
        return None
    pairs = tuple(pair for pair in propose(session, round_).pairs if pair[0].id == entry.id)[:1]
    write_pairs(session, actor, round_, pairs)
    return pairs[0][1] if pairs else None
