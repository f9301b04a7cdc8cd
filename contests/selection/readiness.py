"""Whether a group can be decided: registration over, review complete, everything that counts verified."""

from sqlalchemy.orm import Session

from contests.definition import Definition, Track, cite
from contests.parts import Clause
from contests.phases import PhaseState, state
from contests.selection.defined import clause_of, quotas_of
from contests.selection.scores import scored, unopened
from contests.selection.standing import Standing, standing
from models.base import now
from models.contests import Season
from models.errors import Refused


def gaps(session: Session, season: Season, definition: Definition, track: Track) -> list[tuple[str, Clause]]:
    """What still stands in the way, each with the clause it rests on; empty when the group can be decided."""
    field = standing(session, season, track)
    found = [*_phases(definition, track), *_review(session, season, definition, track, field),
             *_entries(definition, track, field)]
    return [(message, clause) for message, clause in found if message]


def require_ready(session: Session, season: Season, definition: Definition, track: Track) -> None:
    """Refused, with the clause, for the first thing that stands in the way."""
    for message, clause in gaps(session, season, definition, track):
        raise Refused(message, clause=cite(definition, clause))


def _phases(definition: Definition, track: Track) -> list[tuple[str, Clause]]:
    registration = definition.phase_of("registration", track.stage)
    review = definition.phase_of("review", track.stage)
    found = []
    if registration is not None and state(registration, now()) is not PhaseState.over:
        found.append((f"{registration.name}还没有结束，不能评定", registration.clause))
    if review is not None and state(review, now()) in (PhaseState.undated, PhaseState.ahead):
        found.append((f"{review.name}还没有开始，不能评定", review.clause))
    return found


def _review(session: Session, season: Season, definition: Definition, track: Track,
            field: Standing) -> list[tuple[str, Clause]]:
    review = definition.phase_of("review", track.stage)
    clause = review.clause if review else clause_of(definition, track)
    judged = any(one.measure == "score" for one in track.indicators)
    if unopened(session, season, track.code):
        return [("评委还没有评完，分数没有开封，不能评定", clause)]
    if judged and not scored(session, season, track.code):
        return [("这个组别要由评委打分，还没有评审，不能评定", clause)]
    return [(f"有 {without} 份报名的“{one.name}”还没有数，不能评定", one.clause) for one in track.indicators
            if one.measure in ("score", "vote")
            and (without := sum(one.code not in each.figures for each in field.candidates))]


def _entries(definition: Definition, track: Track, field: Standing) -> list[tuple[str, Clause]]:
    clause = clause_of(definition, track)
    if not field.candidates:
        return [("还没有人提交报名", track.clause)]
    found = []
    if unverified := sum(one.unverified > 0 for one in field.entrants.values()):
        found.append((f"有 {unverified} 份报名的佐证还没有核验完，核验过的才计分", clause))
    for rule in quotas_of(definition, track):
        if rule.per != "contest" and (blank := sum(not getattr(one, rule.per) for one in field.candidates)):
            found.append((f"有 {blank} 份报名没有写明{'单位' if rule.per == 'organisation' else '区市'}，“{rule.name}”没法核对",
                          rule.clause))
    return found
