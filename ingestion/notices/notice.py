"""What a notice says, as values, each with the words of the original text it was read from."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Source:
    """Where a value stands in the text as it was received: `quote` is text[start:end], damage included."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Value(Generic[T]):
    """A value and its source; both None where the notice is silent."""

    value: T | None
    source: Source | None


SILENT: Value = Value(None, None)


@dataclass(frozen=True)
class Track:
    """A group (组别, 赛道, 赛项). `code` as the notice prints it."""

    code: Value[str]
    name: Value[str]
    entrants: Value[str]


@dataclass(frozen=True)
class Phase:
    """A step. Both days are inclusive; a month or a 旬 is read as its first and last day."""

    name: Value[str]
    starts_on: Value[dt.date]
    ends_on: Value[dt.date]


@dataclass(frozen=True)
class Indicator:
    """What is judged. `weight` is a share of 1."""

    track: Value[str]
    name: Value[str]
    weight: Value[Decimal]


@dataclass(frozen=True)
class Material:
    track: Value[str]
    name: Value[str]


@dataclass(frozen=True)
class Quota:
    """A count with its bound: `bound` is at_most, at_least or exactly, always with the number itself included.

    `per` is the whole of which it is counted (同一企业, 各地区), `unit` the counted thing's measure word, 比例 for a share.
    """

    name: Value[str]
    per: Value[str]
    bound: Value[str]
    number: Value[Decimal]
    unit: Value[str]


@dataclass(frozen=True)
class Award:
    """`places` per track; amounts in 元, both bounds inclusive."""

    track: Value[str]
    name: Value[str]
    places: Value[int]
    amount_min: Value[Decimal]
    amount_max: Value[Decimal]


@dataclass(frozen=True)
class Deadline:
    """`on`: the last day, inclusive. `within`: a limit or a yearly date, in the notice's words."""

    name: Value[str]
    on: Value[dt.date]
    within: Value[str]


@dataclass(frozen=True)
class Annex:
    """`present`: whether its text came with the notice."""

    name: Value[str]
    present: Value[bool]


@dataclass(frozen=True)
class Contact:
    """`kind` is 联系人, 电话, 传真, 邮箱, 地址, 邮编, 网址 or 单位."""

    kind: Value[str]
    value: Value[str]


@dataclass(frozen=True)
class Notice:
    """A notice as read. `missing` names each silent value, `warnings` what contradicts itself or wants a look."""

    title: Value[str]
    document_number: Value[str]
    registration_number: Value[str]
    """The number under which a normative document is registered (规范性文件登记号); most notices have none."""
    issuers: tuple[Value[str], ...]
    issued_on: Value[dt.date]
    addressees: tuple[Value[str], ...]
    tracks: tuple[Track, ...] = ()
    phases: tuple[Phase, ...] = ()
    eligibility: tuple[Value[str], ...] = ()
    indicators: tuple[Indicator, ...] = ()
    materials: tuple[Material, ...] = ()
    quotas: tuple[Quota, ...] = ()
    awards: tuple[Award, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    annexes: tuple[Annex, ...] = ()
    contacts: tuple[Contact, ...] = ()
    missing: tuple[str, ...] = ()
    warnings: tuple[Value[str], ...] = ()
    repairs: tuple[Value[str], ...] = ()
