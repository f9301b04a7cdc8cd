"""Whoever owns the database can change it past the triggers; rebuilding the log then names what was changed."""

import pytest
from sqlalchemy import text

from ledger import log
from ledger.signer import Signer
from models.guards import remove_guards

ORIGIN = "jiebang.localhost/jiebang/2026"
ZERO = {"sqlite": "zeroblob(32)", "postgresql": "decode(repeat('00', 32), 'hex')"}


@pytest.fixture
def signer(tmp_path):
    return Signer.open(tmp_path / "keys")


@pytest.fixture
def recorded(session, signer, monkeypatch):
    """Seven entries in chunks of four, checkpoints over 3 and 7, and the guards gone as an owner can make them go."""
    monkeypatch.setattr(log, "CHUNK", 4)
    for index in range(7):
        log.append(session, "contract.confirmed", {"person": "甲", "amount": index}, refs=[0] if index == 5 else [])
        session.commit()
        if index in (2, 6):
            log.sign_checkpoint(session, signer)
    session.flush()
    remove_guards(session.connection())
    return session


def findings(session, signer=None):
    session.expire_all()
    return [(one.index, one.text) for one in log.verify_database(session, signer and signer.verifier(ORIGIN))]


def test_an_untouched_log_has_no_finding(recorded, signer):
    assert findings(recorded, signer) == []


def test_an_empty_log_has_no_finding(session):
    assert findings(session) == []


@pytest.mark.parametrize(("change", "expected"), [
    ("UPDATE ledger_leaf SET body = replace(body, 'confirmed', 'imagined') WHERE idx = 4",
     [(4, "第 4 号条目的内容和它的哈希不符")]),
    ("UPDATE ledger_leaf SET hash = {zero} WHERE idx = 2",
     [(2, "第 2 号条目的内容和它的哈希不符"), (None, "3 条的检查点和由条目重算的根不一致"),
      (3, "第 2–3 号条目之上的节点（1 层 1 号）缺失或被改"), (3, "第 0–3 号条目之上的节点（2 层 0 号）缺失或被改"),
      (None, "7 条的检查点和由条目重算的根不一致"), (None, "树头的哈希和由条目重算的不一致")]),
    ("UPDATE ledger_leaf SET event_id = '{uuid}' WHERE idx = 3", [(3, "第 3 号条目的日志名或事件编号和登记的不符")]),
    ("DELETE FROM ledger_reference", [(5, "第 5 号条目的引用和登记的不符")]),
    ("UPDATE ledger_reference SET cited = 1", [(5, "第 5 号条目的引用和登记的不符")]),
    ("UPDATE ledger_opening SET value = '9' WHERE idx = 1 AND field = 'amount'",
     [(1, "第 1 号条目：披露的「amount」和登记时的不符")]),
    ("UPDATE ledger_opening SET value = '{{' WHERE idx = 1 AND field = 'amount'", [(1, "第 1 号条目：不是规范的 JSON")]),
    ("DELETE FROM ledger_opening WHERE idx = 6 AND field = 'person'", [(6, "第 6 号条目的字段 person 只有承诺或只有原值")]),
    ("UPDATE ledger_opening SET field = 'more' WHERE idx = 6 AND field = 'person'",
     [(6, "第 6 号条目的字段 more 只有承诺或只有原值"), (6, "第 6 号条目的字段 person 只有承诺或只有原值")]),
    ("UPDATE ledger_node SET hash = {zero} WHERE level = 1 AND idx = 2",
     [(5, "第 4–5 号条目之上的节点（1 层 2 号）缺失或被改")]),
    ("DELETE FROM ledger_node WHERE level = 2",
     [(3, "第 0–3 号条目之上的节点（2 层 0 号）缺失或被改"), (None, "应有 4 个节点，实有 3 个")]),
    ("INSERT INTO ledger_node VALUES (1, 3, {zero})",
     [(None, "多出节点（1 层 3 号）"), (None, "应有 4 个节点，实有 5 个")]),
    ("INSERT INTO ledger_node VALUES (1, 99, {zero})", [(None, "应有 4 个节点，实有 5 个")]),
    ("UPDATE ledger_head SET size = 6", [(None, "树头记着 6 条，实有 7 条")]),
    ("UPDATE ledger_head SET frontier = {zero}", [(None, "树头的哈希和由条目重算的不一致")]),
    ("UPDATE ledger_checkpoint SET root = {zero} WHERE size = 3", [(None, "3 条的检查点和由条目重算的根不一致")]),
    ("UPDATE ledger_checkpoint SET note = 'x' WHERE size = 3", [(None, "3 条的检查点：签名文本缺少签名")]),
    ("UPDATE ledger_checkpoint SET size = 9 WHERE size = 7", [(None, "已签过 9 条的检查点，现在只剩 7 条")]),
])
def test_every_change_is_named(recorded, dialect, change, expected):
    uuid = "0" * 32 if dialect == "sqlite" else "00000000-0000-0000-0000-000000000000"
    recorded.execute(text(change.format(zero=ZERO[dialect], uuid=uuid)))
    found = findings(recorded)
    assert [(index, told[:len(wanted)]) for (index, told), (_, wanted) in zip(found, expected, strict=True)] == expected


def test_a_leaf_that_cannot_be_read_is_named(recorded):
    recorded.execute(text("UPDATE ledger_leaf SET body = '{}' WHERE idx = 4"))
    assert [index for index, _ in findings(recorded)] == [4, 4]


def test_a_missing_leaf_stops_the_rebuilding(recorded):
    for table in ("ledger_opening", "ledger_leaf"):
        recorded.execute(text(f"DELETE FROM {table} WHERE idx = 4"))
    assert findings(recorded) == [(4, "缺少第 4 号条目，后面的树无法重建")]


def test_leaves_cut_off_at_the_end_are_told_by_head_and_checkpoint(recorded):
    for table in ("ledger_opening", "ledger_leaf"):
        recorded.execute(text(f"DELETE FROM {table} WHERE idx = 6"))
    assert findings(recorded) == [(None, "树头记着 7 条，实有 6 条"), (None, "已签过 7 条的检查点，现在只剩 6 条")]


def test_a_checkpoint_signed_by_another_key_is_named(recorded, tmp_path):
    stranger = Signer.open(tmp_path / "other")
    assert [told for _, told in findings(recorded, stranger)] == [
        "3 条的检查点：没有您给出的公钥的签名", "7 条的检查点：没有您给出的公钥的签名"]
