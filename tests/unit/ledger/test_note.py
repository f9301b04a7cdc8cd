"""Signed notes: the published example, and every way a note is refused."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.faults import Contradicted, Malformed
from ledger.note import VerifierKey, check_name, parse, parse_vkey, sign, unbase64, verify

# The example of golang.org/x/mod/sumdb/note, whose format C2SP signed-note took over.
EXAMPLE_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
EXAMPLE = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)


def verifier(key=KEY, name="log.test"):
    return VerifierKey(name, key.public_key().public_bytes_raw())


def test_the_published_example_verifies():
    key = parse_vkey(EXAMPLE_KEY)
    text, signers = verify(EXAMPLE, [key])
    assert text.endswith("your problem is.\n")
    assert signers == [key]
    assert str(key) == EXAMPLE_KEY


def test_the_example_of_c2sp_is_taken_apart():
    note = parse("""Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore """
                 "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n")
    assert note.text.endswith("di sole:\n\ned è subito sera.\n")
    assert [(one.name, len(one.key_id), len(one.value)) for one in note.signatures] == [
        ("quasimodo.example/salvatore", 4, 64)]


def test_what_is_signed_verifies():
    text, signers = verify(sign("甲\n\n乙\n", "log.test", KEY), [verifier()])
    assert (text, signers) == ("甲\n\n乙\n", [verifier()])


def test_unknown_keys_are_ignored_beside_a_known_one():
    note = sign("text\n", "log.test", KEY) + sign("text\n", "witness.test", OTHER).partition("\n\n")[2]
    assert verify(note, [verifier()])[1] == [verifier()]
    witness = verifier(OTHER, "witness.test")
    assert verify(note, [witness, verifier()])[1] == [verifier(), witness]


def test_a_note_without_a_known_key_is_refused():
    with pytest.raises(Contradicted, match="没有您给出的公钥"):
        verify(sign("text\n", "log.test", KEY), [verifier(OTHER)])


def test_one_failing_signature_of_a_known_key_refuses_the_whole_note():
    spoilt = sign("text\n", "log.test", KEY).replace("text", "test")
    good = sign("test\n", "witness.test", OTHER).partition("\n\n")[2]
    with pytest.raises(Contradicted, match=r"log\.test 的签名验证不通过"):
        verify(spoilt + good, [verifier(), verifier(OTHER, "witness.test")])


@pytest.mark.parametrize("text", ["no newline", "", "tab\there\n", "a\n\nb"])
def test_a_text_that_cannot_be_a_note_is_not_signed(text):
    with pytest.raises(Malformed):
        sign(text, "log.test", KEY)


@pytest.mark.parametrize(("note", "told"), [
    ("text\n", "缺少签名"),
    ("text\n\n", "缺少签名"),
    ("text\n\n— log.test AAAAAAAA", "缺少签名"),
    ("text\n\n- log.test AAAAAAAA\n", "签名行"),
    ("text\n\n— log.test  AAAAAAAA\n", "签名行"),
    ("text\n\n— log+test AAAAAAAA\n", "密钥名称"),
    ("text\n\n— log.test AAAAAA==\n", "过短"),
    ("text\n\n— log.test AAAAAAA\n", "base64"),
    ("text\n\n— log.test AAAAAAB=\n", "规范写法"),
    ("te\x07xt\n\n— log.test AAAAAAAA\n", "控制字符"),
    ("text\r\n\n— log.test AAAAAAAA\n", "控制字符"),
    ("text\n\n" + "— log.test AAAAAAAA\n" * 101, "超过 100"),
])
def test_a_malformed_note_is_refused(note, told):
    with pytest.raises(Malformed, match=told):
        parse(note)


def test_a_note_may_carry_a_hundred_signatures_of_five_bytes():
    assert len(parse("text\n\n" + "— log.test AAAAAAA=\n" * 100).signatures) == 100


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u3000b", "a\x01"])
def test_a_key_name_with_spaces_or_plus_is_refused(name):
    with pytest.raises(Malformed, match="密钥名称"):
        check_name(name)


@pytest.mark.parametrize(("vkey", "told"), [
    ("log.test", "Ed25519"),
    ("log.test+00000000+" + base64.b64encode(b"\x01" + b"k" * 32).decode(), "编号"),
    ("log.test+00000000+" + base64.b64encode(b"\x04" + b"k" * 32).decode(), "Ed25519"),
    ("log.test+00000000+" + base64.b64encode(b"\x01" + b"k" * 31).decode(), "Ed25519"),
    ("log.test+00000000+***", "base64"),
    ("log.test+00000000+十", "base64"),
])
def test_a_malformed_verifier_key_is_refused(vkey, told):
    with pytest.raises(Malformed, match=told):
        parse_vkey(vkey)


def test_base64_has_one_spelling():
    assert unbase64("AAECAw==") == b"\x00\x01\x02\x03"
    for spelling in ("AAECAw", "AAECAx==", "AAEC\nAw=="):
        with pytest.raises(Malformed):
            unbase64(spelling)
