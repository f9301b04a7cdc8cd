"""Vectors in Milvus, behind the interface of matching/index/dense.py: for what outgrows one machine.

One index is one collection (primary key: the index's own whole numbers). Who may be found is told by key: few keys go
along as a list, many are kept from what Milvus answers, which is asked for more until enough pass. The answer is the
same either way, and never silently short. pymilvus is the optional extra `milvus`.
"""

import functools
import pathlib
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import numpy as np

from matching.index.dense import checked
from matching.index.folders import Facts, IndexDamaged, StoreAway, read_folder, write_folder
from settings import Settings

FORMAT = "jiebang-milvus-1"
PREFIX = "jiebang"
KEY, VECTOR = "key", "vector"
LISTED = 10_000
"""So many keys go along with a question as a list: some 80 kB."""
MOST = 16_384
"""Milvus gives no more to one question."""
SLACK = 1.5
"""How much more than the share that passes is asked for at first."""
BATCH = 5_000
SECONDS = 5.0
"""How long a question may take before the store counts as away."""


def connect(address: str):
    """A client for `address`: http://[user:password@]host:19530, or the path of a file for Milvus Lite. StoreAway."""
    try:
        from pymilvus import MilvusClient  # optional, and half a second: only where the store is Milvus
    except ImportError as error:
        raise StoreAway("JIEBANG_VECTOR_STORE 指定了 Milvus，但没有安装 pymilvus：pip install 'jiebang[milvus]'") from error
    parts = urlsplit(address)
    token = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else ""
    bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if parts.netloc else address
    return _answered(lambda: MilvusClient(bare, token=token, timeout=SECONDS))


def _answered(ask):
    """What `ask` gives; StoreAway where Milvus or the way to it fails."""
    from pymilvus.exceptions import MilvusException

    try:
        return ask()
    except MilvusException as error:
        raise StoreAway(f"Milvus 没有答复：{error.message}") from error


class MilvusStore:
    """One Milvus, and the indexes in it."""

    def __init__(self, address: str):
        self.address = address

    @functools.cached_property
    def client(self):
        return connect(self.address)

    def index(self, dimensions: int, name: str = "") -> "MilvusIndex":
        """The index called `name`, made if it is not there; a new one of its own without a name."""
        from pymilvus import DataType

        name = name or f"{PREFIX}_{secrets.token_hex(8)}"
        if not _answered(lambda: self.client.has_collection(name)):
            schema = self.client.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field(KEY, DataType.INT64, is_primary=True)
            schema.add_field(VECTOR, DataType.FLOAT_VECTOR, dim=dimensions)
            found = self.client.prepare_index_params()
            found.add_index(VECTOR, index_type="AUTOINDEX", metric_type="IP")
            _answered(lambda: self.client.create_collection(name, schema=schema, index_params=found,
                                                            consistency_level="Strong"))
        return MilvusIndex(self.client, name, dimensions)

    def load(self, folder: pathlib.Path) -> "MilvusIndex":
        """The index that `save` left word of. IndexDamaged where its collection is gone or holds another number."""
        _, _, facts = read_folder(folder, (FORMAT,))
        index = self.known(facts)
        if len(index) != facts["keys"]:
            raise IndexDamaged(f"{folder}: {len(index)} vectors in {index.name}, not {facts['keys']}")
        return index

    def known(self, facts: Facts) -> "MilvusIndex":
        """The index that these facts tell of. IndexDamaged where its collection is gone."""
        name = str(facts["collection"])
        if not _answered(lambda: self.client.has_collection(name)):
            raise IndexDamaged(f"Milvus has no collection {name}")
        return MilvusIndex(self.client, name, int(facts["dimensions"]))

    def drop(self, index: "MilvusIndex") -> None:
        _answered(lambda: self.client.drop_collection(index.name))


@functools.cache
def vector_store(settings: Settings) -> MilvusStore | None:
    """Where the settings keep the vectors of the saved indexes; None for beside the rest, in files."""
    return MilvusStore(settings.vector_store) if settings.vector_store else None


