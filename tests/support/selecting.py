"""A season of the founding contest whose review is under way, with entrants of chosen figures, for tests of awards."""

import datetime as dt
import uuid
from decimal import Decimal

from sqlalchemy.orm import Session

from contests.evidence import write_evidence
from ledger import log
from models.base import now
from models.contests import Entry, EntryStatus, EvidenceStatus, Season
from models.contracts import Collaboration
from tests import factories

IN_REVIEW = dt.datetime(2026, 12, 5, 4, tzinfo=dt.UTC)
TRACK = "tech_challenge"
MINUTES = "市总工会党组 2026 年 12 月 4 日会议纪要"
PLACES = {f"tracks.{TRACK}.awards.{code}.places": 1 for code in ("first", "second", "third")}
TERMS = {f"tracks.{TRACK}.indicators.projects.weight": "0.2", f"tracks.{TRACK}.indicators.amount.weight": "0.4",
         f"tracks.{TRACK}.indicators.benefit.weight": "0.4",
         f"tracks.{TRACK}.indicators.benefit.basis": "expected", **PLACES}
REVIEW = {"phases.review.starts": "2026-12-01", "phases.review.ends": "2026-12-18"}


def reviewed_season(session: Session, **settings) -> Season:
    return factories.add(session, Season(code="weihai-2020", year=2026, settings=TERMS | REVIEW | settings))


def entrant(session: Session, season: Season, amount: int, benefit: int = 1_000_000, name: str = "", *,
            verified: bool = True) -> Entry:
    """A submitted entry on one contract of `amount` 元 that is expected to bring `benefit` 元."""
    past = now() - dt.timedelta(days=60)
    columns = {"name": name} if name else {}
    engaged = factories.engagement(session, factories.demand(session, published_at=past),
                                   factories.expert(session, **columns), accepted_at=past)
    contract = factories.contract(session, engaged, amount=Decimal(amount), expected_benefit=Decimal(benefit),
                                  signed_on=dt.date(2026, 11, 2))
    number = f"HT-2026-{uuid.uuid4().hex[:6]}"
    rows = write_evidence(session, Collaboration(id=uuid.uuid4(), number=number, contract_id=contract.id))
    for row in rows:
        row.status = EvidenceStatus.verified if verified else EvidenceStatus.pending
    entry_id = uuid.uuid4()
    leaf = log.append(session, "registration.submitted", {"entry": entry_id, "form": None}, event_id=entry_id)
    person = engaged.expert
    return factories.add(session, Entry(
        id=entry_id, season_id=season.id, track=TRACK, user_id=person.user_id, name=person.name,
        employer=person.organisation.name, status=EntryStatus.submitted, evidence=rows, ledger_index=leaf.index,
        declared_at=past, submitted_at=past))
