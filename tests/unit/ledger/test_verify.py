"""The verifier: what each exit code is for, and that no byte of a dossier can change unseen."""

import base64
import hashlib
import io
import json
import re
import zipfile

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.checkpoint import parse_note
from ledger.dossier import Attachment
from ledger.report import told
from ledger.trust import Paper, Trust, TrustedKey
from ledger.verify import check, main
from tests.support.memory_log import MemoryLog

SCAN = b"%PDF-1.7 contract"
SCAN_HASH = hashlib.sha256(SCAN).hexdigest()


@pytest.fixture(scope="module")
def log():
    made = MemoryLog()
    made.add(fields={"scan": SCAN_HASH, "pages": [SCAN_HASH], "amount": 1250, "person": "甲"})
    made.add(fields={"person": "别人"})
    made.add("collab.verified", {"staff": "乙"}, refs=[0])
    made.add("collab.corrected", {"amount": 1300}, refs=[0])
    made.add("dossier.closed", {"indexes": [0, 2, 3]}, refs=[0])
    made.add("personal.erased", {}, refs=[1])
    made.add()
    return made


@pytest.fixture(scope="module")
def scan(tmp_path_factory):
    path = tmp_path_factory.mktemp("files") / "scan"
    path.write_bytes(SCAN)
    return Attachment(SCAN_HASH, "pdf", path)


def trusting(log, *sizes) -> Trust:
    return Trust((TrustedKey(log.verifier),), tuple(Paper(size, log.tree.root(size)) for size in sizes))


@pytest.fixture(scope="module")
def whole(log, scan):
    """A dossier that verifies: three entries, a file, one cited checkpoint."""
    return log.dossier([0, 2, 3], cited=[2], attachments=[scan])


def members(dossier: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(dossier)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], relist=False) -> io.BytesIO:
    """A dossier of these members; `relist` makes the manifest anew, as a careful forger would."""
    parts = dict(parts)
    if relist:
        files = {name: hashlib.sha256(data).hexdigest() for name, data in parts.items() if name != "manifest.json"}
        parts["manifest.json"] = rfc8785.dumps({"v": 1, "files": files})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out


def forged(dossier: bytes, **changes) -> io.BytesIO:
    """`dossier` with members changed (None: removed) and relisted; names by their path with / and . as given."""
    parts = members(dossier) | changes
    return packed({name: data for name, data in parts.items() if data is not None}, relist=True)


def test_a_whole_dossier_verifies(whole, log):
    report = check(io.BytesIO(whole), trusting(log, 2, 7))
    assert report.exit_code == 0, told(report)
    assert report.disclosed[0] == {"scan": SCAN_HASH, "pages": [SCAN_HASH], "amount": 1250, "person": "甲"}
    assert sorted(report.entries) == [0, 2, 3]


def test_the_report_tells_disclosed_withheld_and_erased_and_corrections_newest_first(log):
    dossier = log.dossier([0, 1, 3, 5], disclose={0: ["amount"]})
    text = told(check(io.BytesIO(dossier), trusting(log, 7)))
    assert text.startswith("校验通过\n")
    assert "amount：1250" in text
    assert "person：（未披露）" in text
    assert "person：（已按规定删除）" in text
    assert text.index("更正：第 5 号") < text.index("更正：第 3 号（合作已更正）针对第 0 号")


def test_text_from_a_dossier_cannot_steer_the_terminal(log):
    made = MemoryLog()
    made.add(fields={"person": "\x1b[2J\u202eevil\u009b"})
    text = told(check(io.BytesIO(made.dossier([0])), trusting(made, 1)))
    assert "\\u001b[2J\\u202eevil\\u009b" in text


