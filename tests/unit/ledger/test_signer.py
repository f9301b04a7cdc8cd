"""The signer never signs a smaller or a different tree, and guards its key."""

import json
import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ledger.checkpoint import Checkpoint, parse_note
from ledger.note import verify
from ledger.signer import Signer, SigningRefused, published_verifier
from tests.support.memory_log import ORIGIN, MemoryTree

BODIES = [bytes([index]) for index in range(9)]


@pytest.fixture
def signer(tmp_path):
    return Signer.open(tmp_path / "keys")


def tree(size, bodies=BODIES, origin=ORIGIN):
    return Checkpoint(origin, size, MemoryTree(bodies[:size]).root(size))


def signed(signer, size, bodies=BODIES, published=0, origin=ORIGIN):
    return signer.sign(lambda: (tree(size, bodies, origin), published), lambda start, end: bodies[start:end])


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first, second = Signer.open(tmp_path / "keys"), Signer.open(tmp_path / "keys")
    assert first.verifier(ORIGIN) == second.verifier(ORIGIN) == published_verifier(tmp_path / "keys", ORIGIN)
    assert stat.S_IMODE((tmp_path / "keys/ledger.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == ["ledger.key", "ledger.pub"]


def test_there_is_no_public_key_before_there_is_a_key(tmp_path):
    assert published_verifier(tmp_path, ORIGIN) is None


def test_of_two_processes_making_the_key_the_first_wins(tmp_path, monkeypatch):
    folder = tmp_path / "keys"
    winner = Signer.open(folder)
    monkeypatch.setattr("pathlib.Path.exists", lambda path: False)  # what the loser saw when it looked
    assert Signer.open(folder).verifier(ORIGIN) == winner.verifier(ORIGIN)
    assert not list(folder.glob("ledger.key.*"))


def test_a_key_that_others_can_read_is_refused(tmp_path, signer):
    (tmp_path / "keys/ledger.key").chmod(0o640)
    with pytest.raises(SigningRefused, match="640"):
        Signer.open(tmp_path / "keys")


def test_a_key_of_another_kind_is_refused(tmp_path, signer):
    other = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "keys/ledger.key").write_bytes(other)
    with pytest.raises(SigningRefused, match="Ed25519"):
        Signer.open(tmp_path / "keys")


def test_a_damaged_key_is_refused(tmp_path, signer):
    (tmp_path / "keys/ledger.key").write_text("damaged")
    with pytest.raises(SigningRefused, match="已损坏"):
        Signer.open(tmp_path / "keys")


def test_a_missing_public_key_is_written_again(tmp_path, signer):
    (tmp_path / "keys/ledger.pub").unlink()
    Signer.open(tmp_path / "keys")
    assert published_verifier(tmp_path / "keys", ORIGIN) == signer.verifier(ORIGIN)


@pytest.mark.parametrize("state", [
    "", "{}", "[]", '{"origin":"x","size":3,"frontier":""}', '{"origin":"x","size":1,"frontier":"zz"}'])
def test_a_damaged_state_is_refused(signer, state):
    (signer.folder / "ledger.state").write_text(state)
    with pytest.raises(SigningRefused, match="状态文件.*已损坏"):
        signed(signer, 3)


def test_a_growing_tree_is_signed(signer):
    for size in (1, 4, 9):
        note = signed(signer, size)
        assert parse_note(note) == tree(size)
        assert verify(note, [signer.verifier(ORIGIN)])


def test_the_same_tree_gets_the_same_note_again(signer):
    assert signed(signer, 4) == signed(signer, 4)


def test_a_smaller_tree_is_refused(signer):
    signed(signer, 5)
    with pytest.raises(SigningRefused, match="不签更小的树"):
        signed(signer, 4)


@pytest.mark.parametrize("size", [5, 6])
def test_another_history_is_refused(signer, size):
    signed(signer, 5)
    with pytest.raises(SigningRefused, match="不一致，不签名"):
        signed(signer, size, [b"changed", *BODIES[1:]])


def test_a_root_that_the_leaves_do_not_give_is_refused(signer):
    with pytest.raises(SigningRefused, match="不一致，不签名"):
        signer.sign(lambda: (Checkpoint(ORIGIN, 2, b"r" * 32), 0), lambda start, end: BODIES[start:end])
    assert not (signer.folder / "ledger.state").exists()


def test_another_origin_is_refused(signer):
    signed(signer, 2)
    with pytest.raises(SigningRefused, match="上次签的日志"):
        signed(signer, 3, origin="other.test/jiebang/2027")


def test_a_lost_or_old_state_is_refused(signer):
    signed(signer, 5)
    (signer.folder / "ledger.state").unlink()
    with pytest.raises(SigningRefused, match="状态文件丢失或过旧"):
        signed(signer, 6, published=5)


def test_the_state_is_on_disk_before_the_note_is_out(signer):
    signed(signer, 3)
    state = json.loads((signer.folder / "ledger.state").read_text())
    assert (state["origin"], state["size"], len(state["frontier"])) == (ORIGIN, 3, 128)
    assert not list(signer.folder.glob("ledger.state.*"))
