"""Rows are applied in order, at least once, each effect once; what fails is kept, counted and holds up nobody."""

import numpy as np
import pytest
from sqlalchemy import select

from jobs import outbox
from matching.fusion import Fusion
from models.demands import DemandStatus
from models.index import OutboxRow, PostingKind, PostingVector, enqueue
from tests import factories


class WordCounter:
    """An encoder for tests: two dimensions, no model. Fails on texts that hold `poison`."""

    name, dimensions, symmetric, poison, fusion = "counter", 2, True, "毒", Fusion()

    def encode(self, texts, query=False):
        if any(self.poison in text for text in texts):
            raise ValueError("cannot be encoded")
        return np.array([[len(text) + 1, 1] for text in texts], np.float32).reshape(-1, 2)


@pytest.fixture
def encoder():
    return WordCounter()


def post(session, **columns):
    demand = factories.demand(session, **columns)
    enqueue(session, PostingKind.demand, demand.id)
    session.flush()
    return demand


def vectors(session) -> dict:
    return {row.posting_id: row for row in session.scalars(select(PostingVector))}


def test_a_posted_demand_gets_its_vector_and_the_row_is_done(session, database, encoder):
    demand = post(session)
    assert outbox.apply_pending(database, encoder) == 1
    session.expire_all()
    assert vectors(session)[demand.id].live
    assert outbox.pending(session) == 0


def test_applying_again_changes_nothing(session, database, encoder):
    demand = post(session)
    outbox.apply_pending(database, encoder)
    enqueue(session, PostingKind.demand, demand.id)
    session.flush()
    before = vectors(session)[demand.id].seq
    assert outbox.apply_pending(database, encoder) == 1
    session.expire_all()
    assert [row.seq for row in vectors(session).values()] == [before]


def test_a_withdrawn_demand_may_no_longer_be_found(session, database, encoder):
    demand = post(session)
    outbox.apply_pending(database, encoder)
    demand.status = DemandStatus.withdrawn
    enqueue(session, PostingKind.demand, demand.id)
    session.flush()
    outbox.apply_pending(database, encoder)
    session.expire_all()
    assert not vectors(session)[demand.id].live


def test_a_row_that_fails_holds_up_nobody_and_says_why(session, database, encoder):
    bad, good = post(session, title="含毒的题目"), post(session)
    assert outbox.apply_pending(database, encoder) == 1
    session.expire_all()
    assert set(vectors(session)) == {good.id}
    [row] = outbox.failing(session)
    assert (row.posting_id, row.attempts) == (bad.id, 1)
    assert "cannot be encoded" in row.error


def test_a_hopeless_row_waits_for_the_patient_round(session, database, encoder):
    bad = post(session, title="含毒的题目")
    for _ in range(outbox.ATTEMPTS + 2):
        outbox.apply_pending(database, encoder)
    session.expire_all()
    assert outbox.failing(session)[0].attempts == outbox.ATTEMPTS
    bad.title = "改好的题目"
    session.flush()
    assert outbox.apply_pending(database, encoder, patient=True) == 1
    session.expire_all()
    assert outbox.failing(session) == []


def test_more_rows_than_a_batch_holds_are_all_applied(session, database, encoder, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 3)
    for _ in range(7):
        post(session)
    assert outbox.apply_pending(database, encoder) == 7


class Watcher(WordCounter):
    """Notes at each batch which postings are found, and by what; stops dead at the batch `killed_at`."""

    def __init__(self, session, killed_at=None):
        self.session, self.killed_at, self.seen = session, killed_at, []

    def encode(self, texts, query=False):
        self.session.expire_all()
        self.seen.append({row.posting_id: bool(row.content_hash) for row in vectors(self.session).values() if row.live})
        if len(self.seen) == self.killed_at:
            raise KeyboardInterrupt
        return super().encode(texts, query)


def test_what_waits_behind_others_is_found_by_its_words_meanwhile(session, database, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 2)
    posted = [post(session).id for _ in range(5)]
    watcher = Watcher(session)
    assert outbox.apply_pending(database, watcher) == 5
    assert watcher.seen[0] == dict.fromkeys(posted[2:], False)
    session.expire_all()
    assert all(row.content_hash and any(row.vector) for row in vectors(session).values())


def test_few_are_embedded_at_once(session, database):
    post(session)
    watcher = Watcher(session)
    outbox.apply_pending(database, watcher)
    assert watcher.seen[0] == {}


def test_a_worker_killed_before_the_vectors_leaves_the_rows_to_the_next(session, database, encoder, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 2)
    posted = {post(session).id for _ in range(5)}
    with pytest.raises(KeyboardInterrupt):
        outbox.apply_pending(database, Watcher(session, killed_at=1))
    assert outbox.pending(session) == 5
    assert outbox.apply_pending(database, encoder) == 5
    session.expire_all()
    assert {key for key, row in vectors(session).items() if row.content_hash} == posted


def test_an_edited_posting_keeps_its_vector_and_a_withdrawn_one_goes_before_the_vectors(
        session, database, encoder, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 1)
    edited, withdrawn = post(session), post(session)
    outbox.apply_pending(database, encoder)
    session.expire_all()
    first, before = post(session), vectors(session)[edited.id]
    kept = before.vector, before.content_hash, before.seq
    edited.title, withdrawn.status = "改过的题目", DemandStatus.withdrawn
    for demand in (edited, withdrawn):
        enqueue(session, PostingKind.demand, demand.id)
    session.flush()
    with pytest.raises(KeyboardInterrupt):
        outbox.apply_pending(database, Watcher(session, killed_at=1))
    session.expire_all()
    now = vectors(session)
    assert first.id not in now
    assert not now[withdrawn.id].live
    assert (now[edited.id].vector, now[edited.id].content_hash) == kept[:2]
    assert now[edited.id].seq > kept[2]


def test_an_empty_outbox_takes_no_write_lock(private_database, encoder):
    with private_database.write() as session:
        session.scalar(select(OutboxRow.id))
        assert outbox.apply_pending(private_database, encoder) == 0
