"""开封: every score of a round opened at once, when the last sheet is in or by staff; from then on none changes."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contests.review.access import body, clause_of, hold, require_scoring, require_staff
from contests.review.planning import entries_of, outstanding
from contests.review.sealing import Score, digest, digest_of_all
from ledger import log
from models.accounts import User
from models.audit import record
from models.base import now
from models.errors import Refused
from models.reviews import ReviewRound, ReviewSheet, RoundMode, RoundState, SheetScore


def open_round(session: Session, actor: User, round_: ReviewRound, reason: str = "") -> None:
    """Staff open the scores. Refused while a sheet is out; with entries short of reviews only with a reason.

    A live round opens with its last turn (contests/review/live.py).
    """
    require_staff(actor)
    hold(session, round_)
    require_scoring(round_)
    if round_.mode is RoundMode.live:
        raise Refused("现场亮分的一轮，最后一位亮分后自动开封", clause=clause_of(round_))
    waiting = outstanding(session, round_)
    if waiting:
        names = "、".join(dict.fromkeys(sheet.member.user.name for sheet in waiting))
        raise Refused(f"还有 {len(waiting)} 份评分表没有交：{names}。交齐以前谁也看不到分数", clause=clause_of(round_))
    if short_entries(session, round_):
        reason = body(reason, "为什么评委不足也开封", "reason")
    open_scores(session, round_, actor, reason)


def open_when_complete(session: Session, round_: ReviewRound) -> bool:
    """After a sheet came in (the round is held): open if it was the last and no entry is short. Whether it did."""
    if outstanding(session, round_) or short_entries(session, round_):
        return False
    open_scores(session, round_, None, "")
    return True


def open_scores(session: Session, round_: ReviewRound, actor: User | None, reason: str) -> None:
    """Open the round, and say so in the ledger: how many sheets, one hash over all of them, who opened it and why."""
    digests = list(session.scalars(select(ReviewSheet.digest).where(
        ReviewSheet.round_id == round_.id, ReviewSheet.submitted_at.is_not(None),
        ReviewSheet.released_at.is_(None))))
    leaf = log.append(session, "review.opened", {
        "round": round_.id, "contest": f"{round_.season.code}/{round_.season.year}", "track": round_.track,
        "stage": round_.stage, "sheets": len(digests), "digest": digest_of_all(digests), "reason": reason,
        "opened.by": None if actor is None else actor.id})
    round_.state, round_.opened_at, round_.opened_for = RoundState.opened, now(), reason
    round_.opened_by_id = None if actor is None else actor.id
    round_.ledger_index = leaf.index
    session.flush()
    record(session, actor, "review.open", round_, sheets=len(digests), ledger=leaf.index)


def short_entries(session: Session, round_: ReviewRound) -> list[tuple[uuid.UUID, int]]:
    """Entries with fewer standing sheets than the round asks for, each with how many it has."""
    number = func.count(ReviewSheet.id)
    entries = entries_of(round_).subquery()
    rows = session.execute(select(entries.c.id, number).outerjoin(
        ReviewSheet, (ReviewSheet.entry_id == entries.c.id) & (ReviewSheet.round_id == round_.id)
        & ReviewSheet.released_at.is_(None)).group_by(entries.c.id).having(number < round_.reviews))
    return [(entry, had) for entry, had in rows]


def tampered(session: Session, round_: ReviewRound) -> list[ReviewSheet]:
    """Sheets whose scores are not those that the ledger's leaf was sealed with. None: all is as it was handed in."""
    sheets = session.scalars(select(ReviewSheet).where(
        ReviewSheet.round_id == round_.id, ReviewSheet.submitted_at.is_not(None)).order_by(ReviewSheet.ledger_index))
    return [sheet for sheet in sheets if sealed_digest(session, sheet) != digest(
        sheet.salt, sheet.id, {one.indicator: Score(one.points, one.reason) for one in _scores(session, sheet)})]


def sealed_digest(session: Session, sheet: ReviewSheet) -> str:
    """What the ledger says: its leaf is the witness, not the row beside the scores."""
    opening = log.entry(session, sheet.ledger_index).openings["digest"]
    return opening.value.decode().strip('"')


def _scores(session: Session, sheet: ReviewSheet) -> list[SheetScore]:
    return list(session.scalars(select(SheetScore).where(SheetScore.sheet_id == sheet.id)))
