"""C2SP checkpoints: the text `origin, size, base64 root`, one a line, that a signed note carries."""

import base64
import re
import typing

from ledger.faults import Malformed
from ledger.note import check_name, parse, unbase64

DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


class Checkpoint(typing.NamedTuple):
    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def decimal(text: str) -> int:
    """A count in ASCII decimal without leading zeros. Raises Malformed."""
    if not DECIMAL.fullmatch(text):
        raise Malformed(f"数字的写法有误：{text[:30]!r}")
    return int(text)


def parse_text(text: str) -> Checkpoint:
    """A checkpoint from its text. Raises Malformed, also for extension lines: this log never writes any."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise Malformed("检查点应有三行：日志名、条数、根哈希")
    root = unbase64(lines[2])
    if len(root) != 32:
        raise Malformed("检查点的根哈希应为 32 字节")
    return Checkpoint(check_name(lines[0]), decimal(lines[1]), root)


def parse_note(note: str) -> Checkpoint:
    """The checkpoint a signed note carries, its signatures not checked."""
    return parse_text(parse(note).text)
