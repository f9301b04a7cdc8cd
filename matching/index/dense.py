"""Vectors behind one small interface. FAISS embedded; what outgrows one machine implements the same protocol."""

import ctypes
import functools
import json
import pathlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

import faiss
import numpy as np

from matching.index.comparing import half_products, products
from matching.index.folders import IndexDamaged, read_folder, write_folder
from matching.index.probing import Probes, probes_for, tune

EXACT = 20_000
"""Up to so many vectors, or so many that a filter lets through, every one is compared: right, and no slower."""
POINTS, ROUNDS, SEED = 64, 10, 20
"""k-means: vectors a list, rounds, and the seed of its sample."""
VECTORS, KEYS = "vectors.faiss", "keys.npy"


class VectorIndex(Protocol):
    """Vectors under whole numbers ≥ 0, compared by inner product. Vectors are float32 (n, dimensions), L2-normalised.

    A key added again replaces its vector. ValueError for another number of dimensions, a value that is not finite, or
    a key twice in one addition; KeyError where the vector of an unknown key is asked for.
    """

    dimensions: int

    def add(self, keys: np.ndarray, vectors: np.ndarray) -> None: ...

    def remove(self, keys: np.ndarray) -> int:
        """How many of `keys` were there and are gone."""

    def search(self, vector: np.ndarray, count: int, allowed: np.ndarray | None = None) \
            -> tuple[np.ndarray, np.ndarray]:
        """Keys (int64) and inner products (float32) of the `count` nearest, highest first, ties by key.

        `allowed`: bool by key, False beyond its end; None for all.
        """

    def vectors(self, keys: np.ndarray) -> np.ndarray:
        """float32 (len(keys), dimensions), as stored: a compressed index gives back what it compares."""

    def products(self, vector: np.ndarray, keys: np.ndarray) -> np.ndarray:
        """float32 (len(keys),): `vectors(keys) @ vector`, which a search gives too, but for the last bits."""

    def save(self, folder: pathlib.Path) -> None: ...

    @classmethod
    def load(cls, folder: pathlib.Path) -> Self:
        """IndexDamaged unless every byte is as it was written, by this version."""

    def __len__(self) -> int: ...


def checked(keys: Sequence[int] | np.ndarray, vectors: np.ndarray, dimensions: int) -> tuple[np.ndarray, np.ndarray]:
    """Keys (int64) and vectors (float32, contiguous) as an index takes them; ValueError otherwise."""
    keys = np.asarray(keys, np.int64)
    vectors = np.ascontiguousarray(vectors, np.float32)
    if len(keys) and (vectors.shape != (len(keys), dimensions) or not np.isfinite(vectors).all()):
        raise ValueError(f"expected finite vectors of {dimensions} dimensions, got {vectors.shape}")
    if len(np.unique(keys)) < len(keys) or (keys < 0).any():
        raise ValueError("a key is negative, or stands twice in one addition")
    return keys, vectors


