"""What became of a pair, and what that says about whether the two fit: the one table that learning rests on.

A gain from 0 (they do not fit) to 1 (they worked together), and a weight: how surely it says so. A reason that is not
about the match (no time, too far, the price) teaches nothing, whoever gave it.
"""

import datetime as dt
import enum
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from models.capabilities import DismissalCode
from models.engagements import EndCode

Pair = tuple[uuid.UUID, uuid.UUID]
"""A demand's id and its candidate's: the expert, or the capability that came without one."""


class Kind(enum.StrEnum):
    """In order of precedence: of all that is known of one pair, the last counts."""

    looked = "looked"
    """Read down to: opened, followed or taken up, or passed over on the way to one that was."""
    interest = "interest"
    """One side asked, the other has not answered."""
    talk = "talk"
    """Both agreed to talk."""
    visit = "visit"
    trial = "trial"
    refused = "refused"
    """Turned down, or ended, for a reason that is about the match."""
    contract = "contract"
    collaboration = "collaboration"
    """Confirmed by both sides; verified or not."""


ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Worth:
    gain: float
    weight: float


NOTHING: Worth | None = None

REACHED = {
    Kind.collaboration: Worth(1.0, 1.0), Kind.contract: Worth(0.9, 0.8), Kind.trial: Worth(0.8, 0.8),
    Kind.visit: Worth(0.6, 0.6), Kind.talk: Worth(0.5, 0.4), Kind.interest: Worth(0.4, 0.2),
}
"""How far they came."""

LOOKED = Worth(0.2, 0.1)
"""What a look is worth: the gain between liked and passed over, and the weight of one; it is no outcome by itself."""
MOST_LOOKS = 5
"""Looks at one pair that count: half an outcome at most."""

_WRONG_FIELD, _OUT_OF_REACH = Worth(0.0, 1.0), Worth(0.15, 0.7)
"""Out of reach is the right field with the wrong figure: nearer than another field."""

ENDED: dict[EndCode, Worth | None] = {
    EndCode.other_field: _WRONG_FIELD, EndCode.target_out_of_reach: _OUT_OF_REACH,
    EndCode.price: NOTHING, EndCode.schedule: NOTHING, EndCode.ownership: NOTHING, EndCode.chose_another: NOTHING,
    EndCode.no_reply: NOTHING, EndCode.demand_changed: NOTHING, EndCode.other: NOTHING,
}
"""Why an engagement ended or an introduction was refused. NOTHING: how far they had come counts, from a visit on."""

DISMISSED: dict[DismissalCode, Worth | None] = {
    DismissalCode.other_field: _WRONG_FIELD, DismissalCode.target_out_of_reach: _OUT_OF_REACH,
    DismissalCode.no_time: NOTHING, DismissalCode.too_far: NOTHING, DismissalCode.budget: NOTHING,
    DismissalCode.known_already: NOTHING, DismissalCode.other: NOTHING,
}


@dataclass(frozen=True)
class Outcome:
    """What is known of one pair. `at`: when it came to be known; `position`: its place in the list it began with."""

    pair: Pair
    kind: Kind
    gain: float
    weight: float
    at: dt.datetime
    position: int = 0
    """From 1; 0 where it did not begin with a recommendation."""

    @property
    def relative(self) -> bool:
        """Whether `gain` is a difference from what was to be expected, and not what became of the pair."""
        return self.kind is Kind.looked


def outcome(pair: Pair, kind: Kind, worth: Worth, at: dt.datetime) -> Outcome:
    return Outcome(pair, kind, worth.gain, worth.weight, at)


def strongest(outcomes: Iterable[Outcome]) -> dict[Pair, Outcome]:
    """One outcome a pair: by precedence, then the latest, then the lower gain."""
    best: dict[Pair, Outcome] = {}
    for one in outcomes:
        held = best.get(one.pair)
        if held is None or _rank(one) > _rank(held):
            best[one.pair] = one
    return best


def _rank(one: Outcome) -> tuple[int, dt.datetime, float]:
    return ORDER[one.kind], one.at, -one.gain
