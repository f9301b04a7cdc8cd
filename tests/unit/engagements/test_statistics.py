"""The board's figures: each is the count or sum of exactly the facts behind it."""

import datetime as dt
from decimal import Decimal

from engagements.statistics import Dimension, Measure, facts, tally
from models.contracts import CollaborationStatus
from tests import factories


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


class TestFacts:
    def test_the_day_is_the_citys(self, session):
        factories.demand(session, published_at=utc("2026-10-31 16:30"))
        assert facts(session, Measure.demands, 2026)[0].day == dt.date(2026, 11, 1)

    def test_new_years_eve_in_utc_is_next_year_in_the_city(self, session):
        factories.demand(session, published_at=utc("2025-12-31 16:00"))
        assert not facts(session, Measure.demands, 2025)
        assert len(facts(session, Measure.demands, 2026)) == 1

    def test_a_draft_is_not_counted(self, session):
        factories.demand(session, published_at=None)
        assert not facts(session, Measure.demands, 2026)

    def test_a_contract_counts_by_its_newest_revision(self, session):
        signed = factories.contract(session, signed_on=dt.date(2026, 5, 4), amount=Decimal(100))
        newer = {c.key: getattr(signed.revision, c.key) for c in signed.revision.__table__.columns if c.key != "id"}
        signed.revisions.append(type(signed.revision)(**newer | {"number": 2, "amount": Decimal(250)}))
        factories.collaboration(session, signed)
        assert [fact.amount for fact in facts(session, Measure.contracts, 2026)] == [Decimal(250)]

    def test_a_withdrawn_collaboration_is_not_counted(self, session):
        factories.collaboration(session, status=CollaborationStatus.withdrawn)
        assert not facts(session, Measure.contracts, 2026)

    def test_only_verified_ones_are_verified(self, session):
        factories.collaboration(session)
        verified = factories.collaboration(session, status=CollaborationStatus.verified)
        year = verified.contract.revision.signed_on.year
        assert [fact.id for fact in facts(session, Measure.verified, year)] == [verified.id]


class TestTally:
    def test_every_fact_falls_in_one_cell(self, session):
        for district in ("371002", "371082", "371082"):
            demanded = factories.demand(session, district_code=district)
            factories.collaboration(session, factories.contract(session, factories.engagement(session, demanded),
                                                                signed_on=dt.date(2026, 3, 1), amount=Decimal(10)))
        cells = tally(facts(session, Measure.contracts, 2026), Dimension.district)
        assert {key: (cell.count, cell.amount) for key, cell in cells.items()} == {
            "371002": (1, Decimal(10)), "371082": (2, Decimal(20))}

    def test_fields_are_divisions_of_the_industry_table(self, session):
        factories.demand(session, industry_code="C2444", published_at=utc("2026-03-01 00:00"))
        assert list(tally(facts(session, Measure.demands, 2026), Dimension.field)) == ["C24"]
