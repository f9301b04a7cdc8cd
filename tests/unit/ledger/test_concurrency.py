"""Eight writers at once: no gap, no double, one root."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from ledger import log
from ledger.signer import Signer
from models.database import Database

WRITERS, EACH = 8, 4


@pytest.fixture
def writers(private_url):
    databases = [Database.connect(private_url) for _ in range(WRITERS)]
    yield databases
    for database in databases:
        database.engine.dispose()


def together(writers, work):
    """Run `work(writer number, database)` in as many threads, started at the same moment; their results."""
    gate = threading.Barrier(WRITERS)

    def run(number):
        gate.wait()
        return work(number, writers[number])

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def append(database, event_id=None):
    with database.write() as session:
        return log.append(session, "contract.confirmed", {"person": "甲"}, event_id=event_id)


@pytest.mark.slow
def test_eight_writers_leave_no_gap_while_all_sign(writers, tmp_path):
    signer = Signer.open(tmp_path / "keys")

    def work(number, database):
        receipts = []
        for _ in range(EACH):
            receipts.append(append(database))
            with database.write() as session:
                log.sign_checkpoint(session, signer)
        return receipts

    receipts = [one for some in together(writers, work) for one in some]
    assert sorted(one.index for one in receipts) == list(range(WRITERS * EACH))
    with writers[0].read() as session:
        head = log.head(session)
        assert log.verify_database(session, signer.verifier(head.origin)) == []
        assert {log.find(session, one.event_id).index for one in receipts} == set(range(WRITERS * EACH))


def test_eight_deliveries_of_one_event_make_one_entry(writers):
    event = uuid.uuid4()
    receipts = together(writers, lambda number, database: append(database, event))
    assert len(set(receipts)) == 1
    with writers[0].read() as session:
        assert log.head(session).size == 1


def test_two_signers_at_once_keep_one_checkpoint(writers, tmp_path):
    append(writers[0])

    def work(number, database):
        with database.write() as session:
            return log.sign_checkpoint(session, Signer.open(tmp_path / "keys")).note

    assert len(set(together(writers, work))) == 1
    with writers[0].read() as session:
        assert log.latest_checkpoint(session).size == 1


def test_an_audit_sees_one_snapshot_while_others_append(writers, dialect, monkeypatch):
    if dialect == "sqlite":
        pytest.skip("a reader of SQLite's rollback journal holds writers back")
    append(writers[0])
    chunks = log._chunks

    def chunks_after_another_append(session):
        append(writers[1])
        return chunks(session)

    monkeypatch.setattr(log, "_chunks", chunks_after_another_append)
    with writers[0].read() as session:
        assert log.verify_database(session) == []
        assert log.head(session).size == 1
