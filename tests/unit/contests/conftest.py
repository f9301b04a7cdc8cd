"""A season of the founding contest, and contracts of it on the way to evidence."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest

from contests.evidence import write_evidence
from models.accounts import Broker
from models.base import now, today
from models.contests import Season
from models.contracts import BrokerShare, Collaboration, Contract
from tests import factories

LONG_AGO = dt.timedelta(days=60)


@pytest.fixture(autouse=True)
def _in_registration(noon):
    """Every test here stands on 22 November 2026, inside the registration window."""


@pytest.fixture
def season(session) -> Season:
    return factories.add(session, Season(code="weihai-2020", year=2026, settings={}))


@pytest.fixture
def make_contract(session) -> Callable[..., Contract]:
    """A contract signed today on a demand posted 60 days ago, with the given brokers' shares (each introduced then)."""
    def make(*brokers: tuple[Broker, int], engaged=None, published_at=None, **revision) -> Contract:
        past = now() - LONG_AGO
        engaged = engaged or factories.engagement(
            session, factories.demand(session, published_at=published_at or past), factories.expert(session),
            accepted_at=past)
        contract = factories.contract(session, engaged, **revision)
        for broker, percent in brokers:
            factories.introduction(session, engaged, broker, enterprise_consented_at=past, expert_consented_at=past)
            contract.shares.append(BrokerShare(broker=broker, percent=percent, agreed_at=now()))
        session.flush()
        return contract
    return make


@pytest.fixture
def collaborate(session, make_contract) -> Callable[..., Collaboration]:
    """A collaboration with its evidence written."""
    def make(*brokers: tuple[Broker, int], contract: Contract | None = None, **options) -> Collaboration:
        contract = contract or make_contract(*brokers, **options)
        collaboration = Collaboration(id=uuid.uuid4(), number=f"HT-{today().year}-{uuid.uuid4().hex[:4]}",
                                      contract_id=contract.id)
        write_evidence(session, collaboration)
        return collaboration
    return make
