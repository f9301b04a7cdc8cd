"""From the ranking to awards: one person proposes the list, another one decides it, and both stand in the ledger."""

import uuid

from sqlalchemy import select as query
from sqlalchemy.orm import Session

from contests.definition import Definition, Track, cite
from contests.entry_access import track_of
from contests.forms.text import source_of
from contests.selection import leaves
from contests.selection.ballot import Ballot, digest
from contests.selection.choice import Selection, select
from contests.selection.defined import clause_of
from contests.selection.readiness import require_ready
from contests.selection.sealing import require_sealed, require_staff
from contests.selection.standing import Standing, standing
from contests.selection.succession import Step, fallen, losers, steps
from contests.selection.terms import from_document
from ledger import log
from models.accounts import User
from models.audit import record
from models.awards import Award, AwardProposal, ProposalState
from models.base import now
from models.contests import Entry, Season
from models.errors import Conflict, Forbidden, Invalid, Refused
from models.locking import lock

CHANGED = "名单和您看到的不一样了：有报名、核验或评分变过。请看过现在的名单再办"


def ranking(session: Session, season: Season, track: str, ballot: Ballot) -> tuple[Standing, Selection]:
    """The group as it stands under its sealed terms, without those whose award was taken back.

    Refused, with the clause, where the terms are not sealed.
    """
    _, found = track_of(season, track)
    terms = from_document(require_sealed(session, season, track).terms)
    field = standing(session, season, found, excluded=ballot.excluded | fallen(session, season, track))
    return field, select(terms, field.candidates, ballot.order)


def propose(session: Session, actor: User, season: Season, track: str, *, ballot: Ballot, minutes: str,
            seen: str) -> AwardProposal:
    """Propose the list of awards, as it was seen (`seen` is its digest). `minutes` names the record of the meeting.

    Once the group is decided, only what follows an award taken back (递补) can be: Conflict where nothing follows,
    Refused where somebody would lose by it.
    Refused, with the clause, while the terms are not sealed, review is not complete, or equals compete that the
    committee has not put in order; Conflict where the list is another one by now, or one is proposed already.
    """
    require_staff(actor)
    _hold(session, season)
    definition, found = track_of(season, track)
    require_sealed(session, season, track)
    if proposed(session, season.id, track) is not None:
        raise Conflict("已经有一份拟奖名单在等第二个人审定")
    require_ready(session, season, definition, found)
    field, selection = ranking(session, season, track, ballot)
    _fits(ballot, field, session, season, track)
    if selection.ties:
        tie = selection.ties[0]
        raise Refused(f"第 {tie.rank} 名有 {len(tie.members)} 份报名并列，要由评审委员会定出次序", field="order",
                      clause=cite(definition, clause_of(definition, found)))
    if not selection.awarded():
        raise Refused("照现在的办法没有一份报名能获奖", clause=cite(definition, clause_of(definition, found)))
    _require_change(session, season, found, definition, selection)
    if digest(selection) != seen:
        raise Conflict(CHANGED)
    row = AwardProposal(season_id=season.id, track=track, digest=seen, ballot=ballot.document(),
                        minutes=source_of(minutes, "minutes"), proposed_by_id=actor.id)
    session.add(row)
    session.flush()
    record(session, actor, "award.propose", row, season=str(season.id), track=track)
    return row


def decide(session: Session, actor: User, proposal: AwardProposal) -> list[Award]:
    """Decide a proposed list: its awards, best first, each with a ledger entry.

    Forbidden for the person who proposed it and for anybody who entered; Conflict where it was settled already or the
    list is another one by now.
    """
    require_staff(actor)
    season = proposal.season
    _hold(session, season)
    lock(session, proposal)
    _require_open(proposal)
    if actor.id == proposal.proposed_by_id:
        raise Forbidden("拟名单和审定要两个人，请另一位同事来审定")
    definition, found = track_of(season, proposal.track)
    require_ready(session, season, definition, found)
    field, selection = ranking(session, season, proposal.track, Ballot.read(proposal.ballot))
    if selection.ties or digest(selection) != proposal.digest:
        raise Conflict(CHANGED)
    entered = set(session.scalars(query(Entry.user_id).where(Entry.id.in_([one.key for one in selection.awarded()]))))
    if {actor.id, proposal.proposed_by_id} & entered:
        raise Forbidden("获奖名单里有拟名单人或审定人自己的报名，请换一位同事")
    sealed = require_sealed(session, season, proposal.track)
    leaf = log.append(session, "award.decided", leaves.decision(proposal, season, actor),
                      refs=[sealed.ledger_index], event_id=proposal.id)
    _close(proposal, actor, ProposalState.confirmed)
    proposal.ledger_index = leaf.index
    session.flush()
    decided = [_grant(session, proposal, step, field)
               for step in steps(selection, awards(session, season.id, proposal.track))]
    record(session, actor, "award.decide", proposal, awards=len(decided), ledger=proposal.ledger_index)
    return decided


