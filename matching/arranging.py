"""The order of a page: the verdict word first, then who has room, then the score, so that nobody fills the page alone.

Greedy re-ranking with a bounded lift and a cap a laboratory, as in Carbonell and Goldstein, MMR (SIGIR 1998), but by
whole places: each move has a reason that can be written beside it, and the same data give the same order.
"""

import enum
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from matching.pairing import Pairing, covered

PAGE, FROM_ONE = 5, 2
"""Of one organisation at most two stand among any five, as long as others of the same verdict wait."""
LIFT = 2
"""Places that somebody new may be moved up, past others who cover as many required targets and are not new."""


class Note(enum.StrEnum):
    """Why somebody stands where he or she stands, where that is not the score alone."""

    full = "full"
    """Holds as many engagements as he or she wants: after everybody of the same verdict who has room."""
    new = "new"
    """Came lately and has hardly been seen: moved up by a place or two among equals."""
    others_behind = "others_behind"
    """Colleagues of the same organisation stand further down."""


@dataclass(frozen=True)
class Standing:
    """What the order takes into account of a candidate beside the match."""

    organisation: str = ""
    full: bool = False
    new: bool = False


@dataclass(frozen=True)
class Placed:
    """A pairing in its place. `behind`: colleagues of the same organisation further down the list."""

    pairing: Pairing
    notes: tuple[Note, ...] = ()
    behind: int = 0


NOBODY = Standing()


def arrange(pairings: Sequence[Pairing], standing: Mapping[str, Standing]) -> list[Placed]:
    """`pairings` come best first, good before partial. `standing`: by candidate key; who is missing is unknown."""
    placed: list[Placed] = []
    for group in _groups(pairings, standing):
        lifted, moved = _lift(group, standing)
        placed += [_placed(pairing, standing, pairing.key in moved) for pairing in _spread(lifted, standing)]
    return _with_colleagues(placed, standing)


def _groups(pairings: Sequence[Pairing], standing: Mapping[str, Standing]) -> Iterable[list[Pairing]]:
    """Those of one verdict who have room, then those of it who have none."""
    for word in dict.fromkeys(pairing.fit for pairing in pairings):
        for full in (False, True):
            yield [p for p in pairings if p.fit is word and standing.get(p.key, NOBODY).full is full]


def _lift(group: list[Pairing], standing: Mapping[str, Standing]) -> tuple[list[Pairing], set[str]]:
    """The group with each newcomer moved up by at most `LIFT` places among equals, and who was moved."""
    order, moved = list(group), set()
    for pairing in group:
        if not standing.get(pairing.key, NOBODY).new:
            continue
        at = start = order.index(pairing)
        while at > max(0, start - LIFT) and _may_pass(pairing, order[at - 1], standing):
            at -= 1
        if at < start:
            order.insert(at, order.pop(start))
            moved.add(pairing.key)
    return order, moved


def _may_pass(newcomer: Pairing, other: Pairing, standing: Mapping[str, Standing]) -> bool:
    return (not standing.get(other.key, NOBODY).new
            and covered(newcomer.reasons) >= covered(other.reasons))


def _spread(group: list[Pairing], standing: Mapping[str, Standing]) -> list[Pairing]:
    """The next of the group whose organisation does not yet stand `FROM_ONE` times among the last places of a page."""
    waiting, order = list(group), []
    while waiting:
        recent = Counter(standing.get(p.key, NOBODY).organisation for p in order[-(PAGE - 1):])
        allowed = (p for p in waiting if not (name := standing.get(p.key, NOBODY).organisation)
                   or recent[name] < FROM_ONE)
        chosen = next(allowed, waiting[0])
        waiting.remove(chosen)
        order.append(chosen)
    return order


def _placed(pairing: Pairing, standing: Mapping[str, Standing], moved: bool) -> Placed:
    full = standing.get(pairing.key, NOBODY).full
    return Placed(pairing, tuple([Note.full] * full + [Note.new] * moved))


def _with_colleagues(placed: list[Placed], standing: Mapping[str, Standing]) -> list[Placed]:
    """Each organisation's last one within the first page says how many of it stand further down."""
    names = [standing.get(one.pairing.key, NOBODY).organisation for one in placed]
    behind = Counter(name for name in names[PAGE:] if name)
    last = {name: i for i, name in enumerate(names[:PAGE]) if behind[name]}
    return [replace(one, notes=(*one.notes, Note.others_behind), behind=behind[names[i]])
            if last.get(names[i]) == i else one for i, one in enumerate(placed)]
