"""Sealing the terms of a group (评选办法封存): from then on they are in the ledger and nobody changes them."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests import staff
from contests.definition import Definition, cite
from contests.entry_access import track_of
from contests.forms.text import source_of
from contests.seasons import definition_of
from contests.selection import leaves
from contests.selection.defined import clause_of, concerns, terms_of
from contests.selection.terms import to_document
from ledger import log
from models.accounts import User
from models.audit import record
from models.awards import SealedTerms
from models.contests import Season
from models.errors import Conflict, Refused
from models.locking import lock


def seal(session: Session, actor: User, season: Season, track: str, *, minutes: str, version: int) -> SealedTerms:
    """Seal what the group is judged by: weights, grades with places and cut-offs, caps.

    `minutes` names the record that settled them; `version` is the season's as they were read. Refused, with the
    clause, while something is not set; Conflict where somebody changed or sealed them meanwhile.
    """
    require_staff(actor)
    lock(session, season)
    definition, found = track_of(season, track)
    if (earlier := sealed(session, season.id, track)) is not None:
        raise Conflict(f"“{found.name}”的评选办法已经封存在佐证台账第 {earlier.ledger_index} 号，不能再封一次")
    if season.version != version:
        raise Conflict("设置刚被别人改过。请看过现在的值再封存")
    terms = terms_of(definition, found)
    row = SealedTerms(id=uuid.uuid4(), season_id=season.id, track=track, terms=to_document(terms),
                      minutes=source_of(minutes, "minutes"), sealed_by_id=actor.id)
    row.ledger_index = log.append(session, "terms.sealed", leaves.sealed_terms(row, season, actor.name),
                                  event_id=row.id).index
    session.add(row)
    session.flush()
    record(session, actor, "season.seal", season, track=track, ledger=row.ledger_index)
    return row


def sealed(session: Session, season_id: uuid.UUID, track: str) -> SealedTerms | None:
    """The group's sealed terms, if they are."""
    return session.scalar(select(SealedTerms).where(SealedTerms.season_id == season_id, SealedTerms.track == track))


def require_sealed(session: Session, season: Season, track: str) -> SealedTerms:
    """The group's sealed terms. Refused, with the clause, where they are not."""
    row = sealed(session, season.id, track)
    if row is None:
        definition, found = track_of(season, track)
        raise Refused(f"“{found.name}”的评选办法还没有封存，先封存再评定", clause=cite(definition, clause_of(definition, found)))
    return row


@dataclass(frozen=True)
class Seals:
    """The seals of a season, and the definition it runs by."""

    definition: Definition
    rows: tuple[SealedTerms, ...]

    def of(self, key: str) -> SealedTerms | None:
        """The seal that fixes the value of that key (contests.seasons.Setting), if any does."""
        return next((row for row in self.rows
                     if concerns(self.definition, self.definition.track(row.track), key)), None)


def seals_of(session: Session, season: Season) -> Seals:
    return Seals(definition_of(season),
                 tuple(session.scalars(select(SealedTerms).where(SealedTerms.season_id == season.id))))


def require_staff(actor: User) -> None:
    staff.require_staff(actor, "评定奖项")
