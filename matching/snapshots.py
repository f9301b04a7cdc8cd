"""The saved index of one kind of posting, and whether it can be trusted."""

import hashlib
import pathlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.folders import IndexDamaged, read_facts, read_folder, write_folder
from matching.ids import Ids
from matching.index import FlatIndex, IvfIndex, vector_index
from matching.inverted import Postings
from matching.lexical import Bm25
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
    """Every posting live at `seq`, in order of id, under both legs."""

    ids: Ids
    index: FlatIndex
    moments: Moments
    lexical: Bm25 | None
    """None where it was weighed by other rules or with another thesaurus: the texts must be read again."""
    seq: int


def digest(ids: Collection[str]) -> str:
    """SHA-256 over the sorted ids: equal for two indexes that hold the same postings."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


def save_snapshot(folder: pathlib.Path, encoder: str, seq: int, ids: Sequence[str], vectors: np.ndarray,
                  documents: Iterable[Mapping[str, float]], weighing: str) -> None:
    """Save vectors (len(ids), d) and weighed grams of every posting live at `seq`, in order of id.

    `weighing`: see matching/lexical.py.
    """
    index, moments, lexical = vector_index(vectors), Moments.of(vectors), Postings.of(documents)
    files = index.files() | lexical.files() | {IDS: bytes(Ids(ids)), MOMENTS: bytes(moments)}
    write_folder(folder, index.format, files, {**index.facts(), "encoder": encoder, "seq": seq, "weighing": weighing})


def is_current(folder: pathlib.Path, encoder: str, seq: int, weighing: str) -> bool:
    """Whether what was saved says that it holds all this; its files are not looked at."""
    try:
        facts = read_facts(folder)
    except IndexDamaged:
        return False
    return {**facts, "encoder": encoder, "seq": seq, "weighing": weighing} == facts


def load_snapshot(folder: pathlib.Path, encoder: str, newest: int, weighing: str) -> Saved:
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
    try:
        ids, moments = Ids.packed(files[IDS]), Moments.read(files[MOMENTS], len(index), index.dimensions)
        postings = Postings.read(files)
    except (KeyError, ValueError) as error:
        raise IndexDamaged(f"{folder}: {error}") from error
    if not len(ids) == len(index) == postings.count:
        raise IndexDamaged(f"{folder}: {len(ids)} ids, {len(index)} vectors, {postings.count} texts")
    return Saved(ids, index, moments, Bm25(postings) if facts.get("weighing") == weighing else None, seq)
