"""The facts an entry stands on, as plain values: what a track's rules look at when it is handed in."""

import datetime as dt
import uuid
from dataclasses import dataclass

from contests.rules.claim import Entrant


@dataclass(frozen=True)
class Member:
    """One member in the entry's order; `user_id` where they have an account here."""

    name: str
    kind: str
    organisation: str = ""
    student: bool = False
    defender: bool = False
    chair: bool = False
    side: str = "outside"
    user_id: uuid.UUID | None = None


@dataclass(frozen=True)
class EarlierEntry:
    """An entry that stands in the same contest: who filed it, for whom, where."""

    filer_id: uuid.UUID
    name: str
    track: str
    members: frozenset[tuple[str, str]] = frozenset()
    """Names with organisations."""


@dataclass(frozen=True)
class Unit:
    """A unit that holds a class of GB/T 4754."""

    name: str
    industry_code: str


@dataclass(frozen=True)
class EntryFacts:
    """One entry. Days are calendar days in Asia/Shanghai, None where that has not happened."""

    entrant: Entrant
    filer_id: uuid.UUID
    members: tuple[Member, ...] = ()
    mode: str = ""
    industry_code: str = ""
    received_on: dt.date | None = None
    dispatched_on: dt.date | None = None
    earlier: tuple[EarlierEntry, ...] = ()
    taken: tuple[Unit, ...] = ()
