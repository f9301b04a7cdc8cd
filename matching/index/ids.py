"""Thousands of ids in little room, as a sequence of strings."""

from collections.abc import Iterable, Sequence
from typing import overload

import numpy as np

_HEX = 32


class Ids(Sequence[str]):
    """Ids in ascending order. Those of 32 hex digits take 16 bytes each, where a list of strings takes 90."""

    def __init__(self, ids: Iterable[str]):
        ids = list(ids)
        self._hex = all(len(key) == _HEX for key in ids)
        try:
            packed = [bytes.fromhex(key) for key in ids] if self._hex else []
        except ValueError:
            self._hex = False
        self._keys = np.array(packed if self._hex else [key.encode() for key in ids], "S16" if self._hex else "S")
        if len(ids) > 1 and not (self._keys[:-1] < self._keys[1:]).all():
            raise ValueError("ids stand in ascending order, each once")

    @classmethod
    def packed(cls, blob: bytes) -> "Ids":
        """From `bytes(ids)`, for ids of 32 hex digits."""
        made = cls(())
        made._keys = np.frombuffer(blob, "S16")
        return made

    def __bytes__(self) -> bytes:
        return self._keys.tobytes()

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self._name(key) for key in self._keys[place]]
        return self._name(self._keys[place])

    def _name(self, key: bytes) -> str:
        return bytes(key).ljust(16, b"\0").hex() if self._hex else bytes(key).decode()

    def place(self, key: str) -> int:
        """Where `key` stands, −1 if it is not here."""
        found = self.places([key])
        return int(found[0]) if len(found) else -1

    def places(self, keys: Iterable[str]) -> np.ndarray:
        """int64, ascending: where those of `keys` stand that are here."""
        packed = np.array([key for key in map(self._packed, keys) if key is not None], "S16" if self._hex else "S")
        if not len(self) or not len(packed):
            return np.zeros(0, np.int64)
        at = np.minimum(np.searchsorted(self._keys, packed), len(self) - 1)
        return np.unique(at[self._keys[at] == packed])

    def _packed(self, key: str) -> bytes | None:
        """As it stands among the keys; None for what cannot stand there."""
        if not self._hex:
            return key.encode()
        try:
            packed = bytes.fromhex(key)
        except ValueError:
            return None
        return packed if len(packed) == 16 else None


class Chain(Sequence[str]):
    """Several sequences of ids, one after the other."""

    def __init__(self, parts: Sequence[Ids]):
        self._parts = parts
        self._ends = np.cumsum([len(part) for part in parts])

    def __len__(self) -> int:
        return int(self._ends[-1])

    def __getitem__(self, place):
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        place %= len(self)
        part = int(np.searchsorted(self._ends, place, side="right"))
        return self._parts[part][place - (int(self._ends[part - 1]) if part else 0)]

    def __iter__(self):
        for part in self._parts:
            yield from part[:]
