"""What the committee adds to the ranking: its order among equals, and false filings shut out; and a list's digest."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contests.selection.choice import Selection


@dataclass(frozen=True)
class Ballot:
    """`order`: places among equals, by entry; it lifts nobody over a better rank. `excluded`: entries shut out."""

    order: Mapping[uuid.UUID, int] = field(default_factory=dict)
    excluded: frozenset[uuid.UUID] = frozenset()

    def document(self) -> dict[str, Any]:
        return {"order": {str(key): place for key, place in self.order.items()},
                "excluded": sorted(map(str, self.excluded))}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Ballot":
        return cls({uuid.UUID(key): place for key, place in document["order"].items()},
                   frozenset(map(uuid.UUID, document["excluded"])))


def digest(selection: Selection) -> str:
    """SHA-256, in hexadecimal, of every entry's rank, points and grade. The order of rows does not change it."""
    lines = sorted([str(one.key), one.ranked.rank, str(one.ranked.points), one.grade.code if one.grade else None]
                   for one in selection.placed)
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
