"""After the award: benefits looked at when due, services by grade, nominations within their places."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest

from contests.bodies import Service
from contests.parts import Clause
from contests.publication import followups, nominations, services
from contests.rules.kinds import AwardDerivesAwardRule
from contests.seasons import definition_of
from ledger import log
from models.after_award import (
    FollowUp,
    Nomination,
    NominationOutcome,
    PropertyStatus,
    ServiceTicket,
    TicketStatus,
)
from models.audit import Notice
from models.base import clock_at
from models.contests import EntryEvidence, Evidence
from models.contracts import BenefitReport
from models.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from tests import factories
from tests.support import awarding

THREE_MONTHS = dt.datetime(2027, 3, 16, 4, 0, tzinfo=dt.UTC)
CLAUSE = Clause(article="五", text="原文")


def test_months_end_on_the_last_day_of_a_shorter_one():
    assert followups.months_after(dt.date(2026, 11, 30), 3) == dt.date(2027, 2, 28)
    assert followups.months_after(dt.date(2027, 11, 30), 3) == dt.date(2028, 2, 29)
    assert followups.months_after(dt.date(2026, 12, 16), 12) == dt.date(2027, 12, 16)


@pytest.fixture
def contract(session, notice):
    """The first award rests on one contract."""
    entry, collaboration = notice.lines[0].award.entry, factories.collaboration(session)
    leaf = log.append(session, "contract.confirmed", {"x": uuid.uuid4()})
    evidence = factories.add(session, Evidence(
        season_id=entry.season_id, track=entry.track, collaboration=collaboration, contract=collaboration.contract,
        claimant_id=entry.user_id, amount=380000, expected_benefit=1200000, ledger_index=leaf.index))
    session.add(EntryEvidence(entry_id=entry.id, evidence_id=evidence.id))
    session.flush()
    session.expire(entry, ["evidence"])
    return collaboration.contract


@pytest.fixture
def look(session, notice, contract) -> FollowUp:
    awarding.published(session, notice)
    return session.query(FollowUp).filter_by(months=3).one()


def reported(session, contract, until: dt.date):
    return factories.add(session, BenefitReport(
        contract=contract, realised=Decimal(50000), until=until, proof=factories.stored_file(session),
        reported_by_id=contract.revision.author_id))


class TestFollowUps:
    def test_awards_on_contracts_are_looked_at_twice_and_others_not(self, session, look):
        assert [(row.months, row.due_on.isoformat()) for row in session.query(FollowUp).order_by(FollowUp.months)] == [
            (3, "2027-03-16"), (12, "2027-12-16")]

    def test_it_closes_with_expected_beside_realised_and_stays_frozen(self, session, staff, look, contract):
        reported(session, contract, dt.date(2027, 3, 1))
        with clock_at(THREE_MONTHS):
            assert followups.due(session) == 1
            followups.close(session, staff, look, "")
            assert followups.due(session) == 0
        reported(session, contract, dt.date(2027, 3, 10))
        assert [(one["expected"], one["realised"], one["until"]) for one in followups.figures(session, look)] == [
            ("1200000.00", "50000.00", "2027-03-01")]

    def test_before_its_day_it_does_not_close(self, session, staff, look):
        with clock_at(THREE_MONTHS - dt.timedelta(days=1)), pytest.raises(Conflict, match="还没到期"):
            followups.close(session, staff, look, "没有")

    def test_an_old_report_does_not_count_and_a_gap_needs_its_reason(self, session, staff, look, contract):
        reported(session, contract, dt.date(2027, 1, 31))
        with clock_at(THREE_MONTHS):
            with pytest.raises(Invalid) as refused:
                followups.close(session, staff, look, " ")
            assert refused.value.field == "note"
            followups.close(session, staff, look, "企业停产，没有产生效益")
        with pytest.raises(Conflict):
            followups.close(session, staff, look, "再来")

    def test_the_enterprise_is_reminded_once_a_week(self, session, staff, look, contract):
        author = contract.engagement.demand.author_id
        assert followups.remind(session, staff, look) == 1
        assert "3 个月跟踪" in session.query(Notice).filter_by(user_id=author).one().text
        with pytest.raises(Conflict):
            followups.remind(session, staff, look)

    def test_only_staff_close_and_none_their_own(self, session, staff, look):
        with pytest.raises(Forbidden):
            followups.close(session, factories.contact(session), look, "x")
        look.certificate.line.award.entry.user = staff
        with clock_at(THREE_MONTHS), pytest.raises(Forbidden):
            followups.close(session, staff, look, "x")


@pytest.fixture
def offering(monkeypatch, season):
    """The season's definition with two services and a rule that leads on, as other documents have them."""
    widened = definition_of(season).model_copy(update={
        "services": (Service(code="media", name="媒体报道", awards=("tech_challenge.first",), clause=CLAUSE),
                     Service(code="mentoring", name="专家辅导", clause=CLAUSE)),
        "rules": (AwardDerivesAwardRule(kind="award_derives_award", code="medal", source="tech_challenge.second",
                                        how="some", places=1, award="五一劳动奖章", issuer="总工会", clause=CLAUSE),)})
    for module in (services, nominations):
        monkeypatch.setattr(module, "definition_of", lambda _season: widened)
    return widened