class MilvusIndex:
    """A VectorIndex over one collection. Every call may raise StoreAway."""

    def __init__(self, client: Any, name: str, dimensions: int):
        self.dimensions, self.name, self._client = dimensions, name, client

    def __len__(self) -> int:
        counted = _answered(lambda: self._client.query(self.name, filter="", output_fields=["count(*)"]))
        return int(counted[0]["count(*)"])

    def add(self, keys: np.ndarray, vectors: np.ndarray) -> None:
        keys, vectors = checked(keys, vectors, self.dimensions)
        for some in _batches(np.arange(len(keys))):
            rows = [{KEY: int(key), VECTOR: vector} for key, vector in zip(keys[some], vectors[some], strict=True)]
            _answered(lambda rows=rows: self._client.upsert(self.name, rows))

    def remove(self, keys: np.ndarray) -> int:
        gone = 0
        for some in _batches(np.unique(np.asarray(keys, np.int64))):
            here = [row[KEY] for row in self._rows(some, [KEY])]
            if here:
                _answered(lambda here=here: self._client.delete(self.name, ids=here))
            gone += len(here)
        return gone

    def search(self, vector: np.ndarray, count: int, allowed: np.ndarray | None = None) \
            -> tuple[np.ndarray, np.ndarray]:
        """At most MOST hits. A filter that lets more than LISTED pass is applied here, to as many hits as it takes."""
        count = min(count, MOST)
        passing = None if allowed is None else np.flatnonzero(allowed)
        if count <= 0 or (passing is not None and not len(passing)):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if passing is None:
            return _best(*self._ask(vector, count), count)
        if len(passing) > LISTED and (found := self._sifted(vector, count, allowed, len(passing))) is not None:
            return found
        parts = [self._ask(vector, count, f"{KEY} in {some.tolist()}") for some in _batches(passing, LISTED)]
        return _best(*(np.concatenate(column) for column in zip(*parts, strict=True)), count)

    def _sifted(self, vector: np.ndarray, count: int, allowed: np.ndarray, passing: int) \
            -> tuple[np.ndarray, np.ndarray] | None:
        """The `count` best that pass, out of as many hits as it takes; None where MOST hits are too few."""
        asked = int(SLACK * count * max(len(allowed), passing) / passing) + 1
        while True:
            keys, scores = self._ask(vector, min(asked, MOST))
            here = keys < len(allowed)
            here[here] = allowed[keys[here]]
            if here.sum() >= count or len(keys) < min(asked, MOST):  # enough, or that was everything
                return _best(keys[here], scores[here], count)
            if asked >= MOST:
                return None
            asked *= 2

    def _ask(self, vector: np.ndarray, count: int, expression: str = "") -> tuple[np.ndarray, np.ndarray]:
        query = np.ascontiguousarray(vector, np.float32).ravel()
        hits = _answered(lambda: self._client.search(
            self.name, [query], filter=expression, limit=count, anns_field=VECTOR, output_fields=[KEY],
            search_params={"metric_type": "IP"}, timeout=SECONDS))[0]
        return (np.array([hit[KEY] for hit in hits], np.int64),
                np.array([hit["distance"] for hit in hits], np.float32))

    def vectors(self, keys: np.ndarray) -> np.ndarray:
        keys = np.asarray(keys, np.int64)
        found = {row[KEY]: row[VECTOR] for some in _batches(keys) for row in self._rows(some, [KEY, VECTOR])}
        if missing := set(keys.tolist()) - set(found):
            raise KeyError(f"{len(missing)} keys that are not in the index")
        return np.array([found[key] for key in keys.tolist()], np.float32).reshape(len(keys), self.dimensions)

    def products(self, vector: np.ndarray, keys: np.ndarray) -> np.ndarray:
        return self.vectors(keys) @ np.asarray(vector, np.float32)

    def _rows(self, keys: np.ndarray, fields: list[str]) -> list[dict]:
        return _answered(lambda: self._client.get(self.name, ids=keys.tolist(), output_fields=fields))

    @property
    def nbytes(self) -> int:
        """Bytes of vectors held in this process: none."""
        return 0

    def facts(self) -> dict[str, str | int]:
        """What finds it again, once Milvus has made durable what it was given."""
        _answered(lambda: self._client.flush(self.name))
        return {"collection": self.name, "dimensions": self.dimensions, "keys": len(self)}

    def save(self, folder: pathlib.Path) -> None:
        """Word of the collection and its size; the vectors themselves stay in Milvus."""
        write_folder(folder, FORMAT, {}, self.facts())


def _batches(keys: np.ndarray, size: int = BATCH) -> Iterator[np.ndarray]:
    return (keys[at:at + size] for at in range(0, len(keys), size))


def _best(keys: np.ndarray, scores: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    order = np.lexsort((keys, -scores))[:count]
    return keys[order], scores[order]
