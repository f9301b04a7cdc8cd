"""Dossiers: deterministic, showing only what they should, and checked by the copy of the verifier they carry."""

import ast
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile

import pytest

from ledger import dossier
from ledger.bundle import MODULES, verifier_source
from ledger.dossier import README, Attachment
from models.errors import Conflict, Refused
from tests.support.memory_log import MemoryLog


@pytest.fixture
def log():
    made = MemoryLog()
    for person in "甲乙丙丁":
        made.add(fields={"person": person, "amount": 1})
    return made


@pytest.fixture
def unpacked(log, tmp_path):
    (tmp_path / "dossier.zip").write_bytes(log.dossier([1, 3], cited=[2]))
    with zipfile.ZipFile(tmp_path / "dossier.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path


def test_the_same_evidence_makes_the_same_bytes(log):
    assert log.dossier([1, 3], cited=[3, 2]) == log.dossier([1, 3], cited=[2, 3])


def test_the_members_of_a_dossier(unpacked):
    found = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    assert found == {"dossier.zip", "manifest.json", "checkpoint.txt", "README.txt", "verify.py", "entries/1.json",
                     "entries/1.tlog-proof", "entries/3.json", "entries/3.tlog-proof", "open/1.json", "open/3.json",
                     "consistency/2-4.txt"}


def test_the_manifest_lists_the_hash_of_every_other_file(unpacked):
    files = json.loads((unpacked / "manifest.json").read_text())["files"]
    assert all(hashlib.sha256((unpacked / name).read_bytes()).hexdigest() == digest for name, digest in files.items())
    assert len(files) == 10


def test_withheld_fields_and_other_peoples_entries_are_not_in_it(log):
    data = log.dossier([1], disclose={1: ["amount"]})
    assert "乙".encode() not in data
    assert log.entries[1].openings["person"].salt.hex().encode() not in data
    assert log.entries[1].openings["amount"].salt.hex().encode() in data
    assert str(log.entries[0].leaf.event_id).encode() not in data


def test_an_attachment_with_other_bytes_is_refused(log, tmp_path):
    (tmp_path / "scan").write_bytes(b"changed")
    with pytest.raises(Conflict, match="和登记的哈希不符"):
        log.dossier([1], attachments=[Attachment("0" * 64, "pdf", tmp_path / "scan")])


def test_more_than_a_dossier_may_hold_is_refused(log, tmp_path, monkeypatch):
    monkeypatch.setattr(dossier, "MAX_BYTES", dossier.ROOM + 10)
    with pytest.raises(Refused, match="超过 200 MB"):
        dossier.build(log.material([1]), io.BytesIO())


def run(folder, *arguments):
    return subprocess.run([sys.executable, "-I", "-W", "error", "verify.py", "dossier.zip", *arguments], cwd=folder,
                          capture_output=True, text=True, timeout=60)


def test_the_verifier_in_the_dossier_runs_alone(unpacked, log):
    (unpacked / "paper.txt").write_text(log.note(2))
    done = run(unpacked, "--vkey", str(log.verifier), "--paper", "paper.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("校验通过\n")
    assert run(unpacked).returncode == 2


def test_no_name_means_two_things_in_the_one_file():
    names = []
    for node in ast.parse(verifier_source()).body:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                names.append(node.name)
            case ast.Assign(targets=targets):
                names += [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    assert sorted(names) == sorted(set(names))


def test_the_one_file_imports_nothing_of_jiebang():
    assert len(MODULES) == 11
    source = verifier_source().decode()
    assert not re.search(r"^\s*(from|import) (ledger|models|settings|rfc8785)", source, re.MULTILINE)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_the_openssl_steps_of_the_readme_verify_the_signature(unpacked, log):
    readme = README.read_text()
    start = readme.index("    VKEY=")
    steps = readme[start:readme.index("\n\n", start)].replace("日志公钥", str(log.verifier))
    done = subprocess.run(["sh", "-euc", steps], cwd=unpacked, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.strip()) == (0, "Signature Verified Successfully")
    (unpacked / "text.txt").write_text("another text\n")
    last = steps.strip().splitlines()[-1]
    assert subprocess.run(["sh", "-c", last], cwd=unpacked, capture_output=True, timeout=60).returncode != 0


def test_the_hash_steps_of_the_readme_give_the_leaf_hash(unpacked, log):
    done = subprocess.run(["sh", "-c", "{ printf '\\000'; cat entries/1.json; } | sha256sum"], cwd=unpacked,
                          capture_output=True, text=True, timeout=60)
    assert done.stdout.split()[0] == log.entries[1].hash.hex()
