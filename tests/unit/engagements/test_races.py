"""Two people at once, each with a connection of their own, on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from engagements import contracts, verification
from engagements.openings import take_challenge
from models.accounts import Expert, User
from models.contracts import Collaboration, Contract, ContractConfirmation
from models.demands import Demand
from models.engagements import Engagement
from models.errors import Conflict
from tests import factories
from tests.support.stories import confirmed, recorded, talks

LOSING = (Conflict, StaleDataError, IntegrityError)
"""What the web answers with 409."""


def race(database, *acts) -> list[str]:
    """Run every act in a transaction of its own, all at once; "won" or the name of what stopped it, sorted."""
    start = threading.Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            with database.write() as session:
                act(session)
        except LOSING as refusal:
            return type(refusal).__name__
        return "won"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts), key=lambda outcome: outcome != "won")


def renamed(contract: Contract) -> contracts.Terms:
    return replace(contracts.terms_of(contract.revision), name="碳纤维钓竿插接跳动控制（补充）")


@pytest.mark.slow
def test_of_two_who_confirm_at_once_exactly_one_does(private_database):
    with private_database.write() as session:
        story = talks(session)
        contract = recorded(session, story)
        colleague = factories.contact(session, story.demand.organisation)
        contracts.correct(session, story.person, contract, renamed(contract))
        people, contract_id = [story.firm.id, colleague.id], contract.id

    def act(user_id):
        return lambda session: contracts.confirm(session, session.get(User, user_id),
                                                 session.get(Contract, contract_id), revision=2)

    outcomes = race(private_database, *map(act, people))
    assert outcomes[0] == "won"
    assert outcomes[1] != "won"
    with private_database.read() as session:
        assert session.scalar(select(func.count()).select_from(Collaboration)) == 1
        assert session.scalar(select(func.count()).select_from(ContractConfirmation)) == 3


@pytest.mark.slow
def test_a_correction_and_a_confirmation_at_once_never_both_hold(private_database):
    with private_database.write() as session:
        story = talks(session)
        contract = recorded(session, story)
        firm_id, person_id, contract_id = story.firm.id, story.person.id, contract.id

    def correct(session):
        contract = session.get(Contract, contract_id)
        contracts.correct(session, session.get(User, firm_id), contract, renamed(contract))

    def confirm(session):
        contracts.confirm(session, session.get(User, person_id), session.get(Contract, contract_id), revision=1)

    outcomes = race(private_database, correct, confirm)
    assert (outcomes[0], outcomes[1] != "won") == ("won", True)


@pytest.mark.slow
def test_of_two_verifiers_at_once_exactly_one_approves(private_database):
    with private_database.write() as session:
        collaboration_id = confirmed(session, talks(session)).collaboration.id
        people = [factories.staff(session).id, factories.staff(session).id]

    def act(user_id):
        def approve(session):
            collaboration = session.get(Collaboration, collaboration_id)
            verification.approve(session, session.get(User, user_id), collaboration, revision=1, rows=[],
                                 original_seen=True, opinions={})
        return approve

    outcomes = race(private_database, *map(act, people))
    assert (outcomes[0], outcomes[1] != "won") == ("won", True)
    with private_database.read() as session:
        assert len(session.get(Collaboration, collaboration_id).verifications) == 1


@pytest.mark.slow
def test_a_challenge_sent_twice_at_once_is_taken_once(private_database):
    with private_database.write() as session:
        demand_id, expert_id = factories.demand(session).id, factories.expert(session).id

    def act(session):
        expert = session.get(Expert, expert_id)
        take_challenge(session, expert.user, session.get(Demand, demand_id), approach="先测跳动来源")

    outcomes = race(private_database, act, act)
    assert (outcomes[0], outcomes[1] != "won") == ("won", True)
    with private_database.read() as session:
        assert session.scalar(select(func.count()).select_from(Engagement)) == 1
