"""The log in the database: appending, receipts, proofs, checkpoints."""

import uuid
from decimal import Decimal

import pytest
from sqlalchemy import event

from ledger import dossier, log
from ledger.checkpoint import Checkpoint, parse_note
from ledger.merkle import check_consistency, check_inclusion
from ledger.note import verify
from ledger.proof import parse_inclusion
from ledger.signer import Signer, SigningRefused
from ledger.trust import Paper, Trust, TrustedKey
from ledger.verify import check
from models.errors import Conflict, NotFound

ORIGIN = "jiebang.localhost/jiebang/2026"
CONTRACT = {"amount": Decimal("12.50"), "person": "甲"}


@pytest.fixture
def signer(tmp_path):
    return Signer.open(tmp_path / "keys")


def appended(session, count=1, **options):
    return [log.append(session, "contract.confirmed", CONTRACT, **options) for _ in range(count)]


def test_the_first_append_opens_the_log_of_its_year(session, noon):
    receipt = appended(session)[0]
    assert (receipt.index, receipt.at) == (0, noon)
    assert log.head(session) == Checkpoint(ORIGIN, 1, receipt.hash)


def test_an_empty_log_has_no_head_and_nothing_to_sign(session, signer):
    assert log.head(session) is None
    assert log.sign_checkpoint(session, signer) is None


def test_entries_are_gapless_and_read_back(session):
    receipts = appended(session, 5)
    assert [one.index for one in receipts] == [0, 1, 2, 3, 4]
    entry = log.entry(session, 3)
    assert (entry.leaf.event_id, entry.hash, entry.leaf.at) == (receipts[3].event_id, receipts[3].hash, receipts[3].at)
    assert {name: one.value for name, one in entry.openings.items()} == {"amount": b"1250", "person": '"甲"'.encode()}
    assert log.find(session, receipts[3].event_id) == entry
    assert log.find(session, uuid.uuid4()) is None
    with pytest.raises(NotFound):
        log.entry(session, 5)


def test_a_rolled_back_append_leaves_no_gap(session):
    appended(session)
    with session.begin_nested() as savepoint:
        appended(session)
        savepoint.rollback()
    assert appended(session)[0].index == 1


def test_the_same_event_returns_the_original_receipt(session):
    event_id = uuid.uuid4()
    first = appended(session, event_id=event_id)[0]
    appended(session)
    assert appended(session, event_id=event_id)[0] == first
    assert log.head(session).size == 2


@pytest.mark.parametrize("other", [
    {"event_type": "collab.verified"}, {"fields": CONTRACT | {"amount": Decimal("12.51")}}, {"fields": {}},
    {"refs": [0]}])
def test_the_same_event_with_another_content_is_a_conflict(session, other):
    appended(session)
    event_id = uuid.uuid4()
    same = {"event_type": "contract.confirmed", "fields": CONTRACT, "event_id": event_id}
    log.append(session, **same)
    with pytest.raises(Conflict, match="登记过另一件事"):
        log.append(session, **(same | other))


def test_references_carry_the_hash_of_what_they_cite(session):
    first, second = appended(session, 2)
    third = log.append(session, "collab.verified", {}, refs=[1, 0, 1])
    assert [(ref.index, ref.hash) for ref in log.entry(session, third.index).leaf.references] == [
        (0, first.hash), (1, second.hash)]


def test_a_reference_to_nothing_is_refused(session):
    appended(session)
    with pytest.raises(NotFound, match="引用"):
        log.append(session, "collab.verified", {}, refs=[1])


def test_every_proof_from_stored_nodes_verifies(session):
    hashes = [one.hash for one in appended(session, 11)]
    roots = {size: log.root(session, size) for size in range(1, 12)}
    for size in (1, 4, 7, 11):
        for index in range(size):
            check_inclusion(index, size, hashes[index], log.inclusion(session, index, size), roots[size])
        for earlier in range(1, size + 1):
            check_consistency(earlier, size, roots[earlier], roots[size], log.consistency(session, earlier, size))


def test_proofs_read_nodes_by_key(session, dialect):
    if dialect != "sqlite":
        pytest.skip("PostgreSQL scans tables this small, and rightly")
    appended(session, 9)
    connection, plans = session.connection(), []

    @event.listens_for(connection, "before_cursor_execute")
    def explain(conn, cursor, statement, parameters, context, executemany):
        plans.append(cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall())

    log.inclusion(session, 4, 9)
    log.consistency(session, 5, 9)
    assert len(plans) == 4
    assert "SCAN" not in str(plans)


def test_a_checkpoint_is_signed_once_for_a_tree(session, signer):
    appended(session, 3)
    session.commit()
    first = log.sign_checkpoint(session, signer)
    assert verify(first.note, [signer.verifier(ORIGIN)])
    assert parse_note(first.note) == log.head(session)
    assert (first.size, first.root) == (3, log.root(session, 3))
    assert log.sign_checkpoint(session, signer) is first
    assert log.latest_checkpoint(session) is log.checkpoint_at(session, 3) is first


def test_an_append_of_this_transaction_is_not_signed(session, signer):
    appended(session)
    with pytest.raises(RuntimeError, match="commit before signing"):
        log.sign_checkpoint(session, signer)
    session.commit()
    assert log.sign_checkpoint(session, signer).size == 1


def test_a_signer_whose_memory_is_behind_the_database_refuses(session, signer):
    appended(session, 2)
    session.commit()
    log.sign_checkpoint(session, signer)
    (signer.folder / "ledger.state").unlink()
    appended(session)
    session.commit()
    with pytest.raises(SigningRefused, match="状态文件"):
        log.sign_checkpoint(session, signer)


def test_a_receipt_proves_its_entry(session, signer):
    receipts = appended(session, 6)
    with pytest.raises(Conflict, match="还没有签进检查点"):
        log.receipt(session, 4)
    session.commit()
    log.sign_checkpoint(session, signer)
    proof = parse_inclusion(log.receipt(session, 4))
    tree = parse_note(proof.note)
    check_inclusion(4, tree.size, receipts[4].hash, proof.path, tree.root)
    with pytest.raises(NotFound):
        log.receipt(session, 6)


def test_amendments_are_found_in_turn(session):
    appended(session, 2)
    log.append(session, "collab.verified", {}, refs=[0])
    log.append(session, "collab.corrected", {}, refs=[0])
    log.append(session, "collab.withdrawn", {}, refs=[3])
    assert log.amendments(session, [0]) == [3, 4]
    assert log.amendments(session, [1]) == []
    assert log.amendments(session, []) == []


def test_a_dossier_from_the_database_verifies(session, signer, tmp_path):
    appended(session, 2)
    session.commit()
    log.sign_checkpoint(session, signer)
    log.append(session, "collab.corrected", {"amount": Decimal("13.00")}, refs=[1])
    with pytest.raises(Conflict):
        log.material(session, [1])
    session.commit()
    log.sign_checkpoint(session, signer)
    material = log.material(session, [1], cited=[2, 3])
    with (tmp_path / "dossier.zip").open("w+b") as out:
        dossier.build(material, out)
        trust = Trust((TrustedKey(signer.verifier(ORIGIN)),), (Paper(2, log.root(session, 2)),))
        report = check(out, trust)
    assert (report.exit_code, sorted(report.entries)) == (0, [1, 2])
    with pytest.raises(NotFound, match="1 条的检查点"):
        log.material(session, [1], cited=[1])
