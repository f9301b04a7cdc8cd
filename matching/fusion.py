"""How the two legs are weighed. Chosen on labelled pairs by cross-validation (matching/evaluation/tuning.py), kept with
the model whose vectors it weighs."""

import json
import pathlib
from dataclasses import dataclass
from typing import Self

FILE = "fusion.json"
"""In a model's folder. A model without it is weighed as the shipped one was."""


@dataclass(frozen=True)
class Fusion:
    """(1 − weight) · z(lexical) + weight · z(dense)."""

    dense: float = 0.5
    """Weight of the dense leg for a whole posting."""
    short: float = 0.6
    """The same for a query of a few characters, where the lexical leg has little to count."""
    short_length: int = 8
    """Characters up to which a query is short."""

    def weight(self, query: str) -> float:
        """The weight of the dense leg for a query of this length."""
        return self.short if len(query.strip()) <= self.short_length else self.dense

    @classmethod
    def of(cls, folder: pathlib.Path) -> Self:
        """The weights that stand in a model's folder. ValueError where they are none."""
        path = folder / FILE
        if not path.is_file():
            return cls()
        try:
            stored = json.loads(path.read_text("utf-8"))
            found = cls(float(stored["dense"]), float(stored["short"]), int(stored["short_length"]))
        except (KeyError, TypeError) as error:
            raise ValueError(f"{path}: {error!r}") from error
        if not (0 <= found.dense <= 1 and 0 <= found.short <= 1 and found.short_length >= 0):
            raise ValueError(f"{path}: weights lie between 0 and 1")
        return found
