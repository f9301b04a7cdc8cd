"""现场亮分 (001 二（二）): entries in drawn order; judges score at once; nobody sees a score before all of a turn show."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from contests.review.access import body, clause_of, hold, require_scoring, require_staff
from contests.review.opening import open_scores
from contests.review.sealing import digest_of_all
from ledger import log
from models.accounts import User
from models.audit import record
from models.base import now
from models.errors import Conflict, NotFound, Refused
from models.reviews import LiveTurn, ReviewRound, ReviewSheet, RoundMode


def turns(session: Session, round_: ReviewRound) -> list[LiveTurn]:
    """Every turn in drawn order."""
    return list(session.scalars(select(LiveTurn).options(joinedload(LiveTurn.entry)).where(
        LiveTurn.round_id == round_.id).order_by(LiveTurn.position)))


def current_turn(session: Session, round_: ReviewRound) -> LiveTurn | None:
    """The turn that is being scored."""
    return session.scalar(select(LiveTurn).options(joinedload(LiveTurn.entry)).where(
        LiveTurn.round_id == round_.id, LiveTurn.opened_at.is_not(None), LiveTurn.revealed_at.is_(None)))


def call_next(session: Session, actor: User, round_: ReviewRound) -> LiveTurn:
    """Call the next entry in drawn order. Conflict while another is being scored, and after the last."""
    require_staff(actor)
    _hold_live(session, round_)
    running = current_turn(session, round_)
    if running is not None:
        raise Conflict(f"第 {running.position} 位还没有亮分")
    turn = session.scalar(select(LiveTurn).where(LiveTurn.round_id == round_.id, LiveTurn.opened_at.is_(None))
                          .order_by(LiveTurn.position).limit(1))
    if turn is None:
        raise Conflict("各位都已经亮过分")
    turn.opened_at = now()
    session.flush()
    record(session, actor, "review.call", turn, position=turn.position)
    return turn


def close_turn(session: Session, actor: User, turn: LiveTurn, reason: str) -> None:
    """Reveal although a judge is not in, for the reason given. Whoever is not in by then does not score this entry."""
    require_staff(actor)
    round_ = session.get_one(ReviewRound, turn.round_id)
    _hold_live(session, round_)
    session.refresh(turn)
    if turn.opened_at is None:
        raise Conflict(f"第 {turn.position} 位还没有开始")
    if turn.revealed_at is not None:
        raise Conflict(f"第 {turn.position} 位已经亮分")
    reason = body(reason, "为什么不等齐就亮分", "reason")
    for sheet in _waiting(session, turn):
        sheet.released_at, sheet.released_for = now(), reason
    turn.closed_by_id, turn.closed_for = actor.id, reason
    _reveal(session, round_, turn, actor)


def reveal_when_complete(session: Session, round_: ReviewRound, entry_id: uuid.UUID) -> bool:
    """After a sheet came in (the round is held): reveal the turn if it was the last. Whether it did."""
    turn = turn_of(session, round_, entry_id)
    if _waiting(session, turn):
        return False
    _reveal(session, round_, turn, None)
    return True


def require_turn(session: Session, round_: ReviewRound, entry_id: uuid.UUID) -> None:
    """Refused, with the clause, unless this entry is the one being scored."""
    turn = turn_of(session, round_, entry_id)
    if turn.opened_at is None:
        raise Refused(f"第 {turn.position} 位还没有上场，到时候再打分", clause=clause_of(round_))
    if turn.revealed_at is not None:
        raise Conflict(f"第 {turn.position} 位已经亮分，不能再打分", clause=clause_of(round_))


def turn_of(session: Session, round_: ReviewRound, entry_id: uuid.UUID) -> LiveTurn:
    return session.scalars(select(LiveTurn).where(LiveTurn.round_id == round_.id, LiveTurn.entry_id == entry_id)).one()


def find_turn(session: Session, round_: ReviewRound, turn_id: uuid.UUID) -> LiveTurn:
    turn = session.get(LiveTurn, turn_id)
    if turn is None or turn.round_id != round_.id:
        raise NotFound("没有找到这一位")
    return turn


def _hold_live(session: Session, round_: ReviewRound) -> None:
    hold(session, round_)
    if round_.mode is not RoundMode.live:
        raise Conflict("这一轮不是现场亮分")
    require_scoring(round_)


def _waiting(session: Session, turn: LiveTurn) -> list[ReviewSheet]:
    """Judges of the turn who are not in yet."""
    return list(session.scalars(select(ReviewSheet).where(
        ReviewSheet.round_id == turn.round_id, ReviewSheet.entry_id == turn.entry_id,
        ReviewSheet.released_at.is_(None), ReviewSheet.submitted_at.is_(None)).order_by(ReviewSheet.id)))


def _reveal(session: Session, round_: ReviewRound, turn: LiveTurn, actor: User | None) -> None:
    """Show the turn's scores, all at once; after the last turn the whole round is open."""
    turn.revealed_at = now()
    session.flush()
    digests = list(session.scalars(select(ReviewSheet.digest).where(
        ReviewSheet.round_id == round_.id, ReviewSheet.entry_id == turn.entry_id,
        ReviewSheet.submitted_at.is_not(None), ReviewSheet.released_at.is_(None))))
    log.append(session, "review.opened", {
        "round": round_.id, "entry": turn.entry_id, "position": turn.position, "sheets": len(digests),
        "digest": digest_of_all(digests), "reason": turn.closed_for, "opened.by": None if actor is None else actor.id})
    record(session, actor, "review.reveal", turn, position=turn.position, sheets=len(digests))
    left = session.scalar(select(func.count()).select_from(LiveTurn).where(
        LiveTurn.round_id == round_.id, LiveTurn.revealed_at.is_(None)))
    if not left:
        open_scores(session, round_, actor, "")
