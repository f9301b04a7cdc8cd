"""The page of a reading: its sections and rows, and the notice's text cut where a source begins or ends."""

import bisect
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ingestion.notices.decisions import Asked, Verdict, asked, shown
from models.notices import ContestNotice

QUOTE_SHOWN = 90


@dataclass(frozen=True)
class Row:
    """One value. `typed` stands in its box; `verdict` is empty while nobody has decided."""

    one: Asked
    verdict: str
    typed: str

    @property
    def id(self) -> str:
        return row_id(self.one.path)

    @property
    def source(self) -> Mapping[str, Any] | None:
        return self.one.source

    @property
    def quote(self) -> str:
        return quoted(self.source)

    @property
    def silent(self) -> bool:
        return self.one.value is None

    @property
    def decided(self) -> bool:
        return bool(self.verdict)


@dataclass(frozen=True)
class Section:
    """The rows of one key. `items`: rows by the item that they belong to."""

    key: str
    items: list[tuple[str, list[Row]]]

    @property
    def rows(self) -> list[Row]:
        return [row for _, rows in self.items for row in rows]

    @property
    def left(self) -> int:
        return sum(not row.decided and not row.silent for row in self.rows)


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: the rows it is the source of, and those whose source begins here."""

    text: str
    rows: tuple[str, ...]
    begins: tuple[str, ...]


def quoted(source: Mapping[str, Any] | None) -> str:
    """The source's words in one line, cut where they are many."""
    words = " ".join(str(source["quote"]).split()) if source else ""
    return words if len(words) <= QUOTE_SHOWN else words[:QUOTE_SHOWN] + "……"


def row_id(path: str) -> str:
    return "v-" + path.replace(".", "-")


def sections(notice: ContestNotice, typed: Mapping[str, str]) -> list[Section]:
    """The reading in its own order; `typed` by path is what a refused form held."""
    rows = [_row(one, notice.decisions, typed) for one in asked(notice.reading)]
    order = {key: at for at, key in enumerate(notice.reading)}
    rows.sort(key=lambda row: (order[row.one.key], _place(row.one.path)))
    return [Section(key, [(label, list(of_item)) for label, of_item in itertools.groupby(of_key, _item)])
            for key, of_key in itertools.groupby(rows, lambda row: row.one.key)]


class Sourced(Protocol):
    """What was read from the text, or stands in it for another reason: `id` marks its words."""

    @property
    def id(self) -> str: ...

    @property
    def source(self) -> Mapping[str, Any] | None: ...


def pieces(text: str, rows: Iterable[Sourced]) -> list[Piece]:
    """The whole text in order, cut at every source's ends."""
    spans = [(row.source["start"], row.source["end"], row.id) for row in rows if row.source]
    edges = sorted({0, len(text), *(place for start, end, _ in spans for place in (start, end))})
    covering: list[list[str]] = [[] for _ in edges]
    begins: list[list[str]] = [[] for _ in edges]
    for start, end, row in spans:
        first, last = bisect.bisect_left(edges, start), bisect.bisect_left(edges, end)
        begins[first].append(row)
        for at in range(first, last):
            covering[at].append(row)
    return [Piece(text[low:high], tuple(covering[at]), tuple(begins[at]))
            for at, (low, high) in enumerate(itertools.pairwise(edges))]


def _row(one: Asked, decisions: Mapping[str, Any], typed: Mapping[str, str]) -> Row:
    decision = decisions.get(one.path)
    value = decision["value"] if decision and decision["verdict"] != Verdict.refused else one.value
    return Row(one, decision["verdict"] if decision else "", typed.get(one.path, shown(value)))


def _place(path: str) -> int:
    number = path.split(".")[1:2]
    return int(number[0]) if number and number[0].isdecimal() else 10**6


def _item(row: Row) -> str:
    return row.one.path.rsplit(".", 1)[0] if row.one.field != row.one.key else row.one.path
