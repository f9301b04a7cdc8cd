"""What the checking person brings: keys, policies, paper checkpoints."""

import base64

import pytest

from ledger.checkpoint import parse_note
from ledger.faults import Contradicted, Malformed
from ledger.trust import Paper, Trust, TrustedKey, parse_key, parse_paper, parse_policy, read_paper
from tests.support.memory_log import MemoryLog


@pytest.fixture
def log():
    made = MemoryLog()
    for _ in range(3):
        made.add()
    return made


def test_a_key_may_be_limited_to_tree_sizes(log):
    assert parse_key(str(log.verifier)) == TrustedKey(log.verifier)
    assert parse_key(f" {log.verifier}@5-9\n") == TrustedKey(log.verifier, 5, 9)
    assert parse_key(f"{log.verifier}@5-") == TrustedKey(log.verifier, 5, None)


@pytest.mark.parametrize(("limits", "covered"), [("@3-3", True), ("@1-", True), ("@4-", False), ("@0-2", False)])
def test_a_key_outside_its_range_does_not_count(log, limits, covered):
    trust, note = Trust((parse_key(f"{log.verifier}{limits}"),)), log.note()
    if covered:
        trust.check(note, parse_note(note))
    else:
        with pytest.raises(Contradicted, match="不能用于 3 条"):
            trust.check(note, parse_note(note))


def test_the_key_of_another_log_is_no_key_for_this_one(log):
    stranger = MemoryLog(origin="other.test/jiebang/2026")
    with pytest.raises(Contradicted, match="不是您给出公钥的那个日志"):
        Trust((TrustedKey(stranger.verifier),)).check(log.note(), parse_note(log.note()))


def test_a_policy_names_logs_and_a_quorum(log):
    text = f"# 公示\n\n\tlog {log.verifier} https://log.test/\nlog {log.verifier}\nquorum none\n"
    assert parse_policy(text) == Trust((TrustedKey(log.verifier),) * 2, quorum="none")


def test_witnesses_of_a_policy_set_the_quorum(log):
    text = f"log {log.verifier}\nwitness W {log.verifier}\ngroup G any W\nquorum G\n"
    assert parse_policy(text).quorum == "G"


@pytest.mark.parametrize("text", [
    "", "quorum none\nquorum none\n", "quorum\n", "logs x\nquorum none", "log\nquorum none"])
def test_a_malformed_policy_is_refused(text):
    with pytest.raises(Malformed, match="策略文件"):
        parse_policy(text)


def test_a_paper_checkpoint_is_typed_or_a_whole_note(log, tmp_path):
    tree = parse_note(log.note())
    typed = f"3:{base64.b64encode(tree.root).decode()}"
    (tmp_path / "paper.txt").write_text(log.note())
    assert read_paper(typed) == Paper(3, tree.root)
    assert read_paper(str(tmp_path / "paper.txt")) == Paper(3, tree.root, log.note())


@pytest.mark.parametrize("text", ["3:AAAA", "03:" + "A" * 43 + "=", "three", "3:" + "A" * 44])
def test_a_malformed_paper_checkpoint_is_refused(text):
    with pytest.raises(Malformed):
        parse_paper(text)
