"""C2SP signed notes with Ed25519 keys: https://c2sp.org/signed-note.

text ending in a newline, an empty line, then a line per signature: em dash, space, key name, space, base64 of the
4-byte key id and the signature. A verifier key (vkey) is name+hex id+base64(01 ‖ public key).
"""

import base64
import binascii
import hashlib
import re
import typing

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.faults import Contradicted, Malformed

ED25519 = b"\x01"
MAX_SIGNATURES = 100
SIGNATURE_LINE = re.compile(r"— (\S+) (\S+)")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class Signature(typing.NamedTuple):
    name: str
    key_id: bytes
    value: bytes


class SignedNote(typing.NamedTuple):
    text: str
    signatures: tuple[Signature, ...]


class VerifierKey(typing.NamedTuple):
    name: str
    public: bytes
    """32 bytes, Ed25519."""

    @property
    def key_id(self) -> bytes:
        """SHA-256(name ‖ newline ‖ 01 ‖ public key)[:4]."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"


def check_name(name: str) -> str:
    """The key name itself. Raises Malformed when it is empty or holds a space or a plus."""
    if not name or "+" in name or re.search(r"\s", name) or CONTROL.search(name):
        raise Malformed(f"密钥名称不合规：{name!r}")
    return name


def unbase64(text: str) -> bytes:
    """Bytes of padded standard base64. Raises Malformed for any other spelling of the same bytes."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed(f"base64 有误：{text[:60]!r}") from error
    if base64.b64encode(data).decode() != text:
        raise Malformed(f"base64 不是规范写法：{text[:60]!r}")
    return data


def parse_vkey(text: str) -> VerifierKey:
    """A verifier key from its text form. Raises Malformed when its id is not that of its name and key."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    data = unbase64(encoded)
    if len(data) != 33 or data[:1] != ED25519:
        raise Malformed("公钥应为 Ed25519（类型 01，32 字节）")
    key = VerifierKey(check_name(name), data[1:])
    if key.key_id.hex() != key_id:
        raise Malformed("公钥的编号和内容不符")
    return key


def sign(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """The signed note of `text`, with one signature by `key` under `name`."""
    verifier = VerifierKey(check_name(name), key.public_key().public_bytes_raw())
    signature = base64.b64encode(verifier.key_id + key.sign(text.encode())).decode()
    note = f"{text}\n— {name} {signature}\n"
    parse(note)
    return note


def parse(note: str) -> SignedNote:
    """Take a signed note apart without checking signatures. Raises Malformed."""
    if CONTROL.search(note):
        raise Malformed("签名文本里有控制字符")
    text, gap, tail = note.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise Malformed("签名文本缺少签名")
    lines = tail[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise Malformed(f"签名超过 {MAX_SIGNATURES} 个")
    return SignedNote(text + "\n", tuple(map(_signature, lines)))


def _signature(line: str) -> Signature:
    match = SIGNATURE_LINE.fullmatch(line)
    if not match:
        raise Malformed(f"签名行的格式有误：{line[:60]!r}")
    data = unbase64(match[2])
    if len(data) < 5:
        raise Malformed("签名过短")
    return Signature(check_name(match[1]), data[:4], data[4:])


def verify(note: str, keys: typing.Iterable[VerifierKey]) -> tuple[str, list[VerifierKey]]:
    """The text of a note and which of `keys` signed it; signatures of unknown keys are ignored.

    Raises Contradicted when a signature of a known key fails (the whole note is refused) or no known key signed.
    """
    parsed = parse(note)
    known = {(key.name, key.key_id): key for key in keys}
    signers: dict[VerifierKey, None] = {}
    for signature in parsed.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature.value, parsed.text.encode())
        except InvalidSignature as error:
            raise Contradicted(f"{key.name} 的签名验证不通过") from error
        signers[key] = None
    if not signers:
        raise Contradicted("没有您给出的公钥的签名")
    return parsed.text, list(signers)
