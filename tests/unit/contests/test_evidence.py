"""Evidence: written with the collaboration and its leaves, refused by clause, moved by each finding."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from contests.evidence import (
    correct_evidence,
    evidence_of,
    record_verification,
    refusals,
    withdraw_evidence,
    write_evidence,
)
from ledger import log
from models.accounts import Admission
from models.base import now, today
from models.contests import Evidence, EvidenceStatus
from models.contracts import BrokerShare, Collaboration, ContractRevision, Finding, Verification
from models.demands import DemandEvent, DemandStatus
from models.errors import Refused
from models.ledger import LedgerLeaf
from tests import factories

pytestmark = pytest.mark.usefixtures("season")


def leaf_count(session) -> int:
    return session.scalar(select(func.count()).select_from(LedgerLeaf))


def opened(session, index: int) -> dict:
    return {name: opening.value.decode() for name, opening in log.entry(session, index).openings.items()}


def act(session, collaboration, finding: Finding, **found) -> Verification:
    verification = Verification(id=uuid.uuid4(), collaboration_id=collaboration.id, finding=finding, opinions=[],
                                verifier_id=factories.staff(session).id, at=now(), receipt="", reason="",
                                original_seen=finding is Finding.approved, **found)
    record_verification(session, verification)
    return verification


class TestWriteEvidence:
    def test_expert_holds_the_whole_contract_in_tech_challenge(self, session, collaborate):
        collaboration = collaborate()
        row, = evidence_of(session, collaboration)
        assert (row.track, row.claimant_id, row.share) == (
            "tech_challenge", collaboration.contract.engagement.expert.user_id, 100)
        assert (row.amount, row.expected_benefit) == (Decimal(380000), Decimal(1200000))
        assert row.status is EvidenceStatus.pending

    def test_each_broker_holds_their_share_in_school_enterprise(self, session, collaborate):
        first, second = factories.broker(session), factories.broker(session)
        rows = evidence_of(session, collaborate((first, 60), (second, 40)))
        assert [(row.track, row.claimant_id, row.share) for row in rows] == [
            ("tech_challenge", rows[0].claimant_id, 100),
            ("school_enterprise", first.user_id, 60), ("school_enterprise", second.user_id, 40)]

    def test_every_claim_cites_the_leaf_of_its_collaboration(self, session, collaborate):
        collaboration = collaborate((factories.broker(session), 100))
        for row in evidence_of(session, collaboration):
            leaf = log.entry(session, row.ledger_index).leaf
            assert [ref.index for ref in leaf.references] == [collaboration.ledger_index]
            assert leaf.event_id == row.id

    def test_leaf_holds_what_both_confirmed_and_shows_none_of_it(self, session, collaborate):
        collaboration = collaborate()
        entry = log.entry(session, collaboration.ledger_index)
        assert entry.leaf.type == "contract.confirmed"
        assert opened(session, entry.index)["contract.amount"] == "38000000"
        assert collaboration.contract.engagement.expert.name not in entry.body.decode()

    def test_the_collaboration_knows_its_contract_and_the_contract_its_collaboration(self, collaborate):
        collaboration = collaborate()
        assert collaboration.contract.collaboration is collaboration

    def test_december_counts_though_registration_is_over_by_then(self, session, collaborate, make_contract):
        assert evidence_of(session, collaborate(contract=make_contract(signed_on=dt.date(2026, 12, 31))))


class TestRefusals:
    def refused(self, session, contract) -> Refused:
        before = leaf_count(session)
        with pytest.raises(Refused) as caught:
            write_evidence(session, Collaboration(id=uuid.uuid4(), number="HT-2026-0001", contract_id=contract.id))
        assert leaf_count(session) == before
        assert session.scalar(select(func.count()).select_from(Evidence)
                              .where(Evidence.contract_id == contract.id)) == 0
        return caught.value

    def test_signed_before_the_year(self, session, make_contract):
        error = self.refused(session, make_contract(signed_on=dt.date(2025, 12, 31)))
        assert error.message == "合同签在 2025 年，这届竞赛只算 2026 年签的"
        assert error.clause.startswith("威工发〔2020〕16号 二（一）：“以 2020 年解决")
        assert error.clause.endswith("（本届按 2026 年执行）")

    def test_demand_posted_after_the_contract(self, session, make_contract):
        error = self.refused(session, make_contract(published_at=now(), signed_on=today() - dt.timedelta(days=1)))
        assert "才发布" in error.message
        assert "一（二）" in error.clause

    def test_first_publication_counts_not_the_latest(self, session, make_contract, collaborate):
        contract = make_contract()
        demand = contract.engagement.demand
        demand.events.append(DemandEvent(status=DemandStatus.published, at=demand.published_at, reason=""))
        demand.published_at = now() + dt.timedelta(days=1)
        assert evidence_of(session, collaborate(contract=contract))

    def test_no_demand_on_the_platform(self, session, make_contract):
        contract = make_contract()
        contract.engagement.demand.published_at = None
        assert "平台外的合作" in self.refused(session, contract).message

    def test_talks_never_accepted(self, session, make_contract):
        contract = make_contract()
        contract.engagement.accepted_at = None
        assert "对接记录" in self.refused(session, contract).message

    def test_enterprise_not_admitted(self, session, make_contract):
        contract = make_contract()
        contract.engagement.demand.organisation.status = Admission.revoked
        assert "企业没有入驻" in self.refused(session, contract).message

    def test_expert_no_longer_admitted(self, session, make_contract):
        contract = make_contract()
        grant, = contract.engagement.expert.user.grants
        grant.status = Admission.revoked
        error = self.refused(session, contract)
        assert "还没有入驻平台" in error.message
        assert "一（一）" in error.clause

    def test_broker_without_an_introduction(self, session, make_contract):
        contract = make_contract()
        contract.shares.append(BrokerShare(broker=factories.broker(session), percent=100, agreed_at=now()))
        assert "牵线的记录" in self.refused(session, contract).message

    def test_the_same_paper_under_another_number(self, session, make_contract, collaborate):
        first = collaborate().contract
        error = self.refused(session, make_contract(scan=first.revision.scan))
        assert "已认领 100%" in error.message
        assert "五（二）" in error.clause

    def test_the_same_contract_twice(self, session, collaborate):
        contract = collaborate().contract
        with pytest.raises(Refused, match="同一组别只能用一次"):
            write_evidence(session, Collaboration(id=uuid.uuid4(), number="HT-2026-0002", contract_id=contract.id))

    def test_they_can_be_asked_for_beforehand(self, session, make_contract):
        contract = make_contract(signed_on=dt.date(2025, 5, 1))
        assert [refusal.rule for refusal in refusals(session, contract)] == ["evidence_year"]
        assert refusals(session, make_contract()) == []


class TestRecordVerification:
    @pytest.mark.parametrize(("finding", "status", "leaf_type"), [
        (Finding.approved, EvidenceStatus.verified, "collab.verified"),
        (Finding.returned, EvidenceStatus.returned, "collab.reviewed"),
        (Finding.second_opinion, EvidenceStatus.pending, "collab.reviewed"),
        (Finding.recused, EvidenceStatus.pending, "collab.reviewed")])
    def test_evidence_follows_the_finding(self, session, collaborate, finding, status, leaf_type):
        collaboration = collaborate((factories.broker(session), 100))
        verification = act(session, collaboration, finding)
        assert {row.status for row in evidence_of(session, collaboration)} == {status}
        leaf = log.entry(session, verification.ledger_index).leaf
        assert (leaf.type, leaf.event_id) == (leaf_type, verification.id)

    def test_undoing_cites_the_approval_it_takes_back(self, session, collaborate):
        collaboration = collaborate()
        approval = act(session, collaboration, Finding.approved)
        undone = act(session, collaboration, Finding.undone)
        row, = evidence_of(session, collaboration)
        assert row.status is EvidenceStatus.pending
        assert log.amendments(session, [approval.ledger_index]) == [undone.ledger_index]

    def test_the_verifier_is_named_in_the_leaf(self, session, collaborate):
        verification = act(session, collaborate(), Finding.approved)
        assert verification.verifier.name in opened(session, verification.ledger_index)["verifier.name"]

    def test_recording_twice_gives_one_leaf(self, session, collaborate):
        collaboration = collaborate()
        verification = act(session, collaboration, Finding.approved)
        before = leaf_count(session)
        assert record_verification(session, verification) == verification.ledger_index
        assert leaf_count(session) == before


class TestCorrectEvidence:
    def revise(self, session, collaboration, **changes) -> None:
        old = collaboration.contract.revision
        values = {name: getattr(old, name) for name in (
            "contract_number", "name", "type", "signed_on", "amount", "expected_benefit", "party_a", "party_b", "side")}
        collaboration.contract.revisions.append(ContractRevision(
            number=old.number + 1, scan=old.scan, author=old.author, **values | changes))
        session.flush()

    def test_claims_follow_the_new_revision_and_wait_again(self, session, collaborate):
        collaboration = collaborate()
        act(session, collaboration, Finding.returned)
        self.revise(session, collaboration, amount=Decimal(400000))
        row, = correct_evidence(session, collaboration)
        assert (row.amount, row.status) == (Decimal(400000), EvidenceStatus.pending)
        assert log.amendments(session, [collaboration.ledger_index])

    def test_a_broker_who_no_longer_counts_loses_the_claim(self, session, collaborate):
        broker = factories.broker(session)
        collaboration = collaborate((broker, 100))
        collaboration.contract.shares.clear()
        correct_evidence(session, collaboration)
        assert {row.track: row.status for row in evidence_of(session, collaboration)} == {
            "tech_challenge": EvidenceStatus.pending, "school_enterprise": EvidenceStatus.withdrawn}

    def test_a_correction_out_of_the_window_is_refused(self, session, collaborate):
        collaboration = collaborate()
        self.revise(session, collaboration, signed_on=dt.date(2025, 1, 1))
        with pytest.raises(Refused, match="2025 年"):
            correct_evidence(session, collaboration)


def test_withdrawal_ends_every_claim(session, collaborate):
    collaboration = collaborate((factories.broker(session), 100))
    index = withdraw_evidence(session, collaboration, factories.staff(session), "双方撤回合同")
    assert {row.status for row in evidence_of(session, collaboration)} == {EvidenceStatus.withdrawn}
    assert index in log.amendments(session, [collaboration.ledger_index])


def test_the_log_stands_after_it_all(session, collaborate):
    act(session, collaborate(), Finding.approved)
    assert log.verify_database(session) == []
