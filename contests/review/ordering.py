"""Orders that nobody chose: the list of each reviewer, and the turns of a live round. Seeded, so they are stable."""

import hashlib
from collections.abc import Iterable
from typing import TypeVar

Key = TypeVar("Key")


def shuffled(keys: Iterable[Key], *seed: object) -> list[Key]:
    """`keys` in an order that depends on them and on `seed` alone: by SHA-256 of the seed and each key.

    Reviewers tire and compare with what they saw before; with an order for each, no entry is always first or last.
    """
    return sorted(keys, key=lambda key: lot(key, *seed))


def lot(key: object, *seed: object) -> bytes:
    """The lot that `key` draws under `seed`."""
    return hashlib.sha256("\n".join(map(str, (*seed, key))).encode()).digest()