@settings(max_examples=60)
@given(data=st.data())
def test_any_changed_byte_in_any_member_is_noticed(whole, log, data):
    parts = members(whole)
    name = data.draw(st.sampled_from(sorted(parts)))
    spoilt = bytearray(parts[name])
    spoilt[data.draw(st.integers(0, len(spoilt) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert check(packed(parts | {name: bytes(spoilt)}), trusting(log, 2)).exit_code in (1, 3)


@given(data=st.data())
def test_any_changed_byte_of_evidence_is_noticed_even_under_a_new_manifest(whole, log, data):
    parts = members(whole)
    name = data.draw(st.sampled_from([one for one in sorted(parts) if "/" in one or one == "checkpoint.txt"]))
    spoilt = bytearray(parts[name])
    spoilt[data.draw(st.integers(0, len(spoilt) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert check(packed(parts | {name: bytes(spoilt)}, relist=True), trusting(log, 2)).exit_code in (1, 3)


def contradicted(report) -> str:
    assert report.exit_code == 1, told(report)
    return " ".join(report.contradicted)


def test_exit_1_for_another_value(whole, log):
    opened = json.loads(members(whole)["open/0.json"])
    opened["amount"]["value"] = 9999
    report = check(forged(whole, **{"open/0.json": rfc8785.dumps(opened)}), trusting(log, 2))
    assert "「amount」和登记时的不符" in contradicted(report)


def test_exit_1_for_a_file_that_was_never_recorded(whole, log):
    other = hashlib.sha256(b"other").hexdigest()
    report = check(forged(whole, **{f"files/{other}.pdf": b"other"}), trusting(log, 2))
    assert "不是任何披露的条目登记过的文件" in contradicted(report)


def test_exit_1_for_a_file_with_other_content(whole, log):
    report = check(forged(whole, **{f"files/{SCAN_HASH}.pdf": b"other"}), trusting(log, 2))
    assert "文件名里的哈希不符" in contradicted(report)


def test_exit_1_for_an_entry_that_is_not_in_the_tree(whole, log):
    stranger = MemoryLog()
    parts = members(stranger.add() and stranger.dossier([0]))
    report = check(forged(whole, **{"entries/2.json": parts["entries/0.json"], "open/2.json": None}), trusting(log, 2))
    assert "第 2 号不在这个检查点里" in contradicted(report)


def test_exit_1_for_a_proof_of_another_entry(whole, log):
    report = check(forged(whole, **{"entries/2.tlog-proof": members(whole)["entries/3.tlog-proof"]}), trusting(log, 2))
    assert "序号或日志名不符" in contradicted(report)


def test_exit_1_for_a_reference_to_an_entry_that_is_another(log):
    class Lying(MemoryLog):
        def add(self, *args, **kwargs):
            entry = super().add(*args, **kwargs)
            object.__setattr__(entry, "hash", b"\x00" * 32)
            return entry

    lying = Lying()
    lying.add()
    lying.add(refs=[0])
    report = check(io.BytesIO(lying.dossier([0, 1])), trusting(lying, 2))
    assert "引用的第 0 号和实际的不符" in contradicted(report)


def test_exit_1_for_a_signature_that_fails(whole, log):
    note = log.note()
    text, _, tail = note.partition("\n\n")
    spoilt = tail[:-10] + ("A" if tail[-10] != "A" else "B") + tail[-9:]
    parts = {name: data.replace(tail.encode(), spoilt.encode()) for name, data in members(whole).items()}
    assert "签名验证不通过" in contradicted(check(packed(parts, relist=True), trusting(log, 2)))


def test_exit_1_for_an_unknown_key_of_the_same_name(whole, log):
    impostor = MemoryLog(seed=9)
    report = check(io.BytesIO(whole), Trust((TrustedKey(impostor.verifier),), trusting(log, 2).papers))
    assert "没有您给出的公钥的签名" in contradicted(report)


def test_exit_1_for_another_origin(whole, log):
    other = MemoryLog(origin="other.test/jiebang/2026")
    assert "不是您给出公钥的那个日志" in contradicted(check(io.BytesIO(whole), trusting(other)))


def test_exit_1_for_a_key_outside_its_size_range(whole, log):
    trust = Trust((TrustedKey(log.verifier, 0, 5),), trusting(log, 2).papers)
    assert "不能用于 7 条" in contradicted(check(io.BytesIO(whole), trust))


def rewritten(log) -> MemoryLog:
    """The same platform with another history: what an operator who rewrites the past would sign."""
    fork = MemoryLog()
    for _ in range(len(log.entries)):
        fork.add()
    return fork


def test_exit_1_for_a_paper_checkpoint_of_another_history_and_both_are_kept(whole, log):
    fork = rewritten(log)
    report = check(io.BytesIO(whole), Trust((TrustedKey(log.verifier),), (Paper(2, fork.tree.root(2), fork.note(2)),)))
    assert "日志有两个版本" in contradicted(report)
    assert report.forks == [(log.note(2), fork.note(2))]


def test_exit_1_for_a_cited_checkpoint_of_another_history(whole, log):
    fork = rewritten(log)
    proof = fork.material([0], cited=[2]).citations[2, 7]
    report = check(forged(whole, **{"consistency/2-7.txt": proof.text().encode()}), trusting(log))
    assert "2 条的检查点和 7 条的检查点互相矛盾" in contradicted(report)
    assert report.forks == [(log.note(), fork.note(2))]


def test_exit_1_for_proofs_under_two_checkpoints(whole, log):
    other = members(log.dossier([2], size=6))["entries/2.tlog-proof"]
    report = check(forged(whole, **{"entries/2.tlog-proof": other}), trusting(log, 2))
    assert "另一个检查点" in contradicted(report)
    assert report.forks == [(log.note(7), log.note(6))]


def test_exit_1_for_a_paper_checkpoint_of_another_log(whole, log):
    other = MemoryLog(origin="other.test/jiebang/2026")
    other.add()
    paper = Paper(1, other.tree.root(1), other.note())
    assert "另一个日志" in contradicted(check(io.BytesIO(whole), Trust((), (paper,))))


def incomplete(report) -> str:
    assert report.exit_code == 2, told(report)
    return " ".join(report.incomplete)


def test_exit_2_without_a_key(whole, log):
    assert "没有给出日志的公钥" in incomplete(check(io.BytesIO(whole), Trust((), trusting(log, 2).papers)))


def test_exit_2_without_a_paper_checkpoint(whole, log):
    assert "没有给出纸面检查点" in incomplete(check(io.BytesIO(whole), trusting(log)))


def test_exit_2_for_a_paper_checkpoint_the_dossier_does_not_reach(whole, log):
    assert "到 5 条的纸面检查点" in incomplete(check(io.BytesIO(whole), trusting(log, 5)))


def test_exit_2_while_witnesses_are_asked_for(whole, log):
    trust = trusting(log, 2)._replace(quorum="witnesses")
    assert "策略要求见证人签名" in incomplete(check(io.BytesIO(whole), trust))


def test_exit_2_for_a_correction_without_what_it_corrects(log):
    assert "涉及的第 0 号不在包里" in incomplete(check(io.BytesIO(log.dossier([3])), trusting(log, 7)))


def test_exit_2_for_an_entry_that_the_closed_dossier_counts(log):
    report = check(io.BytesIO(log.dossier([0, 2, 4])), trusting(log, 7))
    assert "第 4 号（佐证材料封卷）涉及的第 3 号" in incomplete(report)
    assert check(io.BytesIO(log.dossier([0, 2, 4], disclose={})), trusting(log, 7)).exit_code == 0


def test_a_paper_checkpoint_newer_than_the_dossier_is_reached_by_its_proof(log):
    dossier = log.dossier([0], cited=[7], size=4)
    assert check(io.BytesIO(dossier), trusting(log, 7, 4)).exit_code == 0


@pytest.mark.parametrize(("changes", "told_of"), [
    ({"entries/2.tlog-proof": None}, "一一对应"),
    ({f"entries/{i}{suffix}": None for i in (0, 2, 3) for suffix in (".json", ".tlog-proof")}, "一一对应"),
    ({"open/6.json": b"{}"}, "没有这个条目"),
    ({"checkpoint.txt": None}, r"缺少 checkpoint\.txt"),
    ({"checkpoint.txt": b"nothing"}, "缺少签名"),
    ({"entries/2.json": b'{"a":1,"a":1}'}, "重复"),
    ({"entries/2.json": b'{"a": 1}'}, "规范写法"),
    ({"entries/02.json": b"{}", "entries/02.tlog-proof": b""}, "数字"),
    ({"consistency/3-7.txt": b""}, "缺少检查点"),
    ({"evil.sh": b""}, "不该有的文件"),
])
def test_exit_3_for_what_is_no_dossier(whole, log, changes, told_of):
    report = check(forged(whole, **changes), trusting(log, 2))
    assert report.exit_code == 3
    assert re.search(told_of, report.malformed[0])


def test_exit_3_for_a_consistency_proof_under_the_wrong_name(whole, log):
    report = check(forged(whole, **{"consistency/3-7.txt": members(whole)["consistency/2-7.txt"]}), trusting(log, 2))
    assert (report.exit_code, "对不上" in report.malformed[0]) == (3, True)


def test_exit_3_for_data_smuggled_into_a_proof(whole, log):
    proof = members(whole)["entries/2.tlog-proof"].replace(b"index 2", b"extra AAAA\nindex 2")
    report = check(forged(whole, **{"entries/2.tlog-proof": proof}), trusting(log, 2))
    assert (report.exit_code, "多余内容" in report.malformed[0]) == (3, True)


@pytest.fixture
def on_disk(whole, tmp_path):
    path = tmp_path / "dossier.zip"
    path.write_bytes(whole)
    return path


def test_the_command_prints_the_verdict(on_disk, log, capsys):
    root = base64.b64encode(log.tree.root(2)).decode()
    assert main([str(on_disk), "--vkey", str(log.verifier), "--paper", f"2:{root}"]) == 0
    assert capsys.readouterr().out.startswith("校验通过\n第 0 号  合同经双方确认  2026-11-22 04:00:00 UTC")


def test_the_command_reads_policy_and_paper_from_files(on_disk, log, tmp_path, capsys):
    (tmp_path / "policy").write_text(f"log {log.verifier}\nquorum none\n")
    (tmp_path / "paper").write_text(log.note(2))
    assert main([str(on_disk), "--policy", str(tmp_path / "policy"), "--paper", str(tmp_path / "paper")]) == 0


def test_the_command_keeps_both_checkpoints_of_a_fork(on_disk, log, capsys):
    fork = rewritten(log)
    root = base64.b64encode(fork.tree.root(7)).decode()
    assert main([str(on_disk), "--vkey", str(log.verifier), "--paper", f"7:{root}"]) == 1
    kept = on_disk.with_name("dossier.zip.fork-1.txt").read_text()
    assert parse_note(log.note()).text() in kept
    assert "两个检查点已存到" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--vkey", "nonsense"], ["--policy", "/nowhere"], ["--paper", "/nowhere"]])
def test_the_command_refuses_what_it_cannot_read(on_disk, arguments, capsys):
    assert main([str(on_disk), *arguments]) == 3
    assert capsys.readouterr().out.startswith("格式有误")


def test_the_command_refuses_wrong_usage_with_exit_3(capsys):
    with pytest.raises(SystemExit) as left:
        main([])
    assert left.value.code == 3
