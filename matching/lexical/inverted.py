"""Which documents have which gram, and how often: an inverted file in compressed runs."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from matching.lexical.kernels import locate, measure, write
from matching.lexical.vocabulary import Vocabulary, numbers

CODES = 256
_KINDS = {"short": "<u4", "long": "<u8", "offsets": "<i8", "stream": "u1", "frequencies": "<f4", "lengths": "<f4"}
"""What is saved, and how its numbers are written."""


class Runs(NamedTuple):
    """The runs of those grams of a query that are known: arrays (int64) of one length."""

    known: np.ndarray
    """Their places in the query."""
    begins: np.ndarray
    ends: np.ndarray


@dataclass(frozen=True)
class Postings:
    """`stream[offsets[t]:offsets[t + 1]]` is the run of the vocabulary's gram t; see matching/lexical/kernels.py."""

    vocabulary: Vocabulary
    offsets: np.ndarray
    stream: np.ndarray
    """uint8."""
    frequencies: np.ndarray
    """float32 (up to 256,): the frequency each code stands for."""
    lengths: np.ndarray
    """float32 (documents,): the sum of a document's frequencies."""

    def __post_init__(self) -> None:
        if len(self.stream) < 1 << 32:  # a quarter of the room the vocabulary takes
            object.__setattr__(self, "offsets", self.offsets.astype(np.uint32))
        for part in self._parts().values():  # made or read from a file, the loops are compiled for one kind of array
            part.flags.writeable = False

    @property
    def count(self) -> int:
        return len(self.lengths)

    @property
    def nbytes(self) -> int:
        parts = (self.offsets, self.stream, self.frequencies, self.lengths)
        return self.vocabulary.nbytes + sum(part.nbytes for part in parts)

    def runs(self, wanted: np.ndarray) -> "Runs":
        """Where the runs of numbered grams stand; what no document has is left out."""
        return Runs(*locate(self.vocabulary.find(wanted), self.offsets, self.stream)[:3])

    def documents(self, wanted: np.ndarray) -> np.ndarray:
        """int64: how many documents have each numbered gram, 0 for one never seen."""
        known, _, _, counts = locate(self.vocabulary.find(wanted), self.offsets, self.stream)
        found = np.zeros(len(wanted), np.int64)
        found[known] = counts
        return found

    def files(self) -> dict[str, bytes]:
        """What `read` takes, by name."""
        return {f"{name}.bin": part.astype(_KINDS[name], copy=False).tobytes() for name, part in self._parts().items()}

    @classmethod
    def read(cls, files: Mapping[str, bytes]) -> Self:
        """From what `files` gave. ValueError or KeyError where it does not fit together."""
        short, long, offsets, stream, frequencies, lengths = (
            np.frombuffer(files[f"{name}.bin"], kind) for name, kind in _KINDS.items())
        if len(offsets) != len(short) + len(long) + 1 or offsets[-1] + 1 != len(stream):
            raise ValueError(f"{len(offsets)} runs of {len(short) + len(long)} grams in {len(stream)} bytes")
        return cls(Vocabulary.of(short, long), offsets, stream, frequencies, lengths)

    def _parts(self) -> dict[str, np.ndarray]:
        parts = (self.vocabulary.short, self.vocabulary.long, self.offsets, self.stream, self.frequencies, self.lengths)
        return dict(zip(_KINDS, parts, strict=True))

    @classmethod
    def of(cls, documents: Iterable[Mapping[str, float]]) -> "Postings":
        """Documents in order of place; each is read once and let go."""
        term_of: dict[str, int] = {}
        terms, values, starts = array("i"), array("f"), array("q", [0])
        for document in documents:
            terms.extend([term_of.setdefault(gram, len(term_of)) for gram in document])
            values.extend(document.values())
            starts.append(len(terms))
        keys, rank = np.unique(numbers(term_of), return_inverse=True)
        return _compressed(keys, rank.astype(np.int32)[_array(terms, np.int32)], _array(values, np.float32),
                           _array(starts, np.int64))


def _array(values: array, kind: type) -> np.ndarray:
    return np.frombuffer(values, kind) if values else np.zeros(0, kind)


def _compressed(keys: np.ndarray, terms: np.ndarray, values: np.ndarray, starts: np.ndarray) -> Postings:
    frequencies, codes = _coded(values)
    sizes, counts = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
    measure(terms, starts, sizes, counts)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    stream = np.zeros(offsets[-1] + 1, np.uint8)  # what follows the last run is read and not used
    write(terms, codes, starts, offsets[:-1], counts, stream)
    lengths = np.add.reduceat(np.append(values, np.float32(0)), starts[:-1], dtype=np.float64)
    lengths[np.diff(starts) == 0] = 0  # reduceat gives an empty stretch the value that follows it
    return Postings(Vocabulary(keys), offsets, stream, frequencies, lengths.astype(np.float32))


def _coded(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The table of frequencies, ascending, and each value's code in it (uint8).

    Exact for up to 256 different values. Of more, the 255 commonest and the largest stand; the rest take the nearest.
    """
    table, codes, seen = np.unique(values, return_inverse=True, return_counts=True)
    if len(table) <= CODES:
        return table.astype(np.float32), codes.astype(np.uint8)
    kept = np.sort(np.append(np.argsort(-seen[:-1], kind="stable")[:CODES - 1], len(table) - 1))
    middles = (table[kept][1:] + table[kept][:-1]) / 2
    return table[kept], np.searchsorted(middles, table)[codes].astype(np.uint8)
