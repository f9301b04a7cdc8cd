"""Giving entries to reviewers: planned for a look first, then done; topped up where somebody drops out."""

import secrets
import uuid
from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.parts import MAIN
from contests.phases import require_open
from contests.review.access import (
    clause_of,
    hold,
    require_scoring,
    require_staff,
    require_unopened,
    terms_of,
)
from contests.review.ordering import shuffled
from contests.review.planning import Proposal, propose
from contests.review.relations import relations
from contests.review.rubric import rubric
from ledger import log
from models.accounts import User
from models.audit import notify, record
from models.base import now
from models.contests import Entry, Season
from models.errors import Conflict, Invalid, NotFound, Refused
from models.reviews import (
    Committee,
    CommitteeMember,
    LiveTurn,
    ReviewRound,
    ReviewSheet,
    RoundMode,
    RoundState,
)

MOST = 50

RECUSAL = "通知没有单列这一条：和参赛者有利害关系的评委要回避，评审才公正"


def plan_round(session: Session, actor: User, season: Season, committee: Committee, track: str, *,
               reviews: int, stage: str = MAIN, mode: RoundMode = RoundMode.written) -> ReviewRound:
    """A review of the group by the committee, not yet assigned. A live round needs no number: everybody judges.

    Conflict where the group has one for that stage already.
    """
    require_staff(actor)
    hold(session, committee)
    round_ = ReviewRound(season=season, committee=committee, track=track, stage=stage, mode=mode,
                         reviews=0 if mode is RoundMode.live else reviews)
    terms_of(round_)
    if mode is RoundMode.written and not 1 <= reviews <= MOST:
        raise Invalid(f"每份报名由几位评委评，写 1 到 {MOST} 的数", field="reviews")
    if find_round_of(session, season, track, stage) is not None:
        raise Conflict("这个组别的这一轮评审已经建好了")
    session.add(round_)
    session.flush()
    record(session, actor, "review.plan", round_, track=track, stage=stage, mode=mode, reviews=round_.reviews)
    return round_


def find_round(session: Session, round_id: uuid.UUID) -> ReviewRound:
    found = session.get(ReviewRound, round_id)
    if found is None:
        raise NotFound("没有找到这一轮评审")
    return found


def find_round_of(session: Session, season: Season, track: str, stage: str) -> ReviewRound | None:
    return session.scalar(select(ReviewRound).where(
        ReviewRound.season_id == season.id, ReviewRound.track == track, ReviewRound.stage == stage))


def assign(session: Session, actor: User, round_: ReviewRound) -> Proposal:
    """Give the entries out, or fill up what is missing once that was done. Those short of reviewers go to who may;
    `short` names them. Refused, with the clause, before the review may begin. Conflict where nothing is to do.
    """
    require_staff(actor)
    hold(session, round_)
    require_unopened(round_)
    if round_.state is RoundState.forming:
        _require_ready(round_)
    elif round_.mode is RoundMode.live:
        raise Conflict("顺序已经抽定，不能再分派")
    proposal = propose(session, round_)
    _require_work(proposal, round_)
    write_pairs(session, actor, round_, proposal.pairs)
    if round_.mode is RoundMode.live:
        _draw(session, round_, proposal.entries)
    round_.state = RoundState.scoring
    session.flush()
    record(session, actor, "review.assign", round_, sheets=len(proposal.pairs), short=len(proposal.short))
    return proposal


def write_pairs(session: Session, actor: User, round_: ReviewRound,
                pairs: tuple[tuple[Entry, CommitteeMember], ...]) -> None:
    """Sheets for the pairs, and one message to each reviewer."""
    session.add_all(ReviewSheet(round=round_, entry=entry, member=member) for entry, member in pairs)
    session.flush()
    for user_id, number in Counter(member.user_id for _entry, member in pairs).items():
        notify(session, user_id, f"有 {number} 份报名等您评审", round_)


def _require_ready(round_: ReviewRound) -> None:
    """Weights are set and published first; the phase, where the contest has one for it, is open."""
    definition, track = terms_of(round_)
    unset = [one for one in rubric(track) if one.weight is None]
    if unset:
        names = "、".join(one.name for one in unset)
        raise Refused(f"评审还不能开始，先定下来：{names}的权重", clause=clause_of(round_))
    phase = definition.phase_of("review", track.stage)
    if phase is not None:
        require_open(definition, phase.code, now())


def _require_work(proposal: Proposal, round_: ReviewRound) -> None:
    if not proposal.members:
        raise Conflict("委员会还没有成员")
    if not proposal.entries:
        raise Conflict("这个组别还没有提交的报名")
    if not proposal.pairs:
        raise Conflict("没有可以再分派的。缺评委的报名，先增补委员" if proposal.short else "都已经分派好了")


def _draw(session: Session, round_: ReviewRound, entries: tuple[Entry, ...]) -> None:
    """Draw the order of appearance. The random number goes into the ledger, so that anybody can draw it again."""
    round_.draw_seed = secrets.token_hex(16)
    order = shuffled([entry.id for entry in entries], round_.draw_seed)
    session.add_all(LiveTurn(round_id=round_.id, entry_id=entry, position=position)
                    for position, entry in enumerate(order, 1))
    session.flush()
    log.append(session, "review.drawn", {
        "round": round_.id, "contest": f"{round_.season.code}/{round_.season.year}", "track": round_.track,
        "stage": round_.stage, "seed": round_.draw_seed, "order": order})


def require_no_conflict(session: Session, round_: ReviewRound, member: CommitteeMember, entry: Entry) -> None:
    """Refused, with the reasons and the clause, where the member may not judge the entry as things stand now."""
    reasons = relations(session, [member], select(Entry.id).where(Entry.id == entry.id)).reasons(member.id, entry.id)
    if reasons:
        raise Refused("您要回避这份报名：" + "；".join(reason.text for reason in reasons),
                      clause=f"{clause_of(round_)}（{RECUSAL}）")


def give(session: Session, actor: User, round_: ReviewRound, entry: Entry, member: CommitteeMember) -> ReviewSheet:
    """Give one entry to one member by hand, beyond the even division. Refused where a conflict stands against it."""
    require_staff(actor)
    hold(session, round_)
    require_scoring(round_)
    if member.committee_id != round_.committee_id or entry.track != round_.track or entry.season_id != round_.season_id:
        raise NotFound("委员或报名不在这一轮评审里")
    require_no_conflict(session, round_, member, entry)
    own = select(ReviewSheet).where(ReviewSheet.round_id == round_.id, ReviewSheet.entry_id == entry.id,
                                    ReviewSheet.member_id == member.id)
    if session.scalar(own) is not None:
        raise Conflict("这份报名已经分给过这位委员")
    write_pairs(session, actor, round_, ((entry, member),))
    record(session, actor, "review.give", round_, entry=str(entry.id), member=str(member.id))
    return session.scalars(own).one()
