"""The hash that a sheet is sealed by: in the ledger when it is handed in, open to checking once the round is opened."""

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from ledger.leaf import canonical_value


class Score(NamedTuple):
    """`points` with at most two decimals, and why."""

    points: Decimal
    reason: str


def digest(salt: str, sheet: object, scores: Mapping[str, Score]) -> str:
    """SHA-256 of "jiebang/sheet/v1\\n", the 32-byte salt and the sheet as canonical JSON (RFC 8785), in hexadecimal.

    Salted, since scores alone are few enough to be guessed from their hash.
    """
    content = {"sheet": str(sheet), "scores": {code: {"points": f"{score.points:.2f}", "reason": score.reason}
                                               for code, score in scores.items()}}
    return hashlib.sha256(b"jiebang/sheet/v1\n" + bytes.fromhex(salt) + canonical_value(content)).hexdigest()


def digest_of_all(digests: Iterable[str]) -> str:
    """One hash over the hashes of all sheets, whatever their order."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()
