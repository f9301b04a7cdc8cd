import datetime as dt

import pytest
from sqlalchemy import event

from engagements import contracts, queue, verification
from engagements.comparison import Row, Verdict
from models.base import clock_at, now
from models.contracts import CollaborationStatus, Finding
from models.demands import DemandStatus
from models.errors import Conflict, Forbidden, Invalid
from tests import factories
from tests.support.stories import confirmed, introduced, talks, terms

SEAL = Row("seal", "印章", "双方已盖章", "", Verdict.look, "")
AMOUNT = Row("amount", "合同金额", "38 万元", "38 万元", Verdict.agree, "")
OPINIONS = {"seal": "两枚章齐全，章名一致"}


@pytest.fixture
def story(session):
    return talks(session)


@pytest.fixture
def collaboration(session, story):
    return confirmed(session, story).collaboration


@pytest.fixture
def verifier(session):
    return factories.staff(session)


def approve(session, verifier, collaboration, **changes):
    call = dict(revision=1, rows=[SEAL, AMOUNT], original_seen=True, receipt="S-118", opinions=OPINIONS)
    return verification.approve(session, verifier, collaboration, **call | changes)


def test_an_approval_is_signed_and_closes_the_demand(session, story, collaboration, verifier):
    act = approve(session, verifier, collaboration)
    assert (act.verifier, act.finding, act.receipt) == (verifier, Finding.approved, "S-118")
    assert act.opinions == [{"item": "seal", "opinion": OPINIONS["seal"]}]
    assert act.ledger_index > collaboration.ledger_index
    assert (collaboration.status, story.demand.status) == (CollaborationStatus.verified, DemandStatus.closed)


def test_the_original_must_be_seen(session, collaboration, verifier):
    with pytest.raises(Invalid) as refusal:
        approve(session, verifier, collaboration, original_seen=False)
    assert refusal.value.field == "original_seen"


def test_each_doubtful_row_needs_an_opinion(session, collaboration, verifier):
    with pytest.raises(Invalid) as refusal:
        approve(session, verifier, collaboration, opinions={"seal": "  "})
    assert refusal.value.field == "opinion-seal"


def test_two_people_cannot_approve_one_item(session, collaboration, verifier):
    approve(session, verifier, collaboration)
    with pytest.raises(Conflict):
        approve(session, factories.staff(session), collaboration)


def test_only_staff_verify(session, story, collaboration):
    with pytest.raises(Forbidden):
        approve(session, factories.contact(session), collaboration)


def test_a_party_does_not_verify(session, story, collaboration):
    factories.grant(session, story.person, "staff")
    with pytest.raises(Forbidden, match="一方"):
        approve(session, story.person, collaboration)


def test_a_broker_of_it_does_not_verify(session, story):
    broker = introduced(session, story)
    factories.grant(session, broker.user, "staff")
    with pytest.raises(Forbidden, match="一方"):
        approve(session, broker.user, confirmed(session, story).collaboration)


def test_a_colleague_of_a_party_does_not_verify(session, story, collaboration):
    colleague = factories.member(session, "staff", story.expert.organisation)
    with pytest.raises(Forbidden, match="同一个单位"):
        approve(session, colleague, collaboration)
    assert queue.waiting(session, colleague) == []


def test_a_return_is_mended_confirmed_and_queued_again(session, story, collaboration, verifier):
    verification.send_back(session, verifier, collaboration, revision=1, reason="合同金额和扫描件不一致")
    assert queue.waiting(session, verifier) == []
    contract = collaboration.contract
    contracts.correct(session, story.firm, contract, terms(session, story, amount=contract.revision.amount + 10000))
    contracts.confirm(session, story.person, contract, revision=2)
    assert [item.collaboration for item in queue.waiting(session, verifier)] == [collaboration]
    approve(session, verifier, collaboration, revision=2)
    assert collaboration.status is CollaborationStatus.verified


def test_what_changed_meanwhile_is_not_approved(session, collaboration, verifier):
    with pytest.raises(Conflict):
        approve(session, verifier, collaboration, revision=2)


def test_a_second_opinion_leaves_it_to_others(session, collaboration, verifier):
    verification.ask_second(session, verifier, collaboration, revision=1, reason="乙方章名看不清")
    assert queue.waiting(session, verifier) == []
    other = factories.staff(session)
    assert len(queue.waiting(session, other)) == 1
    approve(session, other, collaboration)


def test_who_recused_never_verifies_it(session, collaboration, verifier):
    verification.recuse(session, verifier, collaboration, reason="和乙方负责人是亲属")
    with pytest.raises(Forbidden, match="回避"):
        approve(session, verifier, collaboration)


@pytest.mark.parametrize("act", [verification.send_back, verification.ask_second])
def test_a_reason_is_required(session, collaboration, verifier, act):
    with pytest.raises(Invalid) as refusal:
        act(session, verifier, collaboration, revision=1, reason=" ")
    assert refusal.value.field == "reason"


def test_an_approval_is_undone_within_half_an_hour(session, story, collaboration, verifier):
    approve(session, verifier, collaboration)
    verification.undo(session, verifier, collaboration)
    assert (collaboration.status, story.demand.status) == (CollaborationStatus.confirmed, DemandStatus.taken)


def test_later_or_by_another_it_is_not_undone(session, collaboration, verifier):
    approve(session, verifier, collaboration)
    with pytest.raises(Conflict):
        verification.undo(session, factories.staff(session), collaboration)
    with clock_at(now() + dt.timedelta(minutes=31)), pytest.raises(Conflict):
        verification.undo(session, verifier, collaboration)


def test_the_queue_is_oldest_first_and_counts_working_days(session, verifier):
    with clock_at(dt.datetime(2026, 11, 13, 2, 0, tzinfo=dt.UTC)):
        old = confirmed(session, talks(session)).collaboration
    with clock_at(dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC)):
        new = confirmed(session, talks(session)).collaboration
        items = queue.waiting(session, verifier)
    assert [item.collaboration for item in items] == [old, new]
    assert [item.waited for item in items] == [5, 0]
    assert items[0].due == dt.date(2026, 11, 20)


def test_a_longer_queue_asks_no_more_queries(session, verifier):
    def queries() -> int:
        session.expire_all()
        seen = []
        event.listen(session.bind, "before_cursor_execute", count := lambda *args: seen.append(args[2]))
        for item in queue.waiting(session, verifier):
            assert item.collaboration.contract.revision.name
            assert item.collaboration.contract.engagement.demand.organisation.name
        event.remove(session.bind, "before_cursor_execute", count)
        return len(seen)

    confirmed(session, talks(session))
    few = queries()
    for _ in range(3):
        confirmed(session, talks(session))
    assert queries() == few
