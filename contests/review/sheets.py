"""评分表: a reviewer opens one, keeps a draft, hands it in. Handed in it is sealed, and nothing of it changes any more."""

import secrets
import uuid
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from contests.review.access import clause_of, hold, in_force, require_scoring, terms_of
from contests.review.assigning import require_no_conflict
from contests.review.live import require_turn, reveal_when_complete
from contests.review.opening import open_when_complete
from contests.review.rubric import complete, read_points, read_reason, rubric
from contests.review.sealing import digest
from ledger import log
from models.accounts import User
from models.audit import record
from models.base import now
from models.errors import Conflict, Forbidden, NotFound
from models.reviews import CommitteeMember, ReviewRound, ReviewSheet, RoundMode, SheetScore

Typed = Mapping[str, tuple[str, str]]
"""Indicator → (points, reason), as typed."""


def find_sheet(session: Session, actor: User, sheet_id: uuid.UUID) -> ReviewSheet:
    """The reviewer's own sheet. Forbidden, with the clause, for one given to somebody else."""
    sheet = session.scalar(select(ReviewSheet).options(
        joinedload(ReviewSheet.round).joinedload(ReviewRound.season), joinedload(ReviewSheet.entry),
        joinedload(ReviewSheet.member).joinedload(CommitteeMember.user)).where(ReviewSheet.id == sheet_id))
    if sheet is None:
        raise NotFound("没有找到这份评分表")
    if sheet.member.user_id != actor.id:
        raise Forbidden("这份报名没有分给您评", clause=clause_of(sheet.round))
    return sheet


def save_draft(session: Session, actor: User, sheet: ReviewSheet, typed: Typed) -> None:
    """Keep what is there so far; what is missing may stay so. Invalid, beside its field, for a score out of range."""
    _require_open(session, actor, sheet)
    for one in rubric(terms_of(sheet.round)[1]):
        points, reason = typed.get(one.code, ("", ""))
        _put(session, sheet, one.code, read_points(one, points), read_reason(one, reason))
    session.flush()
    record(session, actor, "review.draft", sheet)


def submit_sheet(session: Session, actor: User, sheet: ReviewSheet, typed: Typed) -> None:
    """Hand it in: every indicator scored, each with its reason. Sealed into the ledger by its hash.

    The last sheet of the round opens all of them; in a live round, the last of the turn reveals the turn.
    """
    _require_open(session, actor, sheet)
    scores = complete(rubric(terms_of(sheet.round)[1]), typed)
    for code, score in scores.items():
        _put(session, sheet, code, score.points, score.reason)
    sheet.salt = secrets.token_hex(32)
    sheet.digest = digest(sheet.salt, sheet.id, scores)
    leaf = log.append(session, "review.scored", {
        "sheet": sheet.id, "round": sheet.round_id, "entry": sheet.entry_id, "reviewer.id": actor.id,
        "reviewer.name": actor.name, "digest": sheet.digest}, refs=[sheet.entry.ledger_index])
    sheet.submitted_at, sheet.ledger_index = now(), leaf.index
    session.flush()
    record(session, actor, "review.submit", sheet, ledger=leaf.index)
    if sheet.round.mode is RoundMode.live:
        reveal_when_complete(session, sheet.round, sheet.entry_id)
    else:
        open_when_complete(session, sheet.round)


def _require_open(session: Session, actor: User, sheet: ReviewSheet) -> None:
    """Hold round and sheet; nothing may be written on one that is sealed, taken back, opened, or not the actor's."""
    if sheet.member.user_id != actor.id:
        raise Forbidden("这份报名没有分给您评", clause=clause_of(sheet.round))
    hold(session, sheet.round)
    hold(session, sheet)
    if sheet.submitted_at is not None:
        raise Conflict("评分表已经提交封存，分数不能再改", clause=clause_of(sheet.round))
    require_scoring(sheet.round)
    if sheet.released_at is not None:
        raise Conflict(f"这份报名已经不由您评：{sheet.released_for}")
    if not in_force(sheet.member):
        raise Forbidden("您在委员会的任期已经结束")
    if sheet.round.mode is RoundMode.live:
        require_turn(session, sheet.round, sheet.entry_id)
    require_no_conflict(session, sheet.round, sheet.member, sheet.entry)


def _put(session: Session, sheet: ReviewSheet, code: str, points, reason: str) -> None:
    score = session.get(SheetScore, (sheet.id, code), populate_existing=True)  # the sheet's hash is of what is kept
    if score is None:
        session.add(SheetScore(sheet_id=sheet.id, indicator=code, points=points, reason=reason))
    else:
        score.points, score.reason = points, reason
