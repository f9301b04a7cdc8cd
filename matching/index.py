"""Vectors behind one small interface. FAISS embedded; what outgrows one machine implements the same protocol.

A saved index is a folder: the vectors, and a manifest with the SHA-256 of the file, checked before the file is parsed.
"""

import hashlib
import json
import os
import pathlib
import secrets
import shutil
from collections.abc import Collection, Sequence
from typing import Protocol, Self, cast

import faiss
import numpy as np

FORMAT = "jiebang-flat-1"
MANIFEST, VECTORS = "manifest.json", "vectors.faiss"


Hit = tuple[str, float]
"""An id and its inner product."""


class IndexDamaged(Exception):
    """A saved index that is missing, cut short, altered, or of another version. The database rebuilds it."""


class VectorIndex(Protocol):
    """Vectors under string ids, searched by inner product. Vectors are float32 (n, dimensions), L2-normalised."""

    dimensions: int

    def add(self, ids: Sequence[str], vectors: np.ndarray) -> None: ...
    def remove(self, ids: Collection[str]) -> int: ...
    def search(self, vector: np.ndarray, count: int, allowed: Collection[str] | None = None) -> list[Hit]: ...
    def nearest(self, vector: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]: ...
    def vectors(self, ids: Sequence[str]) -> np.ndarray: ...
    def save(self, folder: pathlib.Path, **facts: str | int) -> None: ...
    def ids(self) -> list[str]: ...
    def __contains__(self, key: object) -> bool: ...
    def __len__(self) -> int: ...


def digest(ids: Collection[str]) -> str:
    """SHA-256 over the sorted ids: equal for two indexes that hold the same postings."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


class FaissIndex:
    """Exact inner-product search. Right below some 20,000 vectors, where approximate indexes gain nothing."""

    def __init__(self, dimensions: int):
        self.dimensions = dimensions
        self.facts: dict[str, str | int] = {}
        self._index: faiss.Index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimensions))
        self._number: dict[str, int] = {}
        self._name: dict[int, str] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._number)

    def __contains__(self, key: object) -> bool:
        return key in self._number

    def ids(self) -> list[str]:
        """Every id, in order of addition."""
        return list(self._number)

    def add(self, ids: Sequence[str], vectors: np.ndarray) -> None:
        """Add or replace. ValueError for another number of dimensions or a value that is not finite."""
        if not ids:
            return
        vectors = np.ascontiguousarray(vectors, np.float32).reshape(len(ids), -1)
        if vectors.shape[1] != self.dimensions or not np.isfinite(vectors).all():
            raise ValueError(f"expected finite vectors of {self.dimensions} dimensions, got {vectors.shape}")
        if len(set(ids)) < len(ids):
            raise ValueError("an id stands twice in one addition")
        self.remove(ids)
        numbers = np.arange(self._next, self._next + len(ids), dtype=np.int64)
        self._next += len(ids)
        self._index.add_with_ids(vectors, numbers)
        self._number.update(zip(ids, numbers.tolist(), strict=True))
        self._name.update(zip(numbers.tolist(), ids, strict=True))

    def remove(self, ids: Collection[str]) -> int:
        """How many of `ids` were there and are gone."""
        numbers = [self._number.pop(i) for i in ids if i in self._number]
        for number in numbers:
            del self._name[number]
        if numbers:
            self._index.remove_ids(np.array(numbers, np.int64))
        return len(numbers)

    def search(self, vector: np.ndarray, count: int, allowed: Collection[str] | None = None) -> list[Hit]:
        """The `count` nearest of `allowed` (None: all) with their inner products, highest first, ties by id."""
        if not len(self) or count <= 0:
            return []
        options = {}
        if allowed is not None:
            numbers = np.array(sorted(self._number[i] for i in allowed if i in self._number), np.int64)
            if not len(numbers):
                return []
            options["params"] = faiss.SearchParameters(sel=faiss.IDSelectorBatch(numbers))
        query = np.ascontiguousarray(vector, np.float32).reshape(1, self.dimensions)
        scores, numbers = self._index.search(query, min(count, len(self)), **options)
        found = zip(numbers[0].tolist(), scores[0].tolist(), strict=True)
        hits = [(self._name[number], score) for number, score in found if number >= 0]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

    def nearest(self, vector: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Positions in `ids()` (int64) and inner products (float32) of the `count` nearest, highest first."""
        query = np.ascontiguousarray(vector, np.float32).reshape(1, self.dimensions)
        scores, numbers = self._index.search(query, max(1, min(count, len(self))))
        found = numbers[0] >= 0
        order = np.fromiter(self._number.values(), np.int64, len(self))  # numbers only grow: already sorted
        return np.searchsorted(order, numbers[0][found]), scores[0][found]

    def vectors(self, ids: Sequence[str]) -> np.ndarray:
        """float32 (len(ids), dimensions), as added. KeyError for an unknown id."""
        found = np.empty((len(ids), self.dimensions), np.float32)
        for row, i in enumerate(ids):
            found[row] = self._index.reconstruct(self._number[i])
        return found

    def save(self, folder: pathlib.Path, **facts: str | int) -> None:
        """Write beside `folder`, then swap: a reader sees the old index or the new one, never half of one."""
        folder = pathlib.Path(folder)
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder.with_name(f"{folder.name}.{secrets.token_hex(4)}")
        draft.mkdir(mode=0o700)
        blob = faiss.serialize_index(self._index).tobytes()
        manifest = {"format": FORMAT, "faiss": faiss.__version__, "dimensions": self.dimensions,
                    "sha256": _sha256(blob), "facts": facts,
                    "ids": list(self._number), "numbers": list(self._number.values())}
        _write(draft / VECTORS, blob)
        _write(draft / MANIFEST, json.dumps(manifest).encode())
        old = folder.with_name(f"{draft.name}.old")
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
        shutil.rmtree(old, ignore_errors=True)

    @classmethod
    def load(cls, folder: pathlib.Path) -> Self:
        """The saved index. IndexDamaged unless every byte is as it was written, by this version."""
        try:
            manifest = json.loads((pathlib.Path(folder) / MANIFEST).read_bytes())
            blob = (pathlib.Path(folder) / VECTORS).read_bytes()
            known = manifest["format"] == FORMAT and manifest["faiss"] == faiss.__version__
            if not known or manifest["sha256"] != _sha256(blob):
                raise IndexDamaged(f"{folder}: altered, or written by another version")
            index = cls(manifest["dimensions"])
            index._index = cast(faiss.IndexIDMap2, faiss.deserialize_index(np.frombuffer(blob, np.uint8)))
            index._number = dict(zip(manifest["ids"], manifest["numbers"], strict=True))
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            raise IndexDamaged(f"{folder}: {error}") from error
        if index._index.ntotal != len(index._number):
            raise IndexDamaged(f"{folder}: {index._index.ntotal} vectors for {len(index._number)} ids")
        index._name = {number: name for name, number in index._number.items()}
        index._next = max(index._name, default=-1) + 1
        index.facts = manifest["facts"]
        return index


def _sha256(blob: bytes) -> str:
    return hashlib.sha256(blob).hexdigest()


def _write(path: pathlib.Path, blob: bytes) -> None:
    with open(path, "wb", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
        file.write(blob)
        file.flush()
        os.fsync(file.fileno())
