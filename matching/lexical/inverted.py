"""Which documents have which gram, and how often: an inverted file in compressed runs."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from matching.lexical.runs import by_term, width, write
from matching.lexical.scatter import locate
from matching.lexical.vocabulary import Vocabulary, numbers

CODES = 256
MOST = 1 << 23
"""Up to so many documents the place of a gram's only one fits above its code in an int32; else it takes a run."""
_KINDS = {"short": "<u4", "long": "<u8", "offsets": "<i8", "stream": "u1", "frequencies": "<f4", "lengths": "<f4",
          "short-once": "<u4", "long-once": "<u8", "once": "<i4"}
"""What is saved, and how its numbers are written."""


class Runs(NamedTuple):
    """The runs of those grams of a query that are known: arrays (int64) of one length."""

    known: np.ndarray
    """Their places in the query."""
    begins: np.ndarray
    """Of a gram that one document has: −1 − (256 · its place + the code)."""
    ends: np.ndarray


@dataclass(frozen=True)
class Postings:
    """`stream[offsets[t]:offsets[t + 1]]` is the run of the vocabulary's gram t; see matching/lexical/runs.py."""

    vocabulary: Vocabulary
    offsets: np.ndarray
    stream: np.ndarray
    """uint8."""
    frequencies: np.ndarray
    """float32 (up to 256,): the frequency each code stands for, the commonest first."""
    lengths: np.ndarray
    """float32 (documents,): the sum of a document's frequencies."""
    rare: Vocabulary
    """The grams that one document has."""
    once: np.ndarray
    """int32: 256 · place + code of that document."""

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
        return sum(part.nbytes for part in self._parts().values())

    def stand(self, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where numbered grams stand among those that several documents have, and among those of one: −1 for not."""
        return self.vocabulary.find(wanted), self.rare.find(wanted)

    def runs(self, wanted: np.ndarray) -> Runs:
        """Where the runs of numbered grams stand; what no document has is left out."""
        return Runs(*locate(*self.stand(wanted), self.offsets, self.stream, self.once)[:3])

    def documents(self, wanted: np.ndarray) -> np.ndarray:
        """int64: how many documents have each numbered gram, 0 for one never seen."""
        known, _, _, counts = locate(*self.stand(wanted), self.offsets, self.stream, self.once)
        found = np.zeros(len(wanted), np.int64)
        found[known] = counts
        return found

    def files(self) -> dict[str, bytes]:
        """What `read` takes, by name."""
        return {f"{name}.bin": part.astype(_KINDS[name], copy=False).tobytes() for name, part in self._parts().items()}

    @classmethod
    def read(cls, files: Mapping[str, bytes]) -> Self:
        """From what `files` gave. ValueError or KeyError where it does not fit together."""
        short, long, offsets, stream, frequencies, lengths, short_once, long_once, once = (
            np.frombuffer(files[f"{name}.bin"], kind) for name, kind in _KINDS.items())
        if len(offsets) != len(short) + len(long) + 1 or offsets[-1] + 1 != len(stream):
            raise ValueError(f"{len(offsets)} runs of {len(short) + len(long)} grams in {len(stream)} bytes")
        if len(once) != len(short_once) + len(long_once):
            raise ValueError(f"{len(once)} documents of {len(short_once) + len(long_once)} grams")
        return cls(Vocabulary.of(short, long), offsets, stream, frequencies, lengths,
                   Vocabulary.of(short_once, long_once), once)

    def _parts(self) -> dict[str, np.ndarray]:
        parts = (self.vocabulary.short, self.vocabulary.long, self.offsets, self.stream, self.frequencies, self.lengths,
                 self.rare.short, self.rare.long, self.once)
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
        del term_of
        return _compressed(keys, rank.astype(np.int32)[_array(terms, np.int32)], _array(values, np.float32),
                           _array(starts, np.int64))


def _array(values: array, kind: type) -> np.ndarray:
    return np.frombuffer(values, kind) if values else np.zeros(0, kind)


def _compressed(keys: np.ndarray, terms: np.ndarray, values: np.ndarray, starts: np.ndarray) -> Postings:
    frequencies, codes = _coded(values)
    lengths = np.add.reduceat(np.append(values, np.float32(0)), starts[:-1], dtype=np.float64)
    lengths[np.diff(starts) == 0] = 0  # reduceat gives an empty stretch the value that follows it
    counts = np.bincount(terms, minlength=len(keys))
    alone = (counts == 1) & (len(starts) <= MOST)
    order = np.argsort(alone, kind="stable")  # those of one document last
    rank = np.empty(len(keys), np.int32)
    rank[order] = np.arange(len(keys), dtype=np.int32)
    sizes = counts[order]
    places, codes = by_term(rank[terms], codes, starts, np.cumsum(sizes) - sizes)
    shared = len(keys) - int(alone.sum())
    ends = np.cumsum(sizes[:shared])
    many = int(ends[-1]) if shared else 0
    offsets = np.zeros(shared + 1, np.int64)
    # Room for the worst: a code, its size and a gap for each posting, a count for each gram. Untouched room costs none.
    room = many * (2 + width(len(starts))) + 5 * shared + 1
    stream = np.empty(room, np.uint8)
    written = write(places[:many], codes[:many], ends, len(frequencies), len(starts) - 1, stream, offsets[1:])
    once = places[many:] << 8 | codes[many:]
    return Postings(Vocabulary(keys[~alone]), offsets, stream[:written + 1].copy(), frequencies,
                    lengths.astype(np.float32), Vocabulary(keys[alone]), once)


def _coded(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The table of frequencies, the commonest first, and each value's code in it (uint8).

    Exact for up to 256 different values. Of more, the 255 commonest and the largest stand; the rest take the nearest.
    """
    table, codes, seen = np.unique(values, return_inverse=True, return_counts=True)
    kept = np.arange(len(table))
    if len(table) > CODES:
        kept = np.sort(np.append(np.argsort(-seen[:-1], kind="stable")[:CODES - 1], len(table) - 1))
    middles = (table[kept][1:] + table[kept][:-1]) / 2
    nearest = np.searchsorted(middles, table)
    order = np.argsort(-np.bincount(nearest, seen, len(kept)), kind="stable")
    rank = np.empty(len(kept), np.uint8)
    rank[order] = np.arange(len(kept))
    return table[kept][order].astype(np.float32), rank[nearest][codes]
