"""Entrants with what stands behind each, and the contracts of a season, each once."""

import datetime as dt
from decimal import Decimal

import pytest

from contests.entries import open_entry
from contests.entry_access import track_of
from contests.intake import sanction
from contests.roster import entrants
from contests.season_contracts import season_contracts, sums
from contests.submission import submit
from models.base import today
from models.contests import EvidenceStatus
from models.contracts import BenefitReport
from tests import factories


@pytest.fixture
def expert_track(season):
    return track_of(season, "tech_challenge")[1]


@pytest.fixture
def enter(session, season, collaborate):
    """An expert's submitted entry on one contract."""
    def make(**options):
        expert = collaborate(**options).contract.engagement.expert
        entry = open_entry(session, expert.user, season, "tech_challenge")
        submit(session, expert.user, entry, declared=True)
        return entry
    return make


def report(session, contract, realised):
    session.add(BenefitReport(contract_id=contract.id, realised=Decimal(realised), until=today(),
                              proof_id=factories.stored_file(session).id, reported_by_id=factories.user(session).id))


class TestEntrants:
    def test_the_submitted_come_first_then_the_larger_amount(self, session, season, collaborate, enter, expert_track):
        draft = open_entry(session, collaborate(amount=Decimal(900000)).contract.engagement.expert.user, season,
                           "tech_challenge")
        small, large = enter(amount=Decimal(100000)), enter(amount=Decimal(500000))
        assert [one.entry for one in entrants(session, season, expert_track)] == [large, small, draft]

    def test_no_report_of_benefit_is_not_zero(self, session, season, enter, expert_track):
        silent, told = enter(amount=Decimal(200000)), enter(amount=Decimal(100000))
        report(session, told.evidence[0].contract, 0)
        found = {one.entry: one.realised for one in entrants(session, season, expert_track)}
        assert found == {silent: None, told: Decimal(0)}

    def test_a_broker_counts_for_the_share(self, session, season, collaborate):
        first, second = factories.broker(session), factories.broker(session)
        collaborate((first, 75), (second, 25), amount=Decimal(400000), expected_benefit=Decimal(1000000))
        open_entry(session, first.user, season, "school_enterprise")
        (one,) = entrants(session, season, track_of(season, "school_enterprise")[1])
        assert (one.projects, one.amount, one.expected) == (1, Decimal(300000), Decimal(750000))

    def test_evidence_returned_after_submission_shows_and_counts_no_more(self, session, season, enter, expert_track):
        entry = enter()
        entry.evidence[0].status = EvidenceStatus.returned
        (one,) = entrants(session, season, expert_track)
        assert (one.projects, one.amount, len(one.evidence), one.verified) == (0, Decimal(0), 1, 0)

    def test_what_is_missing_is_the_checklist_s(self, session, season, enter, expert_track):
        entry = enter()
        entry.evidence[0].status, entry.paper_received_on = EvidenceStatus.verified, dt.date(2026, 11, 20)
        (one,) = entrants(session, season, expert_track)
        assert (one.missing, one.verified) == ([], 1)

    def test_a_false_filing_shows(self, session, season, enter, expert_track):
        sanction(session, factories.staff(session), enter(), "合同系伪造")
        assert [one.sanctioned for one in entrants(session, season, expert_track)] == [True]


class TestSeasonContracts:
    def test_a_contract_of_three_claimants_is_one(self, session, season, collaborate):
        collaborate((factories.broker(session), 60), (factories.broker(session), 40), amount=Decimal(380000))
        found = season_contracts(session, season)
        assert [(len(one.claims), one.amount, one.verified) for one in found] == [(3, Decimal(380000), False)]

    def test_realised_and_expected_are_never_added(self, session, season, collaborate):
        told, silent = collaborate(expected_benefit=Decimal(700)), collaborate(expected_benefit=Decimal(300))
        report(session, told.contract, 50)
        total = sums(season_contracts(session, season))
        assert (total.contracts, total.realised, total.reports, total.expected) == (2, 50, 1, 1000)
        assert silent.contract.revision.expected_benefit == 300

    def test_what_was_returned_does_not_count(self, session, season, enter):
        enter().evidence[0].status = EvidenceStatus.returned
        assert season_contracts(session, season) == []
