"""From business rows to the facts a rule looks at: who may claim a contract, in which season and group."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.definition import Definition, Track
from contests.rules.check import check
from contests.rules.claim import Claim, EarlierClaim, Entrant, Link
from contests.rules.kinds import Rule, WindowRule
from contests.rules.outcome import Refusal
from contests.rules.window import window
from contests.seasons import definition_of
from models.accounts import Admission, Broker, Expert, Organisation, Role
from models.base import city_day
from models.contests import Evidence, EvidenceStatus, Season
from models.contracts import Contract, ContractRevision
from models.demands import Demand, DemandStatus
from models.engagements import Engagement, Introduction
from models.files import StoredFile

WHOLE = 100


@dataclass(frozen=True)
class Candidate:
    """One person's possible evidence: the season, the group, the credited share in per cent, what the rules say."""

    season: Season
    definition: Definition
    track: Track
    profile: Expert | Broker
    share: int
    refusals: tuple[Refusal, ...]


def candidates(session: Session, contract: Contract, *, again: bool = False) -> list[Candidate]:
    """Every claim the contract gives rise to, in the seasons whose window holds its signing day.

    `again`: the claims that this contract itself already holds do not stand in its way (a correction).
    """
    found = []
    for season, definition in _seasons(session):
        for track in definition.tracks:
            if not track.role or outside(definition, track, contract):
                continue
            earlier = _earlier(session, season, track, contract, again=again)
            for profile, share in _claimants(track, contract):
                refusals = _judge(session, definition, track, contract, profile, share, earlier)
                found.append(Candidate(season, definition, track, profile, share, tuple(refusals)))
                earlier.append(EarlierClaim(profile.user_id, share))
    return found


def out_of_season(session: Session, contract: Contract) -> Refusal | None:
    """The window that shuts the contract out of the latest season, when no season of any contest takes its day."""
    shut = None
    for _, definition in _seasons(session):
        outcomes = [outside(definition, track, contract) for track in definition.tracks if _has_window(track)]
        if None in outcomes:
            return None
        shut = outcomes[0] if outcomes else shut
    return shut


def outside(definition: Definition, track: Track, contract: Contract) -> Refusal | None:
    """The window rule of the group that the contract's signing day breaks, if any."""
    rules = [rule for rule in track.rules if _of_signing(rule)]
    outcomes = (window(rule, contract.revision.signed_on, definition.source.number) for rule in rules)
    return next((outcome for outcome in outcomes if outcome is not None), None)


def _seasons(session: Session) -> list[tuple[Season, Definition]]:
    """All seasons by year, each with its definition."""
    return [(season, definition_of(season)) for season in session.scalars(select(Season).order_by(Season.year))]


def _has_window(track: Track) -> bool:
    return any(_of_signing(rule) for rule in track.rules)


def _of_signing(rule: Rule) -> bool:
    return isinstance(rule, WindowRule) and rule.on == "signed"


def _claimants(track: Track, contract: Contract) -> Iterator[tuple[Expert | Broker, int]]:
    if track.role == Role.expert:
        yield contract.engagement.expert, WHOLE
    elif track.role == Role.broker:
        yield from ((share.broker, share.percent) for share in contract.shares)


def _judge(session: Session, definition: Definition, track: Track, contract: Contract, profile: Expert | Broker,
           share: int, earlier: list[EarlierClaim]) -> list[Refusal]:
    claim = Claim(
        entrant=_entrant(profile, Role(track.role)),
        contract_number=contract.revision.contract_number,
        signed_on=contract.revision.signed_on,
        share=share,
        link=_link(session, contract.engagement, profile),
        earlier=tuple(earlier),
    )
    return check(track.rules, claim, definition.source.number)


def _entrant(profile: Expert | Broker, role: Role) -> Entrant:
    grant = next((grant for grant in profile.user.grants
                  if grant.role is role and grant.status is Admission.approved), None)
    admitted = None if grant is None else profile.joined_on or city_day(grant.applied_at)
    return Entrant(profile.user_id, profile.name, "person", admitted)


def _link(session: Session, engagement: Engagement, profile: Expert | Broker) -> Link:
    return Link(
        demand_number=engagement.demand.number or "",
        demand_published_on=_published_on(engagement.demand),
        enterprise_admitted_on=admitted_on(engagement.demand.organisation),
        engaged_on=_day(engagement.accepted_at),
        introduced_on=_introduced_on(session, engagement, profile) if isinstance(profile, Broker) else None,
    )


def _published_on(demand: Demand) -> dt.date | None:
    """The first day it hung on the platform; a later re-publication does not make it younger."""
    moments = [event.at for event in demand.events if event.status is DemandStatus.published]
    if demand.published_at is not None:
        moments.append(demand.published_at)
    return _day(min(moments, default=None))


def admitted_on(organisation: Organisation | None) -> dt.date | None:
    """The day of its 入驻; None where it is not admitted, or no longer."""
    if organisation is None or organisation.status is not Admission.approved:
        return None
    return organisation.joined_on or city_day(organisation.created_at)


def _introduced_on(session: Session, engagement: Engagement, broker: Broker) -> dt.date | None:
    """The first day by which both sides had agreed to this broker's introduction of this pair."""
    agreed = session.scalars(select(Introduction).where(
        Introduction.demand_id == engagement.demand_id, Introduction.expert_id == engagement.expert_id,
        Introduction.broker_id == broker.id, Introduction.enterprise_consented_at.is_not(None),
        Introduction.expert_consented_at.is_not(None), Introduction.refused_at.is_(None)))
    return _day(min((max(one.enterprise_consented_at, one.expert_consented_at) for one in agreed), default=None))


def _earlier(session: Session, season: Season, track: Track, contract: Contract, *, again: bool) -> list[EarlierClaim]:
    """Standing claims in the group on the same paper: this contract, or another with the same scan, byte for byte."""
    same_paper = select(ContractRevision.contract_id).join(StoredFile, ContractRevision.scan_id == StoredFile.id).where(
        StoredFile.sha256 == contract.revision.scan.sha256)
    query = select(Evidence).where(
        Evidence.season_id == season.id, Evidence.track == track.code, Evidence.status != EvidenceStatus.withdrawn,
        Evidence.contract_id.in_(same_paper))
    rows = session.scalars(query.where(Evidence.contract_id != contract.id) if again else query)
    return [EarlierClaim(row.claimant_id, row.share) for row in rows]


def _day(moment: dt.datetime | None) -> dt.date | None:
    return None if moment is None else city_day(moment)
