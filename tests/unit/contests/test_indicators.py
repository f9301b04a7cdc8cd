"""Indicators: each figure drills down to its evidence; the two benefits stay apart."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest

from contests.catalogue import definition
from contests.evidence import evidence_of
from contests.indicators import Counted, counted_evidence, figures
from contests.seasons import season_for
from models.base import today
from models.contests import EvidenceStatus
from models.contracts import BenefitReport
from tests import factories

TECH = definition("weihai-2020").track("tech_challenge")
SCHOOL = definition("weihai-2020").track("school_enterprise")


def counted(share: int = 100, realised: int | None = None) -> Counted:
    return Counted(uuid.uuid4(), 7, share, Decimal(400000), Decimal(1000000),
                   None if realised is None else Decimal(realised), verified=False)


def values(track, *evidence: Counted) -> dict:
    return {figure.code: figure.value for figure in figures(track, evidence)}


class TestFigures:
    def test_tech_challenge_measures_count_amount_and_both_benefits(self):
        assert values(TECH, counted(realised=300000), counted()) == {
            "projects": 2, "amount": 800000, "benefit.expected": 2000000, "benefit.realised": 300000}

    def test_amount_is_kept_but_not_scored_in_school_enterprise(self):
        found = {figure.code: figure.scored for figure in figures(SCHOOL, [counted()])}
        assert found["amount"] is False
        assert found["projects"] is True

    def test_which_benefit_counts_is_open_until_staff_settle_it(self):
        assert {figure.scored for figure in figures(TECH, []) if figure.code.startswith("benefit")} == {None}

    def test_settled_basis_scores_one_of_them(self):
        season = season_for(definition("weihai-2020"), 2026,
                            {"tracks.tech_challenge.indicators.benefit.basis": "realised"})
        scored = {figure.code: figure.scored for figure in figures(season.track("tech_challenge"), [counted()])}
        assert (scored["benefit.expected"], scored["benefit.realised"]) == (False, True)

    def test_a_share_counts_for_its_part(self):
        assert values(SCHOOL, counted(share=40)) == {
            "projects": Decimal("0.4"), "benefit.expected": 400000, "benefit.realised": 0, "amount": 160000}

    def test_every_figure_names_its_evidence_and_its_parts_add_up(self):
        evidence = [counted(), counted(60), counted(30, realised=5)]
        for figure in figures(TECH, evidence):
            assert sum(share.value for share in figure.shares) == figure.value
        assert [share.evidence_id for share in figures(TECH, evidence)[0].shares] == [e.evidence_id for e in evidence]

    def test_nothing_is_zero(self):
        assert set(values(TECH).values()) == {0}


@pytest.mark.usefixtures("season")
class TestCountedEvidence:
    def rows(self, session, season, collaboration):
        return counted_evidence(session, season.id, "tech_challenge", collaboration.contract.engagement.expert.user_id)

    def test_latest_benefit_report_counts(self, session, season, collaborate):
        collaboration = collaborate()
        author = factories.user(session)
        for days, realised in ((5, 200), (1, 500), (9, 100)):
            factories.add(session, BenefitReport(
                contract=collaboration.contract, realised=Decimal(realised), until=today() - dt.timedelta(days=days),
                proof=factories.stored_file(session, str(days).encode()), reported_by_id=author.id))
        row, = self.rows(session, season, collaboration)
        assert row.realised_benefit == 500

    def test_without_a_report_nothing_is_realised(self, session, season, collaborate):
        row, = self.rows(session, season, collaborate())
        assert row.realised_benefit is None

    @pytest.mark.parametrize(("status", "stands"), [
        (EvidenceStatus.pending, True), (EvidenceStatus.verified, True), (EvidenceStatus.returned, False),
        (EvidenceStatus.withdrawn, False)])
    def test_returned_and_withdrawn_do_not_count(self, session, season, collaborate, status, stands):
        collaboration = collaborate()
        evidence_of(session, collaboration)[0].status = status
        assert bool(self.rows(session, season, collaboration)) == stands