class FlatIndex:
    """Every vector compared, at half precision: the order is that of exact search but for differences below 10⁻³.

    FAISS numbers the vectors as they come, row 0, 1, 2 …; `_keys` says whose each row is. A removed one stays, unseen.
    """

    format = "jiebang-flat-2"

    def __init__(self, dimensions: int):
        self.dimensions = dimensions
        self._index: Any = self._empty()
        self._keys = np.zeros(0, np.int32)
        self._row = np.zeros(0, np.int32)
        """Row of each key, −1 for a key that is not here."""
        self._plain = True
        """Whether key and row are the same number throughout, and none was removed."""

    def _empty(self):
        return faiss.IndexScalarQuantizer(self.dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)

    def __len__(self) -> int:
        return int((self._row >= 0).sum())

    @property
    def nbytes(self) -> int:
        """Bytes in memory, near enough."""
        return self._keys.nbytes + self._row.nbytes + self._index.ntotal * self._index.sa_code_size()

    def add(self, keys: np.ndarray, vectors: np.ndarray) -> None:
        keys, vectors = checked(keys, vectors, self.dimensions)
        if not len(keys):
            return
        self.remove(keys)
        rows = np.arange(self._index.ntotal, self._index.ntotal + len(keys))
        self._store(vectors)
        self._keys = np.concatenate([self._keys, keys.astype(np.int32)])
        grown = np.full(max(len(self._row), int(keys.max()) + 1), -1, np.int32)
        grown[:len(self._row)] = self._row
        grown[keys] = rows
        self._row = grown
        self._plain = self._plain and np.array_equal(keys, rows)

    def _store(self, vectors: np.ndarray) -> None:
        self.__dict__.pop("_halves", None)  # FAISS's memory grows and moves
        self._index.add(vectors)

    def remove(self, keys: np.ndarray) -> int:
        keys = np.asarray(keys, np.int64)
        here = keys[(keys >= 0) & (keys < len(self._row))]
        here = here[self._row[here] >= 0]
        self._row[here] = -1
        self._plain = self._plain and not len(here)
        return len(np.unique(here))

    def search(self, vector: np.ndarray, count: int, allowed: np.ndarray | None = None) \
            -> tuple[np.ndarray, np.ndarray]:
        _alone()
        query = np.ascontiguousarray(vector, np.float32).reshape(1, self.dimensions)
        rows = self._allowed(allowed)
        passing = self._index.ntotal if rows is None else int(rows.sum())
        count = min(count, passing)
        if count <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        selector = None if rows is None else faiss.IDSelectorBitmap(np.packbits(rows, bitorder="little"))
        scores, found = self._index.search(query, count, params=self._parameters(passing, selector))
        keys, scores = self._keys[found[0][found[0] >= 0]].astype(np.int64), scores[0][found[0] >= 0]
        order = np.lexsort((keys, -scores))
        return keys[order], scores[order]

    def _allowed(self, allowed: np.ndarray | None) -> np.ndarray | None:
        """bool by row, None for all: those that are here and let through."""
        if self._plain and (allowed is None or len(allowed) == len(self._keys)):
            return allowed
        here = self._row[self._keys] == np.arange(len(self._keys))
        if allowed is not None:
            inside = self._keys < len(allowed)
            here[inside] &= allowed[self._keys[inside]]
            here[~inside] = False
        return here

    def _parameters(self, passing: int, selector) -> faiss.SearchParameters | None:
        return None if selector is None else faiss.SearchParameters(sel=selector)

    def vectors(self, keys: np.ndarray) -> np.ndarray:
        rows = self._rows(keys)
        return self._index.reconstruct_batch(rows) if len(rows) else np.zeros((0, self.dimensions), np.float32)

    def products(self, vector: np.ndarray, keys: np.ndarray) -> np.ndarray:
        return half_products(self._halves, self._rows(keys), np.ascontiguousarray(vector, np.float32))

    @functools.cached_property
    def _halves(self) -> np.ndarray:
        """FAISS's own memory, as uint16 (n, dimensions)."""
        codes = faiss.rev_swig_ptr(self._index.codes.data(), self._index.ntotal * self._index.code_size)
        return codes.view(np.uint16).reshape(-1, self.dimensions)

    def _rows(self, keys: np.ndarray) -> np.ndarray:
        keys = np.asarray(keys, np.int64)
        if self._plain and len(keys) and keys.min() >= 0 and keys.max() < len(self._keys):
            return keys
        if len(keys) and (keys.min() < 0 or keys.max() >= len(self._row) or (self._row[keys] < 0).any()):
            raise KeyError("a key that is not in the index")
        return self._row[keys].astype(np.int64)

    def facts(self) -> dict[str, str | int]:
        """What `load` needs beside the files."""
        return {"faiss": faiss.__version__, "dimensions": self.dimensions, "keys": len(self)}

    def files(self) -> dict[str, memoryview]:
        """What `save` writes: FAISS's own file, and whose each row is (−1: removed)."""
        owners = np.where(self._row[self._keys] == np.arange(len(self._keys)), self._keys, -1)
        return {VECTORS: faiss.serialize_index(self._index).data, KEYS: owners.astype("<i8").data}

    def save(self, folder: pathlib.Path) -> None:
        write_folder(folder, self.format, self.files(), self.facts())

    @classmethod
    def load(cls, folder: pathlib.Path) -> Self:
        _, files, facts = read_folder(folder, (cls.format,))
        return cls.read(files, facts)

    @classmethod
    def read(cls, files: dict[str, bytes], facts: dict[str, str | int]) -> Self:
        """From what `files` and `facts` gave. IndexDamaged where they do not fit together, or another FAISS wrote."""
        try:
            if facts["faiss"] != faiss.__version__:
                raise IndexDamaged(f"written by faiss {facts['faiss']}, not {faiss.__version__}")
            index = cls(int(facts["dimensions"]))
            index._index = faiss.deserialize_index(np.frombuffer(files[VECTORS], np.uint8))
            index._own(np.frombuffer(files[KEYS], "<i8").astype(np.int64))
            index._recall(facts)
        except (KeyError, TypeError, ValueError, RuntimeError) as error:
            raise IndexDamaged(str(error)) from error
        if index._index.ntotal != len(index._keys) or len(index) != facts["keys"]:
            raise IndexDamaged(f"{index._index.ntotal} vectors for {len(index._keys)} keys")
        return index

    def _own(self, owners: np.ndarray) -> None:
        here = np.flatnonzero(owners >= 0)
        self._keys = np.maximum(owners, 0).astype(np.int32)
        self._row = np.full(int(owners.max(initial=-1)) + 1, -1, np.int32)
        self._row[owners[here]] = here
        self._plain = np.array_equal(owners, np.arange(len(owners)))

    def _recall(self, facts: dict[str, str | int]) -> None:
        """Take up again what a kind of index knows beside its vectors."""


