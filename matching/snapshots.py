"""The saved index of one kind of posting, and whether it can be trusted."""

import pathlib
import re
from collections.abc import Sequence

import numpy as np

from matching.index import FaissIndex, IndexDamaged


def slug(encoder: str) -> str:
    """An encoder's name as the name of a folder."""
    return re.sub(r"[^\w.@+-]", "_", encoder)


def folder_of(root: pathlib.Path, encoder: str) -> pathlib.Path:
    """Where the saved indexes of one encoder lie: each has its own, so that it can be switched back to at once."""
    return root / slug(encoder)


def save_snapshot(folder: pathlib.Path, encoder: str, seq: int, ids: Sequence[str], vectors: np.ndarray) -> FaissIndex:
    """Save the vectors (len(ids), d) of every posting live at `seq`, in order of id."""
    index = FaissIndex(vectors.shape[1])
    index.add(ids, vectors)
    index.save(folder, encoder=encoder, seq=seq)
    return index


def load_snapshot(folder: pathlib.Path, encoder: str, newest: int) -> tuple[FaissIndex, int]:
    """The saved index and the `seq` up to which it is complete.

    IndexDamaged if it cannot be trusted, is another model's, or is ahead of the database, whose last seq is `newest`.
    """
    index = FaissIndex.load(folder)
    if index.facts.get("encoder") != encoder:
        raise IndexDamaged(f"{folder}: written for {index.facts.get('encoder')}, not {encoder}")
    seq = index.facts.get("seq")
    if not isinstance(seq, int) or seq > newest:
        raise IndexDamaged(f"{folder}: its seq {seq} is beyond the database's {newest}")
    return index, seq
