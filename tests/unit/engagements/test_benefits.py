import datetime as dt
from decimal import Decimal

import pytest

from contests.projections import disagreements
from engagements.benefits import latest_benefit, report_benefit
from ledger import log
from models.base import today
from models.errors import Conflict, Forbidden, Invalid
from tests import factories
from tests.support.stories import confirmed, recorded, talks


@pytest.fixture
def story(session):
    return talks(session)


@pytest.fixture
def contract(session, story):
    return confirmed(session, story)


def report(session, actor, contract, realised="500000", until=None):
    proof = factories.stored_file(session)
    return report_benefit(session, actor, contract, realised=Decimal(realised), until=until or today(),
                          proof_id=proof.id)


def test_the_latest_report_counts(session, story, contract):
    report(session, story.firm, contract, "100000", today() - dt.timedelta(days=1))
    second = report(session, story.firm, contract)
    assert latest_benefit(session, contract) is second


def test_the_same_report_twice_is_refused(session, story, contract):
    report(session, story.firm, contract)
    with pytest.raises(Conflict):
        report(session, story.firm, contract)


def test_the_expert_does_not_report(session, story, contract):
    with pytest.raises(Forbidden):
        report(session, story.person, contract)


def test_an_unconfirmed_contract_has_no_benefit(session):
    story = talks(session)
    with pytest.raises(Conflict):
        report(session, story.firm, recorded(session, story))


@pytest.mark.parametrize(("realised", "days", "field"), [
    ("-1", 0, "realised"), ("0.001", 0, "realised"), ("1e15", 0, "realised"), ("1", 1, "until"), ("1", -30, "until"),
])
def test_what_cannot_be_is_refused(session, story, contract, realised, days, field):
    with pytest.raises(Invalid) as refusal:
        report(session, story.firm, contract, realised, today() + dt.timedelta(days=days))
    assert refusal.value.field == field


def test_a_report_is_a_ledger_entry_that_agrees_with_its_row(session, story, contract):
    found = report(session, story.firm, contract)
    leaf = log.entry(session, found.ledger_index).leaf
    assert (leaf.type, leaf.references[0].index) == ("benefit.reported", contract.collaboration.ledger_index)
    assert disagreements(session) == []
    found.realised += 1
    session.flush()
    assert [one.index for one in disagreements(session)] == [found.ledger_index]