@pytest.fixture
def certificates(session, notice):
    return awarding.published(session, notice)


class TestServices:
    def test_the_grade_says_what_may_be_asked_for(self, session, offering, certificates):
        assert [[one.code for one in services.eligible(offering, row.line)] for row in certificates[:2]] == [
            ["media", "mentoring"], ["mentoring"]]
        holder = certificates[1].line.award.entry.user
        with pytest.raises(Refused, match="媒体报道") as refused:
            services.ask(session, holder, certificates[1], "media", "报道一下")
        assert "五" in refused.value.clause
        assert session.query(ServiceTicket).count() == 0

    def test_a_request_is_made_once_and_moves_on_with_a_reply(self, session, staff, offering, certificates):
        holder = certificates[0].line.award.entry.user
        ticket = services.ask(session, holder, certificates[0], "mentoring", "找一位工艺专家")
        with pytest.raises(Conflict):
            services.ask(session, holder, certificates[0], "mentoring", "再来")
        with pytest.raises(NotFound):
            services.ask(session, factories.contact(session), certificates[0], "media", "x")
        with pytest.raises(Conflict):
            services.handle(session, staff, ticket, TicketStatus.done, "办了", version=ticket.version)
        services.handle(session, staff, ticket, TicketStatus.accepted, "", version=ticket.version)
        with pytest.raises(Invalid):
            services.handle(session, staff, ticket, TicketStatus.done, " ", version=ticket.version)
        services.handle(session, staff, ticket, TicketStatus.done, "已请海岬大学的老师", version=ticket.version)
        assert ticket.status is TicketStatus.done


class TestNominations:
    def nominate(self, session, staff, row, **changes):
        return nominations.nominate(session, staff, row, "medal", **{
            "minutes": "会议纪要", "held": nominations.Property()} | changes)

    def test_only_the_grade_named_and_only_so_many(self, session, staff, offering, certificates):
        with pytest.raises(Refused, match="不能推荐"):
            self.nominate(session, staff, certificates[0])
        self.nominate(session, staff, certificates[1])
        with pytest.raises(Conflict):
            self.nominate(session, staff, certificates[1])
        with pytest.raises(Refused, match="只能推荐 1 名"):
            self.nominate(session, staff, certificates[2])
        assert session.query(Nomination).count() == 1

    def test_a_patent_has_a_number(self, session, staff, offering, certificates):
        with pytest.raises(Invalid) as refused:
            self.nominate(session, staff, certificates[1], held=nominations.Property(PropertyStatus.applied))
        assert refused.value.field == "property_number"

    def test_the_outcome_is_recorded_once(self, session, staff, offering, certificates):
        row = self.nominate(session, staff, certificates[1])
        with clock_at(awarding.AFTER):
            nominations.record_outcome(session, staff, row, NominationOutcome.granted, dt.date(2026, 12, 16))
            with pytest.raises(Conflict):
                nominations.record_outcome(session, staff, row, NominationOutcome.refused, dt.date(2026, 12, 16))
