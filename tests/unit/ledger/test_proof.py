"""Checkpoints and proofs as text."""

import pytest

from ledger.checkpoint import Checkpoint, decimal, parse_note, parse_text
from ledger.faults import Malformed
from ledger.merkle import check_inclusion
from ledger.proof import ConsistencyProof, InclusionProof, parse_consistency, parse_inclusion
from tests.support.memory_log import MemoryLog

HASH = b"h" * 32
B64 = "aGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGg="
NOTE = "log.test\n2\n" + B64 + "\n\n— log.test AAAAAAAA\n"


def test_the_text_of_a_checkpoint():
    tree = Checkpoint("log.test", 2, HASH)
    assert tree.text() == f"log.test\n2\n{B64}\n"
    assert parse_note(NOTE) == parse_text(tree.text()) == tree


@pytest.mark.parametrize("text", [
    "", f"log.test\n2\n{B64}", f"log.test\n2\n{B64}\nextension\n", f"log test\n2\n{B64}\n", f"log.test\n02\n{B64}\n",
    f"log.test\n-2\n{B64}\n", f"log.test\n２\n{B64}\n", "log.test\n2\naGg=\n", f"log.test\n{'9' * 20}\n{B64}\n"])
def test_a_malformed_checkpoint_is_refused(text):
    with pytest.raises(Malformed):
        parse_text(text)


def test_decimals_have_one_spelling():
    assert [decimal("0"), decimal("10")] == [0, 10]
    for text in ("", "00", "+1", "1 ", "1_0"):
        with pytest.raises(Malformed, match="数字"):
            decimal(text)


def test_the_text_of_an_inclusion_proof():
    proof = InclusionProof(1, [HASH], NOTE)
    assert proof.text() == f"c2sp.org/tlog-proof@v1\nindex 1\n{B64}\n\n{NOTE}"
    assert parse_inclusion(proof.text()) == proof


def test_extra_data_and_an_empty_path_survive():
    for path, extra in (([], None), ([HASH] * 3, b"more"), ([], b"")):
        proof = InclusionProof(0, path, NOTE, extra)
        assert parse_inclusion(proof.text()) == proof


def test_a_real_proof_verifies_from_its_text():
    log = MemoryLog()
    for _ in range(5):
        log.add()
    proof = parse_inclusion(log.material([3]).proofs[0].text())
    tree = parse_note(proof.note)
    check_inclusion(proof.index, tree.size, log.entries[3].hash, proof.path, tree.root)


@pytest.mark.parametrize(("text", "told"), [
    ("", "第一行"),
    (f"c2sp.org/tlog-proof@v2\nindex 1\n\n{NOTE}", "第一行"),
    ("c2sp.org/tlog-proof@v1\nindex 1", "第一行"),
    (f"c2sp.org/tlog-proof@v1\n\n{NOTE}", "序号"),
    (f"c2sp.org/tlog-proof@v1\nextra AAAA\n\n{NOTE}", "序号"),
    (f"c2sp.org/tlog-proof@v1\nindex 01\n\n{NOTE}", "数字"),
    (f"c2sp.org/tlog-proof@v1\nindex 1\naGg=\n\n{NOTE}", "2 字节"),
    (f"c2sp.org/tlog-proof@v1\nindex 1\n{(B64 + chr(10)) * 64}\n{NOTE}", "过长"),
    (f"c2sp.org/tlog-proof@v1\nextra A\nindex 1\n\n{NOTE}", "base64"),
])
def test_a_malformed_inclusion_proof_is_refused(text, told):
    with pytest.raises(Malformed, match=told):
        parse_inclusion(text)


@pytest.mark.parametrize("path", [[], [HASH], [HASH] * 63])
def test_a_consistency_proof_survives_its_text(path):
    assert parse_consistency(ConsistencyProof(path, NOTE).text()) == ConsistencyProof(path, NOTE)


def test_a_consistency_proof_without_its_checkpoint_is_refused():
    with pytest.raises(Malformed, match="缺少检查点"):
        parse_consistency(B64 + "\n")
