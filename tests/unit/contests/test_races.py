"""Two acts at once on one entry: one wins, the other is told, the log has no gap."""

import contextvars
import threading
import uuid

import pytest

from contests.entries import open_entry
from contests.evidence import write_evidence
from contests.submission import submit
from ledger import log
from models.accounts import User
from models.base import now
from models.contests import Entry, EntryStatus, Season
from models.contracts import Collaboration
from models.errors import Conflict
from tests import factories


@pytest.fixture
def entry_id(private_database, noon) -> uuid.UUID:
    with private_database.sessions() as session:
        season = factories.add(session, Season(code="weihai-2020", year=2026, settings={}))
        contract = factories.contract(session, factories.engagement(session, accepted_at=now()))
        write_evidence(session, Collaboration(id=uuid.uuid4(), number="HT-2026-0001", contract_id=contract.id))
        entry = open_entry(session, contract.engagement.expert.user, season, "tech_challenge")
        session.commit()
        return entry.id


def test_the_same_form_sent_twice_is_submitted_once(private_database, entry_id):
    outcomes, start = [], threading.Barrier(4)

    def press() -> None:
        start.wait()
        with private_database.sessions() as session:
            entry = session.get_one(Entry, entry_id)
            try:
                submit(session, session.get_one(User, entry.user_id), entry, declared=True)
                session.commit()
                outcomes.append("submitted")
            except Conflict:
                outcomes.append("conflict")

    presses = [threading.Thread(target=contextvars.copy_context().run, args=(press,)) for _ in range(4)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert sorted(outcomes) == ["conflict"] * 3 + ["submitted"]
    with private_database.sessions() as session:
        assert session.get_one(Entry, entry_id).status is EntryStatus.submitted
        assert log.head(session).size == 3
        assert log.verify_database(session) == []
