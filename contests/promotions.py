"""晋级: whoever holds the promoting award of one stage enters the next, frozen as they were; nobody else does."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests import leaves
from contests.definition import Definition, cite
from contests.rules.kinds import PromotionRule
from contests.rules.promotion import promotion
from contests.seasons import definition_of
from contests.staff import is_staff
from ledger import log
from models.accounts import User
from models.audit import notify, record
from models.awards import Award
from models.base import now
from models.contests import Entry, EntryMember, EntryStatus, Season
from models.errors import Conflict, Forbidden, Refused
from models.locking import lock


def promote(session: Session, actor: User, season: Season) -> list[Entry]:
    """Enter every holder of the promoting award, not revoked, into the next stage; those there already are left out.

    Each new entry carries the members and what was filed, and its ledger entry cites the award. Conflict where nobody
    is left to promote.
    """
    _require_staff(actor)
    lock(session, season)
    definition = definition_of(season)
    entered = [_enter(session, definition, season, rule, award) for rule, award in waiting(session, season)]
    if not entered:
        raise Conflict("没有还没晋级的获奖者")
    for entry in entered:
        record(session, actor, "entry.promote", entry, ledger=entry.ledger_index)
        notify(session, entry.user_id, f"“{entry.name}”晋级{definition.track(entry.track).name}", entry)
    return entered


def waiting(session: Session, season: Season) -> list[tuple[PromotionRule, Award]]:
    """Who goes on by which rule and is not there yet, in the order in which they are entered."""
    definition = definition_of(season)
    return [(rule, award) for rule in definition.promotions() for award in _holders(session, definition, season, rule)]


def require_promoted(session: Session, definition: Definition, entry: Entry) -> None:
    """Refused, with the clause, for an entry that holds no award that lets it go on."""
    award = session.scalar(select(Award).where(Award.entry_id == entry.id, Award.revoked_at.is_(None)))
    track = definition.track(entry.track)
    for rule in definition.promotions():
        refusal = promotion(rule, entry.name, track.stage, award.grade if award else None, _named(definition, rule),
                            definition.source.number)
        if refusal is not None:
            raise Refused(refusal.message, clause=refusal.citation)


def _holders(session: Session, definition: Definition, season: Season, rule: PromotionRule) -> list[Award]:
    """In the order of the tracks, then of rank; without those who stand in the target by name and filer."""
    tracks = [track.code for track in definition.tracks if track.stage == rule.stage]
    there = {(entry.user_id, entry.name) for entry in session.scalars(
        select(Entry).where(Entry.season_id == season.id, Entry.track == rule.target))}
    awards = session.scalars(select(Award).where(
        Award.season_id == season.id, Award.track.in_(tracks), Award.grade == rule.award, Award.revoked_at.is_(None)))
    ordered = sorted(awards, key=lambda one: (tracks.index(one.track), one.rank, one.entry.name))
    return [one for one in ordered if (one.entry.user_id, one.entry.name) not in there]


def _enter(session: Session, definition: Definition, season: Season, rule: PromotionRule, award: Award) -> Entry:
    won = award.entry
    entry = Entry(season=season, track=rule.target, user=won.user, kind=won.kind, name=won.name, phone=won.phone,
                  employer=won.employer, organisation=won.organisation, district_code=won.district_code,
                  summary=won.summary, facts=won.facts | {"promoted_from": str(won.id)}, declared_at=won.declared_at)
    entry.members = [EntryMember(position=one.position, name=one.name, kind=one.kind, organisation=one.organisation,
                                 organisation_id=one.organisation_id, user_id=one.user_id, student=one.student,
                                 defender=one.defender, chair=one.chair, side=one.side) for one in won.members]
    session.add(entry)
    session.flush()
    entry.snapshot = won.snapshot | {"track": rule.target, "promoted_from": won.track,
                                     "clause": cite(definition, rule.clause)}
    leaf = log.append(session, "registration.submitted", leaves.registration(entry),
                      refs=[award.ledger_index, won.ledger_index])
    entry.ledger_index = leaf.index
    entry.status, entry.submitted_at = EntryStatus.submitted, now()
    session.flush()
    return entry


def _named(definition: Definition, rule: PromotionRule) -> str:
    stage = next(stage.name for stage in definition.stages if stage.code == rule.stage)
    award = next(award.name for track in definition.tracks if track.stage == rule.stage
                 for award in track.awards if award.code == rule.award)
    return f"{stage}{award}"


def _require_staff(actor: User) -> None:
    if not is_staff(actor):
        raise Forbidden("只有工作人员可以办理晋级")