def drop(session: Session, actor: User, proposal: AwardProposal) -> None:
    """Take a proposal back so that another one can be made. Conflict where it was settled already."""
    require_staff(actor)
    lock(session, proposal)
    _require_open(proposal)
    _close(proposal, actor, ProposalState.dropped)
    session.flush()
    record(session, actor, "award.drop", proposal)


def revoke(session: Session, actor: User, award: Award, reason: str) -> None:
    """Take an award back; the row stays with the reason. Conflict where it was taken back before."""
    require_staff(actor)
    lock(session, award)
    if award.revoked_at is not None:
        raise Conflict("这个奖项已经撤销")
    award.revoked_for = source_of(reason, "reason")
    award.revoked_at = now()
    leaf = log.append(session, "award.revoked", leaves.revocation(award, actor.name, award.revoked_for),
                      refs=[award.ledger_index])
    session.flush()
    record(session, actor, "award.revoke", award, ledger=leaf.index)


def proposed(session: Session, season_id: uuid.UUID, track: str) -> AwardProposal | None:
    """The list that waits for a second person, if any."""
    return session.scalar(query(AwardProposal).where(
        AwardProposal.season_id == season_id, AwardProposal.track == track, AwardProposal.state == ProposalState.open))


def awards(session: Session, season_id: uuid.UUID, track: str) -> list[Award]:
    """The group's awards that stand, best first."""
    return list(session.scalars(query(Award).where(
        Award.season_id == season_id, Award.track == track, Award.revoked_at.is_(None))
        .order_by(Award.rank, Award.ledger_index)))


def _require_change(session: Session, season: Season, track: Track, definition: Definition,
                    selection: Selection) -> None:
    """After the first decision: somebody moves up, and nobody who holds an award loses by it."""
    held = awards(session, season.id, track.code)
    clause = cite(definition, clause_of(definition, track))
    if held and not steps(selection, held):
        raise Conflict(f"“{track.name}”的奖项已经评定", clause=clause)
    places = {award.code: place for place, award in enumerate(track.awards)}
    if lost := losers(selection, held, places):
        names = "、".join(award.entry.name for award in lost[:5])
        raise Refused(f"照名次递补，{names}的奖项会降低或取消。已经评定的不能这样改，请委员会另议", clause=clause)


def _grant(session: Session, proposal: AwardProposal, step: Step, field: Standing) -> Award:
    """The award; the one that the entry held before is taken back for it."""
    one, before = step.placed, step.before
    assert one.grade is not None
    assert proposal.settled_by_id is not None
    assert proposal.ledger_index is not None
    if before is not None:
        before.revoked_at, before.revoked_for = now(), f"递补，改为{one.grade.name}"
        session.flush()
    row = Award(id=uuid.uuid4(), season_id=proposal.season_id, track=proposal.track, entry_id=one.key,
                grade=one.grade.code, rank=one.ranked.rank, points=one.ranked.points, minutes=proposal.minutes,
                decided_by_id=proposal.settled_by_id, decided_at=now())
    entrant = field.entrants[one.key]
    row.ledger_index = log.append(session, "award.granted", leaves.award(row, entrant.name),
                                  refs=[proposal.ledger_index, entrant.ledger_index,
                                        *([before.ledger_index] if before else [])], event_id=row.id).index
    session.add(row)
    return row


def _fits(ballot: Ballot, field: Standing, session: Session, season: Season, track: str) -> None:
    """Only false filings may be shut out, and only places from 1 on be given, each once among equals."""
    everybody = standing(session, season, track_of(season, track)[1]).entrants if ballot.excluded else field.entrants
    if any(key not in everybody or not everybody[key].sanctioned for key in ballot.excluded):
        raise Invalid("只有认定申报不实的报名可以不参加评选", field="excluded")
    if any(key not in field.entrants or place < 1 for key, place in ballot.order.items()):
        raise Invalid("并列的次序写 1、2、3……", field="order")


def _hold(session: Session, season: Season) -> None:
    """One act at a time in a season: entries, settings and decisions all wait for its row."""
    lock(session, season)


def _require_open(proposal: AwardProposal) -> None:
    if proposal.state is not ProposalState.open:
        raise Conflict("这份拟奖名单已经审定或撤回")


def _close(proposal: AwardProposal, actor: User, state: ProposalState) -> None:
    proposal.state, proposal.settled_by_id, proposal.settled_at = state, actor.id, now()
