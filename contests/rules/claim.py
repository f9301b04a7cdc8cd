"""The facts a claim stands on, as plain values: what the rules look at instead of the database."""

import datetime as dt
import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Entrant:
    """Who claims or enters. `admitted_on` is the 入驻 day, None where they are not admitted (or no longer).

    `organisation_class` is what an organisation is (参公事业单位, 社会组织 …); `meets` the codes of the conditions that
    they declared and staff accepted.
    """

    id: uuid.UUID
    name: str
    kind: str
    admitted_on: dt.date | None
    organisation_class: str = ""
    meets: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Link:
    """The trail on the platform that leads to the contract; each day is None where that step is absent."""

    demand_number: str
    demand_published_on: dt.date | None
    enterprise_admitted_on: dt.date | None
    engaged_on: dt.date | None
    introduced_on: dt.date | None


@dataclass(frozen=True)
class EarlierClaim:
    """A claim already made on the same contract in the same group; `share` in per cent."""

    claimant_id: uuid.UUID
    share: int


@dataclass(frozen=True)
class Claim:
    """One person's claim on one contract in one group."""

    entrant: Entrant
    contract_number: str
    signed_on: dt.date
    share: int
    link: Link
    earlier: tuple[EarlierClaim, ...] = ()
