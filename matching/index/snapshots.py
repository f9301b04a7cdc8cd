"""The saved index of one kind of posting, and whether it can be trusted."""

import hashlib
import pathlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from matching.index import milvus, stored
from matching.index.dense import FlatIndex, IvfIndex, vector_index
from matching.index.folders import IndexDamaged, read_facts, read_folder, write_folder
from matching.index.ids import Ids
from matching.index.milvus import MilvusStore
from matching.index.moments import Moments
from matching.index.numbered import NumberedIndex
from matching.lexical.bm25 import Bm25
from matching.lexical.inverted import Postings

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
    index: FlatIndex | NumberedIndex
    moments: Moments
    lexical: Bm25 | None
    """None where it was weighed by other rules or with another thesaurus: the texts must be read again."""
    seq: int

    @property
    def whole(self) -> bool:
        """Whether the index holds a vector for each posting: what a store keeps may have been lost there."""
        return len(self.index) == len(self.ids)


def digest(ids: Collection[str]) -> str:
    """SHA-256 over the sorted ids: equal for two indexes that hold the same postings."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


def save_snapshot(folder: pathlib.Path, encoder: str, seq: int, ids: Sequence[str], vectors: np.ndarray,
                  documents: Iterable[Mapping[str, float]], weighing: str, store: MilvusStore | None = None,
                  rows: stored.Rows | None = None) -> None:
    """Save vectors (len(ids), d) and weighed grams of every posting live at `seq`, in order of id.

    `weighing`: see matching/lexical/bm25.py. With a `store` the vectors go there, as far as they changed.
    """
    kept: dict[str, bytes | memoryview] = {}
    kept.update(Postings.of(documents).files() | {IDS: bytes(Ids(ids)), MOMENTS: bytes(Moments.of(vectors))})
    facts: dict[str, str | int] = {"encoder": encoder, "seq": seq, "weighing": weighing}
    if store is None or not len(ids):
        index = vector_index(vectors)
        kept.update(index.files())
        write_folder(folder, index.format, kept, {**index.facts(), **facts})
        return
    last = _in_store(folder, encoder, seq, store)
    there = stored.put(store, vectors, rows, last and cast(NumberedIndex, last.index), last.seq if last else 0)
    kept.update(stored.files(there))
    write_folder(folder, milvus.FORMAT, kept, {**stored.facts(there), **facts})


def _in_store(folder: pathlib.Path, encoder: str, seq: int, store: MilvusStore) -> Saved | None:
    """The last snapshot, if its vectors are in the store, as many as they were."""
    try:
        last = load_snapshot(folder, encoder, seq, "", store)
    except IndexDamaged:
        return None
    return last if isinstance(last.index, NumberedIndex) and last.whole else None


def is_current(folder: pathlib.Path, encoder: str, seq: int, weighing: str) -> bool:
    """Whether what was saved says that it holds all this; its files are not looked at."""
    try:
        facts = read_facts(folder)
    except IndexDamaged:
        return False
    return {**facts, "encoder": encoder, "seq": seq, "weighing": weighing} == facts


def load_snapshot(folder: pathlib.Path, encoder: str, newest: int, weighing: str,
                  store: MilvusStore | None = None) -> Saved:
    """The saved index.

    IndexDamaged if it cannot be trusted, is another model's, is ahead of the database, whose last seq is `newest`, or
    its vectors are in a store that is not the one given. StoreAway where that one does not answer.
    """
    forms = [FlatIndex.format, IvfIndex.format, *([milvus.FORMAT] if store else [])]
    kind, files, facts = read_folder(folder, forms)
    if facts.get("encoder") != encoder:
        raise IndexDamaged(f"{folder}: written for {facts.get('encoder')}, not {encoder}")
    seq = facts.get("seq")
    if not isinstance(seq, int) or seq > newest:
        raise IndexDamaged(f"{folder}: its seq {seq} is beyond the database's {newest}")
    index: FlatIndex | NumberedIndex
    if kind == milvus.FORMAT:
        index = stored.read(store, files, facts)
    else:
        index = (IvfIndex if kind == IvfIndex.format else FlatIndex).read(files, facts)
    held = len(index.keys) if isinstance(index, NumberedIndex) else len(index)
    try:
        ids, moments = Ids.packed(files[IDS]), Moments.read(files[MOMENTS], held, index.dimensions)
        postings = Postings.read(files)
    except (KeyError, ValueError) as error:
        raise IndexDamaged(f"{folder}: {error}") from error
    if not len(ids) == held == postings.count:
        raise IndexDamaged(f"{folder}: {len(ids)} ids, {held} vectors, {postings.count} texts")
    return Saved(ids, index, moments, Bm25(postings) if facts.get("weighing") == weighing else None, seq)
