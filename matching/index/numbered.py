"""An index whose keys outlive a snapshot, seen by one snapshot's places."""

import numpy as np

from matching.index.dense import VectorIndex

SLACK = 64
"""Keys that the index has and the snapshot does not: so many more are asked for at first."""
HELD = 4096
"""Vectors remembered, about: 6 MB at 384 dimensions."""


class NumberedIndex:
    """A VectorIndex by place over one by key. What came into the index after the snapshot is not seen through it; what
    left it since is not found any more, its vector is all zeros."""

    def __init__(self, index: VectorIndex, keys: np.ndarray):
        """`keys`: int64 (places,), each once: the key of each place."""
        self.dimensions, self.index, self.keys = index.dimensions, index, keys
        self._order = np.argsort(keys, kind="stable")
        self._sorted = keys[self._order]
        self._held: dict[int, np.ndarray] = {}

    @property
    def nbytes(self) -> int:
        return 3 * self.keys.nbytes

    def __len__(self) -> int:
        """Of the index behind it: equal to the snapshot's only while nothing came or went."""
        return len(self.index)

    def search(self, vector: np.ndarray, count: int, allowed: np.ndarray | None = None) \
            -> tuple[np.ndarray, np.ndarray]:
        """Places (int64) and inner products (float32), highest first, ties by place. `allowed`: bool by place."""
        count = min(count, len(self.keys))
        if count <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if allowed is None:
            return self._open(vector, count)
        by_key = np.zeros(int(self._sorted[-1]) + 1, bool)
        by_key[self.keys[:len(allowed)][allowed[:len(self.keys)]]] = True
        return self._placed(*self.index.search(vector, count, by_key), count)

    def _open(self, vector: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Nobody is kept out but what the snapshot does not know: asked for more until enough is known."""
        asked = count + SLACK
        while True:
            keys, scores = self.index.search(vector, asked)
            places, products = self._placed(keys, scores, count)
            if len(places) == count or len(keys) < asked:
                return places, products
            asked *= 4

    def _placed(self, keys: np.ndarray, scores: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
        at = np.minimum(np.searchsorted(self._sorted, keys), len(self._sorted) - 1)
        known = self._sorted[at] == keys
        places, scores = self._order[at[known]], scores[known]
        order = np.lexsort((places, -scores))[:count]
        return places[order], scores[order]

    def vectors(self, places: np.ndarray) -> np.ndarray:
        """float32 (len(places), dimensions); zeros for what left the index since the last look at the database.

        Those that were fetched last are remembered: one search asks for the same ones several times.
        """
        places = np.asarray(places, np.int64).tolist()
        held = self._held
        missing = [place for place in dict.fromkeys(places) if place not in held]
        if missing:
            kept = held if len(held) < HELD else {place: held[place] for place in places if place in held}
            held = self._held = {**kept, **self._fetched(missing)}
        return np.array([held[place] for place in places], np.float32).reshape(len(places), self.dimensions)

    def _fetched(self, places: list[int]) -> dict[int, np.ndarray]:
        keys = self.keys[places]
        try:
            return dict(zip(places, self.index.vectors(keys), strict=True))
        except KeyError:
            if len(places) == 1:
                return {places[0]: np.zeros(self.dimensions, np.float32)}
            middle = len(places) // 2
            return self._fetched(places[:middle]) | self._fetched(places[middle:])

    def products(self, vector: np.ndarray, places: np.ndarray) -> np.ndarray:
        return self.vectors(places) @ np.asarray(vector, np.float32)