@dataclass(frozen=True)
class _Codes:
    """FAISS's own memory as arrays: asked for vectors one by one, FAISS takes 2 µs each, and this a fiftieth of it."""

    window: np.ndarray
    """uint8: from the first list's memory to the last one's end; only what belongs to a list may be read."""
    begins: np.ndarray
    """int64: where in the window each list begins."""
    where: np.ndarray
    """int64 by row: list << 32 | place in it."""
    low: np.ndarray
    scale: np.ndarray
    centres: np.ndarray

    @classmethod
    def of(cls, index: faiss.IndexIVFScalarQuantizer) -> "_Codes":
        inverted, d = index.invlists, index.d
        held = [(n, inverted.list_size(n) * d) for n in range(index.nlist) if inverted.list_size(n)]
        address = np.zeros(index.nlist, np.int64)
        for n, _ in held:
            address[n] = int(inverted.get_codes(n))
        first = int(min(address[n] for n, _ in held))
        end = int(max(address[n] + size for n, size in held))
        window = np.frombuffer((ctypes.c_uint8 * (end - first)).from_address(first), np.uint8)
        low, span = faiss.vector_to_array(index.sq.trained).reshape(2, d)
        where = faiss.rev_swig_ptr(index.direct_map.array.data(), index.ntotal)
        return cls(window, address - first, where, low + span / 510, span / 255,
                   index.quantizer.reconstruct_n(0, index.nlist))

    def products(self, query: np.ndarray, rows: np.ndarray) -> np.ndarray:
        return products(self.window, self.begins, self.where, rows, query, self.scale, self.low, self.centres)


class IvfIndex(FlatIndex):
    """Vectors in lists around centres, 8 bits a dimension: only the lists nearest to a query are read.

    The first addition trains it. A filter that lets few pass has all of them compared.
    """

    format = "jiebang-ivf-1"

    def __init__(self, dimensions: int):
        super().__init__(dimensions)
        self.probes: Probes = {1.0: 1}

    def _empty(self):
        return faiss.IndexIVFScalarQuantizer(faiss.IndexFlatIP(self.dimensions), self.dimensions, 1,
                                             faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)

    @property
    def nbytes(self) -> int:
        """Codes, FAISS's number and its place of each vector, and the centres, twice."""
        return (self._keys.nbytes + self._row.nbytes + self._index.ntotal * (self._index.code_size + 16)
                + 2 * self._index.nlist * self.dimensions * 4)

    def _store(self, vectors: np.ndarray) -> None:
        self.__dict__.pop("_codes", None)  # lists grow and move
        if self._index.is_trained:
            self._index.add(vectors)
            return
        lists = max(1, int(len(vectors) ** 0.5))
        index = faiss.IndexIVFScalarQuantizer(faiss.IndexFlatIP(self.dimensions), self.dimensions, lists,
                                              faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
        index.cp.seed, index.cp.niter = SEED, ROUNDS
        index.cp.min_points_per_centroid, index.cp.max_points_per_centroid = 1, POINTS
        index.train(vectors)
        index.add(vectors)
        self.probes = tune(vectors, index.quantizer.reconstruct_n(0, lists),
                           lambda rows: index.quantizer.assign(vectors[rows], 1)[:, 0], EXACT)
        index.make_direct_map()
        # As if read from a file: lists that grew have up to twice the room they need.
        self._index = faiss.deserialize_index(faiss.serialize_index(index))

    @functools.cached_property
    def _codes(self) -> "_Codes":
        return _Codes.of(self._index)

    def products(self, vector: np.ndarray, keys: np.ndarray) -> np.ndarray:
        return self._codes.products(np.ascontiguousarray(vector, np.float32), self._rows(keys))

    def _parameters(self, passing: int, selector) -> faiss.SearchParameters:
        probes = self._index.nlist if passing <= EXACT else probes_for(self.probes, passing / self._index.ntotal)
        return faiss.SearchParametersIVF(sel=selector, nprobe=probes)

    def facts(self) -> dict[str, str | int]:
        return super().facts() | {"probes": json.dumps(list(self.probes.items()))}

    def _recall(self, facts: dict[str, str | int]) -> None:
        self.probes = dict(json.loads(str(facts["probes"])))


_thread = threading.local()


def _alone() -> None:
    """Have FAISS search in the calling thread: a team of threads costs one query more than it saves."""
    if not getattr(_thread, "alone", False):
        faiss.omp_set_num_threads(1)
        _thread.alone = True


def vector_index(vectors: np.ndarray) -> FlatIndex:
    """The embedded index that fits so many vectors, holding them under 0, 1, 2 …"""
    index = (IvfIndex if len(vectors) > EXACT else FlatIndex)(vectors.shape[1])
    index.add(np.arange(len(vectors)), vectors)
    return index
