"""Grams as numbers: one or two characters as their code points, anything else as 63 bits of its BLAKE2b."""

import functools
import hashlib
from collections.abc import Iterable
from typing import Self

import numpy as np

from matching.lexical.scatter import find

_LONG = 1 << 63
_SHORT = 1 << 32
_LAST = "\uffff"


def number(gram: str) -> int:
    """Equal for equal grams in every process. Among a million long terms two share one by chance in 1 of 10⁷ cases."""
    if len(gram) == 1 and gram <= _LAST:
        return ord(gram)
    if len(gram) == 2 and "\0" < gram[0] <= _LAST and gram[1] <= _LAST:
        return ord(gram[0]) << 16 | ord(gram[1])
    return _digested(gram)


@functools.lru_cache(1 << 12)
def _digested(gram: str) -> int:
    """Remembered, as Latin terms come again; of all grams, whoever reads a city's texts would remember 15 MB."""
    digest = hashlib.blake2b(gram.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return _LONG | int.from_bytes(digest, "little")


def numbers(grams: Iterable[str]) -> np.ndarray:
    """uint64 (grams,), in the order given."""
    return np.fromiter(map(number, grams), np.uint64)


class Vocabulary:
    """Every gram's number, ascending, each once. Those of one or two characters take 4 bytes, a dict of strings 100."""

    def __init__(self, keys: np.ndarray):
        """`keys`: uint64, ascending, each once."""
        split = int(np.searchsorted(keys, np.uint64(_SHORT)))
        self.short, self.long = keys[:split].astype(np.uint32), keys[split:].copy()  # a view would keep all of `keys`

    @classmethod
    def of(cls, short: np.ndarray, long: np.ndarray) -> Self:
        """From what another one keeps."""
        made = cls(long)
        made.short = short
        return made

    def __len__(self) -> int:
        return len(self.short) + len(self.long)

    @property
    def nbytes(self) -> int:
        return self.short.nbytes + self.long.nbytes

    def find(self, wanted: np.ndarray) -> np.ndarray:
        """int64: where each number stands among the keys, −1 where it does not."""
        return find(self.short, self.long, wanted)
