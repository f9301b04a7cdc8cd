"""The entries of a group as selection sees them, from the database: who stands, with which figures, counted by what.

Only verified evidence counts, and only entries that are submitted.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from contests.definition import Track
from contests.indicators import COUNTED, WHOLE, realised_benefits
from contests.parts import Indicator
from contests.rules.kinds import MembershipRule
from contests.selection.ranking import Candidate
from contests.selection.scores import mean_scores
from models.contests import Entry, EntryEvidence, EntryStatus, Evidence, EvidenceStatus, Sanction, Season

MEASURED = ("count", "contract_amount", "benefit")
"""What evidence measures; the rest reviewers and voters give."""
Claims = Mapping[uuid.UUID, list[Row]]
"""Entry → its verified evidence: share, amount, expected_benefit, contract_id."""


@dataclass(frozen=True)
class Entrant:
    """Who stands behind a candidate. `unverified`: evidence that no one has verified yet, which counts for nothing."""

    name: str
    employer: str
    ledger_index: int
    unverified: int
    sanctioned: bool


@dataclass(frozen=True)
class Standing:
    """The group. `candidates` in the order of registration; their keys are the entries' ids."""

    candidates: tuple[Candidate, ...]
    entrants: Mapping[uuid.UUID, Entrant]


def standing(session: Session, season: Season, track: Track, *, excluded: Collection[uuid.UUID] = ()) -> Standing:
    """Every submitted entry of the group but the `excluded`, with the group's figures.

    Evidence gives what is counted; reviewers what is scored, once their scores are open; votes stand among the entry's
    facts under the indicator's code.
    """
    rows = [row for row in _entries(session, season, track) if row.id not in set(excluded)]
    claims, unverified = _claims(session, season, track)
    figures = _figures(track, claims, _realised(session, season, track))
    scores = mean_scores(session, season, track.code) if any(one.measure == "score" for one in track.indicators) else {}
    sanctioned = set(session.scalars(select(Sanction.entry_id).join(Entry).where(
        Entry.season_id == season.id, Entry.track == track.code)))
    return Standing(
        tuple(_candidate(row, track, figures[row.id] | scores.get(row.id, {})) for row in rows),
        {row.id: Entrant(row.name, row.employer, row.ledger_index, unverified[row.id], row.id in sanctioned)
         for row in rows})


def _entries(session: Session, season: Season, track: Track) -> list[Row]:
    return list(session.execute(select(
        Entry.id, Entry.name, Entry.employer, Entry.organisation_id, Entry.district_code, Entry.facts,
        Entry.ledger_index).where(
        Entry.season_id == season.id, Entry.track == track.code, Entry.status == EntryStatus.submitted)
        .order_by(Entry.ledger_index)))


def _candidate(row: Row, track: Track, figures: Mapping[str, Decimal]) -> Candidate:
    """Caps count by the organisation that entered, else by the employer as it was written."""
    organisation = str(row.organisation_id) if row.organisation_id else row.employer
    votes = {one.code: Decimal(row.facts[one.code]) for one in track.indicators
             if one.measure == "vote" and isinstance(row.facts.get(one.code), int)}
    preferred = sum(code in preferences(track) for code in row.facts.get("meets", ()))
    return Candidate(row.id, {**figures, **votes}, preferred, organisation, row.district_code)


def preferences(track: Track) -> set[str]:
    """The codes of the group's 优先考虑 conditions."""
    return {one.code for rule in track.rules if isinstance(rule, MembershipRule)
            for one in rule.conditions if one.preferred}


def _claims(session: Session, season: Season, track: Track) -> tuple[Claims, Counter[uuid.UUID]]:
    """The verified evidence of each entry, and how much of each is not verified."""
    verified: dict[uuid.UUID, list[Row]] = defaultdict(list)
    unverified: Counter[uuid.UUID] = Counter()
    rows = session.execute(
        select(EntryEvidence.entry_id, Evidence.share, Evidence.amount, Evidence.expected_benefit,
               Evidence.contract_id, Evidence.status)
        .join(Evidence, EntryEvidence.evidence_id == Evidence.id).join(Entry, EntryEvidence.entry_id == Entry.id)
        .where(Entry.season_id == season.id, Entry.track == track.code, Evidence.status.in_(COUNTED)))
    for row in rows:
        if row.status is EvidenceStatus.verified:
            verified[row.entry_id].append(row)
        else:
            unverified[row.entry_id] += 1
    return verified, unverified


def _realised(session: Session, season: Season, track: Track) -> Mapping[uuid.UUID, Decimal]:
    """Contract → its realised benefit, where the group measures any."""
    if not any(one.basis == "realised" for one in track.indicators):
        return {}
    return realised_benefits(session, select(Evidence.contract_id).where(
        Evidence.season_id == season.id, Evidence.track == track.code))


def _figures(track: Track, claims: Claims,
             realised: Mapping[uuid.UUID, Decimal]) -> Mapping[uuid.UUID, dict[str, Decimal]]:
    """Entry → criterion's code → figure. A claim with a share counts for that part of everything."""
    found: dict[uuid.UUID, dict[str, Decimal]] = defaultdict(dict)
    for entry_id, rows in claims.items():
        found[entry_id] = {indicator.code: sum((_value(indicator, row, realised) * row.share / WHOLE for row in rows),
                                               Decimal(0)) for indicator in track.indicators
                           if indicator.measure in MEASURED}
    return found


def _value(indicator: Indicator, row: Row, realised: Mapping[uuid.UUID, Decimal]) -> Decimal:
    if indicator.measure == "count":
        return Decimal(1)
    if indicator.measure == "contract_amount":
        return row.amount
    return row.expected_benefit if indicator.basis == "expected" else realised.get(row.contract_id, Decimal(0))
