"""Saved indexes whose vectors are kept in a store: what goes there, and how it is found again."""

from dataclasses import dataclass
from typing import cast

import numpy as np

from matching.index.folders import Facts, IndexDamaged
from matching.index.milvus import MilvusIndex, MilvusStore
from matching.index.numbered import NumberedIndex

ROWS = "rows.bin"


@dataclass(frozen=True)
class Rows:
    """What a store keeps each posting's vector under, and when it changed: int64, one a posting."""

    keys: np.ndarray
    seqs: np.ndarray


def put(store: MilvusStore, vectors: np.ndarray, rows: Rows, last: NumberedIndex | None, seq: int) -> NumberedIndex:
    """Bring the collection behind `last`, complete up to `seq`, up to date; fill a new one where there is none."""
    if last is None:
        index = store.index(vectors.shape[1])
        index.add(rows.keys, vectors)
        return NumberedIndex(index, rows.keys)
    index, changed = cast(MilvusIndex, last.index), rows.seqs > seq
    index.remove(np.setdiff1d(last.keys, rows.keys))
    index.add(rows.keys[changed], vectors[changed])
    return NumberedIndex(index, rows.keys)


def files(index: NumberedIndex) -> dict[str, bytes]:
    return {ROWS: index.keys.astype("<i8").tobytes()}


def facts(index: NumberedIndex) -> dict[str, str | int]:
    return cast(MilvusIndex, index.index).facts()


def read(store: MilvusStore, saved: dict[str, bytes], known: Facts) -> NumberedIndex:
    """From what `files` and `facts` gave. IndexDamaged where the collection is gone; StoreAway."""
    try:
        return NumberedIndex(store.known(known), np.frombuffer(saved[ROWS], "<i8").astype(np.int64))
    except (KeyError, ValueError) as error:
        raise IndexDamaged(str(error)) from error
