"""What the person who checks a dossier brings along: the log's public key or policy, and checkpoints seen on paper.

None of it is ever taken from the dossier: whoever forged that would have forged these too.
"""

import pathlib
import re
import typing

from ledger.checkpoint import Checkpoint, decimal, parse_text
from ledger.faults import Contradicted, Malformed
from ledger.note import VerifierKey, parse, parse_vkey, unbase64, verify

RANGED = re.compile(r"(?P<vkey>.+)@(?P<first>[0-9]+)-(?P<last>[0-9]*)")
TYPED = re.compile(r"(?P<size>[0-9]+):(?P<root>[A-Za-z0-9+/=]+)")


class TrustedKey(typing.NamedTuple):
    """A key of the log, and the tree sizes it may sign (`last` None: no end)."""

    key: VerifierKey
    first: int = 0
    last: int | None = None

    def covers(self, size: int) -> bool:
        return self.first <= size and (self.last is None or size <= self.last)


class Paper(typing.NamedTuple):
    """A checkpoint seen outside the dossier: its tree, and the whole signed note where it was printed whole."""

    size: int
    root: bytes
    note: str | None = None


class Trust(typing.NamedTuple):
    keys: tuple[TrustedKey, ...] = ()
    papers: tuple[Paper, ...] = ()
    quorum: str = "none"
    """The quorum a policy asks of witnesses. This version writes no cosignatures, so any but "none" stays unmet."""

    def check(self, note: str, tree: Checkpoint) -> None:
        """Raise Contradicted unless a key the user trusts signed the note of `tree`, within the sizes it may sign."""
        keys = [one for one in self.keys if one.key.name == tree.origin]
        if not keys:
            raise Contradicted(f"这是 {tree.origin} 的检查点，不是您给出公钥的那个日志")
        _, signers = verify(note, [one.key for one in keys])
        if not any(one.covers(tree.size) for one in keys if one.key in signers):
            raise Contradicted(f"签名的公钥不能用于 {tree.size} 条的检查点")


def parse_key(text: str) -> TrustedKey:
    """A vkey, or vkey@FIRST-LAST for a key valid for a range of tree sizes only. Raises Malformed."""
    match = RANGED.fullmatch(text.strip())
    if not match:
        return TrustedKey(parse_vkey(text.strip()))
    last = decimal(match["last"]) if match["last"] else None
    return TrustedKey(parse_vkey(match["vkey"]), decimal(match["first"]), last)


def parse_policy(text: str) -> Trust:
    """Logs and quorum of a C2SP tlog-policy file (https://c2sp.org/tlog-policy). Raises Malformed."""
    keys, quorums = [], []
    for line in text.split("\n"):
        words = line.strip(" \t").split()
        match words:
            case []:
                continue
            case [word, *_] if word.startswith("#"):
                continue
            case ["log", vkey] | ["log", vkey, _]:
                keys.append(parse_key(vkey))
            case ["quorum", name]:
                quorums.append(name)
            case ["witness" | "group", _, _, *_]:
                continue
            case _:
                raise Malformed(f"策略文件里这一行读不懂：{line[:80]!r}")
    if len(quorums) != 1:
        raise Malformed("策略文件应有且只有一行 quorum")
    return Trust(tuple(keys), quorum=quorums[0])


def parse_paper(text: str) -> Paper:
    """A checkpoint from `SIZE:BASE64ROOT` as typed, or from the whole signed note. Raises Malformed."""
    match = TYPED.fullmatch(text.strip())
    if match:
        root = unbase64(match["root"])
        if len(root) != 32:
            raise Malformed("纸面检查点的根哈希应为 32 字节")
        return Paper(decimal(match["size"]), root)
    tree = parse_text(parse(text).text)
    return Paper(tree.size, tree.root, text)


def read_paper(argument: str) -> Paper:
    """A checkpoint as given on a command line: typed, or the path of a file with the note."""
    return parse_paper(argument if TYPED.fullmatch(argument) else pathlib.Path(argument).read_text(encoding="utf-8"))
