"""Confirming writes the collaboration, its ledger leaf, its evidence and the outbox row together, or nothing."""

import itertools

import pytest
from sqlalchemy import event, func, select

from engagements import contracts
from models.accounts import User
from models.base import today
from models.contests import Evidence, Season
from models.contracts import Collaboration, Contract, ContractStatus
from models.demands import Demand, DemandStatus
from models.index import OutboxRow
from models.ledger import LedgerLeaf
from tests import factories
from tests.support.stories import introduced, recorded, talks

WRITES = ("INSERT", "UPDATE", "DELETE")


class PowerCut(Exception):
    """The fault injected before a statement."""


def failing_at(database, number: int):
    """Raise before the `number`-th writing statement of every transaction from now on; returns what undoes it."""
    seen = itertools.count(1)

    def cut(_connection, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith(WRITES) and next(seen) == number:
            raise PowerCut

    event.listen(database.engine, "before_cursor_execute", cut)
    return lambda: event.remove(database.engine, "before_cursor_execute", cut)


@pytest.mark.slow
def test_a_fault_before_any_statement_leaves_nothing_half_done(private_database):
    with private_database.write() as session:
        factories.add(session, Season(code="weihai-2020", year=today().year))
        story = talks(session)
        introduced(session, story)
        contract = recorded(session, story)
        person_id, contract_id, demand_id = story.person.id, contract.id, story.demand.id

    def confirm():
        with private_database.write() as session:
            contracts.confirm(session, session.get(User, person_id), session.get(Contract, contract_id), revision=1)

    for number in itertools.count(1):
        mend = failing_at(private_database, number)
        try:
            confirm()
            break
        except PowerCut:
            mend()
        with private_database.read() as session:
            assert session.get(Contract, contract_id).status is ContractStatus.recorded
            assert session.get(Demand, demand_id).status is DemandStatus.published
            for table in (Collaboration, Evidence, LedgerLeaf, OutboxRow):
                assert session.scalar(select(func.count()).select_from(table)) == 0
    assert number > 10
    with private_database.read() as session:
        assert session.get(Contract, contract_id).status is ContractStatus.confirmed
        counts = [session.scalar(select(func.count()).select_from(table))
                  for table in (Collaboration, Evidence, LedgerLeaf, OutboxRow)]
        assert counts == [1, 2, 3, 1]
