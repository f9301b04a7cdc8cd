"""The saved index of one kind of posting, and whether it can be trusted."""

import hashlib
import pathlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from matching.folders import IndexDamaged, read_folder, write_folder
from matching.ids import Ids
from matching.index import FlatIndex, IvfIndex, vector_index
from matching.moments import Moments

IDS, MOMENTS = "ids.bin", "moments.bin"


def slug(encoder: str) -> str:
    """An encoder's name as the name of a folder."""
    return re.sub(r"[^\w.@+-]", "_", encoder)


def folder_of(root: pathlib.Path, encoder: str) -> pathlib.Path:
    """Where the saved indexes of one encoder lie: each has its own, so that it can be switched back to at once."""
    return root / slug(encoder)


@dataclass(frozen=True)
class Saved:
    """The vectors of every posting live at `seq`, each under its place among the ids."""

    ids: Ids
    index: FlatIndex
    moments: Moments | None
    seq: int


def digest(ids: Collection[str]) -> str:
    """SHA-256 over the sorted ids: equal for two indexes that hold the same postings."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


def save_snapshot(folder: pathlib.Path, encoder: str, seq: int, ids: Sequence[str], vectors: np.ndarray) -> None:
    """Save the vectors (len(ids), d) of every posting live at `seq`, in order of id."""
    index, moments = vector_index(vectors), Moments.of(vectors)
    write_folder(folder, index.format, index.files() | {IDS: bytes(Ids(ids)), MOMENTS: bytes(moments)},
                 {**index.facts(), "encoder": encoder, "seq": seq})


def load_snapshot(folder: pathlib.Path, encoder: str, newest: int) -> Saved:
    """The saved index.

    IndexDamaged if it cannot be trusted, is another model's, or is ahead of the database, whose last seq is `newest`.
    """
    kind, files, facts = read_folder(folder, (FlatIndex.format, IvfIndex.format))
    if facts.get("encoder") != encoder:
        raise IndexDamaged(f"{folder}: written for {facts.get('encoder')}, not {encoder}")
    seq = facts.get("seq")
    if not isinstance(seq, int) or seq > newest:
        raise IndexDamaged(f"{folder}: its seq {seq} is beyond the database's {newest}")
    index = (IvfIndex if kind == IvfIndex.format else FlatIndex).read(files, facts)
    ids = Ids.packed(files[IDS])
    if len(ids) != len(index):
        raise IndexDamaged(f"{folder}: {len(ids)} ids for {len(index)} vectors")
    return Saved(ids, index, Moments.read(files[MOMENTS], len(ids), index.dimensions), seq)
