"""ZIP files made to hurt are refused before they are read."""

import io
import zipfile

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger import archive
from ledger.archive import open_archive
from ledger.faults import Contradicted, Malformed


def packed(members, compression=zipfile.ZIP_STORED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, data in members:
            made.writestr(name, data)
    return out


def checked(file):
    with open_archive(file) as opened:
        opened.check_manifest()
        return opened.names


@pytest.mark.parametrize("name", [
    "../verify.py", "/verify.py", "entries/../verify.py", "entries/0.json/", "files\\x.pdf", "evil.exe", "a\x00b",
    "entries/٣.json", "files/" + "a" * 64 + ".PDF", "Manifest.json", "checkpoint.txt "])
def test_names_no_dossier_has_are_refused(name):
    with pytest.raises(Malformed, match="不该有的文件"):
        checked(packed([(name, b"")]))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused():
    with pytest.raises(Malformed, match="同名"):
        checked(packed([("README.txt", b"a"), ("README.txt", b"b")]))


def test_more_than_200_mb_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 400)
    bomb = packed([("README.txt", b"0" * 2000)], zipfile.ZIP_DEFLATED)
    assert len(bomb.getvalue()) < 400
    with pytest.raises(Malformed, match="解开后超过"):
        checked(bomb)
    with pytest.raises(Malformed, match="文件超过"):
        checked(packed([("README.txt", b"0" * 2000)]))


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    with pytest.raises(Malformed, match="超过 2 个"):
        checked(packed([(f"entries/{i}.json", b"") for i in range(3)]))


def test_an_unknown_compression_is_refused():
    with pytest.raises(Malformed, match="不支持的压缩"):
        checked(packed([("README.txt", b"a")], zipfile.ZIP_BZIP2))


def test_an_encrypted_member_is_refused():
    data = bytearray(packed([("README.txt", b"a")]).getvalue())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Malformed, match="加了密"):
        checked(io.BytesIO(bytes(data)))


@pytest.mark.parametrize("manifest", [
    b"{", b"[]", b"{}", b'{"files":{},"v":2}', b'{"files":[],"v":1}', b'{"files":{},"more":1,"v":1}'])
def test_a_malformed_manifest_is_refused(manifest):
    with pytest.raises(Malformed):
        checked(packed([("manifest.json", manifest)]))


@pytest.mark.parametrize("listed", [{}, {"README.txt": "0" * 64, "verify.py": "0" * 64}, {"README.txt": "no hash"},
                                    {"README.txt": 1}])
def test_a_manifest_that_does_not_list_what_is_there_is_refused(listed):
    manifest = rfc8785.dumps({"v": 1, "files": listed})
    with pytest.raises(Malformed):
        checked(packed([("README.txt", b"a"), ("manifest.json", manifest)]))


def test_a_member_unlike_its_listed_hash_is_contradicted():
    manifest = rfc8785.dumps({"v": 1, "files": {"README.txt": "0" * 64}})
    with pytest.raises(Contradicted, match="README.txt 被改过"):
        checked(packed([("README.txt", b"a"), ("manifest.json", manifest)]))


def test_a_missing_member_is_named():
    with pytest.raises(Malformed, match=r"缺少 manifest\.json"):
        checked(packed([("README.txt", b"a")]))


def test_text_that_is_no_utf8_is_refused():
    with open_archive(packed([("README.txt", b"\xff")])) as opened, pytest.raises(Malformed, match="UTF-8"):
        opened.text("README.txt")


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all"])
def test_what_is_no_zip_is_refused(data):
    with pytest.raises(Malformed, match="ZIP"):
        checked(io.BytesIO(data))


@given(st.data())
def test_a_damaged_zip_is_refused_and_never_crashes(data):
    whole = bytearray(packed([("manifest.json", b'{"files":{"README.txt":"' + b"0" * 64 + b'"},"v":1}'),
                              ("README.txt", b"0" * 300)], zipfile.ZIP_DEFLATED).getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with pytest.raises((Malformed, Contradicted)):
        checked(io.BytesIO(bytes(whole)))
