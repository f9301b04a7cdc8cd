import datetime as dt
from decimal import Decimal

import pytest

from engagements import contracts
from engagements.shares import agree_shares, propose_shares
from models.contracts import ContractStatus
from models.demands import DemandStatus
from models.engagements import Side, Stage
from models.errors import Conflict, Invalid, NotFound
from models.index import OutboxRow
from tests import factories
from tests.support.stories import confirmed, introduced, recorded, talks, terms


def test_either_side_records_and_the_other_is_waited_for(session):
    story = talks(session)
    contract = contracts.record_contract(session, story.person, story.engagement, terms(session, story))
    assert contracts.waits_for(contract) is Side.enterprise
    assert story.engagement.stage is Stage.contract


def test_one_engagement_has_one_contract(session):
    story = talks(session)
    recorded(session, story)
    with pytest.raises(Conflict):
        recorded(session, story, contract_number="OTHER-1")


def test_the_same_paper_is_not_recorded_for_another_expert(session):
    story = talks(session)
    recorded(session, story)
    other = talks(session)
    other.engagement.demand = factories.demand(session, story.firm)
    other.firm = story.firm
    with pytest.raises(Conflict) as refusal:
        recorded(session, other, contract_number="lg js 2026 014")
    assert refusal.value.field == "contract_number"


def test_nothing_is_recorded_before_both_agreed_to_talk(session):
    story = talks(session)
    story.engagement.accepted_at = None
    with pytest.raises(Conflict):
        recorded(session, story)


def test_the_writer_cannot_confirm(session):
    story = talks(session)
    contract = recorded(session, story)
    with pytest.raises(Conflict):
        contracts.confirm(session, story.firm, contract, revision=1)


def test_a_confirmed_contract_is_a_collaboration_and_its_demand_is_taken(session):
    story = talks(session)
    contract = confirmed(session, story)
    assert contract.status is ContractStatus.confirmed
    assert contract.collaboration.number.startswith("HT-")
    assert story.demand.status is DemandStatus.taken
    assert session.query(OutboxRow).filter_by(posting_id=story.demand.id).count() == 1


def test_confirming_twice_is_a_conflict(session):
    story = talks(session)
    contract = confirmed(session, story)
    with pytest.raises(Conflict):
        contracts.confirm(session, story.person, contract, revision=1)


def test_a_correction_passes_the_turn_to_the_other_side(session):
    story = talks(session)
    contract = recorded(session, story)
    contracts.correct(session, story.person, contract, terms(session, story, amount=Decimal(360000)))
    assert contracts.waits_for(contract) is Side.enterprise
    contracts.confirm(session, story.firm, contract, revision=2)
    assert contract.revision.amount == Decimal(360000)
    assert contract.status is ContractStatus.confirmed


def test_a_revision_that_moved_on_is_not_confirmed(session):
    story = talks(session)
    contract = recorded(session, story)
    contracts.correct(session, story.firm, contract, terms(session, story, amount=Decimal(360000)))
    with pytest.raises(Conflict, match="第 2 版"):
        contracts.confirm(session, story.person, contract, revision=1)


def test_a_correction_that_changes_nothing_is_refused(session):
    story = talks(session)
    contract = recorded(session, story)
    with pytest.raises(Invalid):
        contracts.correct(session, story.person, contract, contracts.terms_of(contract.revision))


def test_a_confirmed_contract_is_not_corrected(session):
    story = talks(session)
    contract = confirmed(session, story)
    with pytest.raises(Conflict):
        contracts.correct(session, story.firm, contract, terms(session, story, amount=Decimal(1)))


def test_strangers_do_not_find_a_contract(session):
    contract = recorded(session, talks(session))
    with pytest.raises(NotFound):
        contracts.find_contract(session, factories.expert(session).user, contract.id)


def test_a_lone_broker_has_the_whole_share(session):
    story = talks(session)
    broker = introduced(session, story)
    contract = confirmed(session, story)
    assert [(share.broker, share.percent) for share in contract.shares] == [(broker, 100)]


def test_two_brokers_must_agree_before_it_is_a_collaboration(session):
    story = talks(session)
    one, two = introduced(session, story), introduced(session, story, days_ago=18)
    contract = confirmed(session, story)
    assert contract.status is ContractStatus.agreed
    assert contract.collaboration is None
    propose_shares(session, one.user, contract, {one.id: 60, two.id: 40})
    assert contract.collaboration is None
    agree_shares(session, two.user, contract, 40)
    assert contract.status is ContractStatus.confirmed


def test_shares_agreed_beforehand_make_it_a_collaboration_at_once(session):
    story = talks(session)
    one, two = introduced(session, story), introduced(session, story, days_ago=18)
    contract = recorded(session, story)
    propose_shares(session, one.user, contract, {one.id: 50, two.id: 50})
    agree_shares(session, two.user, contract, 50)
    contracts.confirm(session, story.person, contract, revision=1)
    assert contract.collaboration is not None


@pytest.mark.parametrize("percents", [(60, 50), (100, 0), (101, -1)])
def test_shares_must_add_up(session, percents):
    story = talks(session)
    one, two = introduced(session, story), introduced(session, story, days_ago=18)
    contract = recorded(session, story)
    with pytest.raises(Invalid):
        propose_shares(session, one.user, contract, dict(zip((one.id, two.id), percents, strict=True)))


def test_a_changed_proposal_is_not_agreed_to_unseen(session):
    story = talks(session)
    one, two = introduced(session, story), introduced(session, story, days_ago=18)
    contract = recorded(session, story)
    propose_shares(session, one.user, contract, {one.id: 70, two.id: 30})
    with pytest.raises(Conflict):
        agree_shares(session, two.user, contract, 40)


def test_a_broker_who_came_after_the_signing_has_no_say(session):
    story = talks(session)
    introduced(session, story)
    late = introduced(session, story, days_ago=1)
    contract = recorded(session, story)
    with pytest.raises(NotFound):
        propose_shares(session, late.user, contract, {late.id: 100})


def test_a_corrected_signing_day_changes_who_counts(session):
    story = talks(session)
    early = introduced(session, story)
    introduced(session, story, days_ago=5)
    contract = recorded(session, story)
    earlier = terms(session, story, signed_on=contract.revision.signed_on - dt.timedelta(days=7))
    contracts.correct(session, story.person, contract, earlier)
    contracts.confirm(session, story.firm, contract, revision=2)
    assert [share.broker for share in contract.shares] == [early]
