"""What a plan could not keep, why, and what would help: no shortage without its reason. Arrays in, arrays out.

A demand or an expert that got less than it was promised is traced through the plan: from the experts who fit it, over
the meetings they have, to the other experts who could take those (the residual network of the flow). All of them at
their limit is the cut that binds. What to relax is not guessed: each remedy is tried by arranging the whole day again,
and its gain is the number of promised meetings that the new plan keeps and the old one did not.
"""

from dataclasses import dataclass, replace

import numpy as np

from matching.days.assignment import assign, counts, floors_met
from matching.days.matching_day import Plan, arrange
from matching.days.remedies import Bound, Remedy
from matching.days.timetable import Day, tightened

MOST_TRIED = 8
"""Remedies about single people that are tried, those that stand in most cuts first."""


@dataclass(frozen=True)
class Relaxation:
    """A remedy, whom it concerns (-1: the whole day), and how many more promised meetings it makes possible."""

    remedy: Remedy
    subject: int
    gain: int


@dataclass(frozen=True)
class Leftover:
    """A party short of its promise. `cut`: the numbers of those on the other side whose limits bind."""

    expert_side: bool
    party: int
    short: int
    bound: Bound
    cut: tuple[int, ...]
    relaxations: tuple[Relaxation, ...]


@dataclass(frozen=True)
class _Short:
    """A party that got less than promised, with the pairs it has and those that the day allows it."""

    expert_side: bool
    party: int
    short: int
    pairs: np.ndarray
    usable: np.ndarray


def leftovers(day: Day, plan: Plan) -> list[Leftover]:
    """Everybody short of a promise, demands before experts, by number; each with the bound and the tried remedies."""
    found = [(one, *_diagnose(day, plan, one)) for one in _short(day, plan)]
    gains = _Trials(day, plan)
    told = []
    for one, bound, cut in found:
        remedies = _remedies(day, one, bound, cut)
        tried = sorted((Relaxation(remedy, subject, gains.of(remedy, subject)) for remedy, subject in remedies),
                       key=lambda r: -r.gain)
        helping = tuple(r for r in tried if r.gain > 0) or (Relaxation(Remedy.invite, -1, 0),)
        told.append(Leftover(one.expert_side, one.party, one.short, bound, cut, helping))
    return told


def _short(day: Day, plan: Plan) -> list[_Short]:
    market, usable = day.market, ~tightened(day).forbidden | plan.met
    found = []
    for expert_side, got, least in zip((False, True), counts(market, plan.met), (market.least, market.load_least),
                                       strict=True):
        side = market.expert if expert_side else market.demand
        for party in np.flatnonzero(got < least).tolist():
            pairs = np.flatnonzero(side == party)
            found.append(_Short(expert_side, party, int(least[party] - got[party]), pairs, pairs[usable[pairs]]))
    return found


def _diagnose(day: Day, plan: Plan, one: _Short) -> tuple[Bound, tuple[int, ...]]:
    """(what binds, whose limits it is made of)."""
    market, left = day.market, one.usable[~plan.met[one.usable]]
    other = market.demand if one.expert_side else market.expert
    if not len(one.pairs):
        return Bound.nobody_fits, ()
    if market.forbidden[one.pairs].all():
        return Bound.excluded, tuple(np.unique(other[one.pairs]).tolist())
    if not len(left):
        hours = ~market.forbidden[one.pairs] & ~plan.met[one.pairs]
        bound = Bound.no_common_slot if hours.any() else Bound.nobody_fits
        return bound, tuple(np.unique(other[one.pairs[hours]]).tolist())
    if _own_limit(day, plan, one):
        return Bound.own_limit, ()
    reach, spare = _reach(day, plan, one, left)
    if not spare:
        return Bound.all_full, reach
    full = plan.met.sum() >= min(day.slots * day.tables, market.places)
    return (Bound.tables if full else Bound.no_common_slot), reach


def _own_limit(day: Day, plan: Plan, one: _Short) -> bool:
    """Whether the party, or the enterprise behind it, has as many meetings as it may or has slots for."""
    held, (got, load) = tightened(day), counts(day.market, plan.met)
    if one.expert_side:
        return bool(load[one.party] >= held.load_most[one.party])
    firm = held.firm[one.party]
    return bool(got[one.party] >= held.most[one.party] or got[held.firm == firm].sum() >= held.firm_most[firm])


def _reach(day: Day, plan: Plan, one: _Short, left: np.ndarray) -> tuple[tuple[int, ...], bool]:
    """(the other side's parties that alternating paths reach, whether one of them could take another meeting)."""
    held, usable = tightened(day), ~tightened(day).forbidden
    here, other = (held.expert, held.demand) if one.expert_side else (held.demand, held.expert)
    met_count = counts(held, plan.met)
    limit = held.most if one.expert_side else held.load_most
    got = met_count[0] if one.expert_side else met_count[1]
    reached, wave = np.zeros(len(limit), bool), np.unique(other[left])
    while wave.size:
        reached[wave] = True
        movers = np.unique(here[plan.met & np.isin(other, wave)])
        onward = usable & ~plan.met & np.isin(here, movers)
        wave = np.setdiff1d(np.unique(other[onward]), np.flatnonzero(reached))
    return tuple(np.flatnonzero(reached).tolist()), bool((got < limit)[reached].any())


def _remedies(day: Day, one: _Short, bound: Bound, cut: tuple[int, ...]) -> list[tuple[Remedy, int]]:
    """What might help against this bound: the whole day's remedies first, then those about single people."""
    whole = [(Remedy.slot, -1), (Remedy.table, -1)]
    person = (Remedy.demand_most if one.expert_side else Remedy.expert_load)
    hours = [(Remedy.firm_hours, int(day.market.firm[d])) for d in cut] if one.expert_side \
        else [(Remedy.expert_hours, e) for e in cut]
    mine = (Remedy.expert_hours, one.party) if one.expert_side else (Remedy.firm_hours, int(day.market.firm[one.party]))
    return {
        Bound.nobody_fits: [], Bound.excluded: [],
        Bound.no_common_slot: [*whole, mine, *hours[:MOST_TRIED]],
        Bound.own_limit: [(Remedy.slot, -1), mine,
                          (Remedy.expert_load if one.expert_side else Remedy.demand_most, one.party)],
        Bound.all_full: [*whole, *((person, party) for party in cut[:MOST_TRIED])],
        Bound.tables: whole,
    }[bound]


class _Trials:
    """Arranges the day anew under one remedy; each is tried once, however many ask."""

    def __init__(self, day: Day, plan: Plan):
        self.day, self.kept = day, floors_met(day.market, plan.met)[1]
        self.known: dict[tuple[Remedy, int], int] = {}

    def of(self, remedy: Remedy, subject: int) -> int:
        """How many more promised meetings the day would keep. Only what the flow promises is arranged in full."""
        key = (remedy, subject)
        if key not in self.known:
            changed = relaxed(self.day, remedy, subject)
            gain = floors_met(changed.market, assign(tightened(changed)))[1] - self.kept
            if gain > 0:
                gain = floors_met(changed.market, arrange(changed).met)[1] - self.kept
            self.known[key] = max(0, gain)
        return self.known[key]


def relaxed(day: Day, remedy: Remedy, subject: int) -> Day:
    """The day with one constraint relaxed. Whoever is there in the last slot stays for one more."""
    market = day.market
    if remedy is Remedy.slot:
        return replace(day, firm_open=_longer(day.firm_open), expert_open=_longer(day.expert_open),
                       market=replace(market, places=market.places + day.tables))
    if remedy is Remedy.table:
        return replace(day, tables=day.tables + 1, market=replace(market, places=market.places + day.slots))
    if remedy is Remedy.expert_load:
        return replace(day, market=replace(market, load_most=_one_more(market.load_most, subject)))
    if remedy is Remedy.demand_most:
        return replace(day, market=replace(market, most=_one_more(market.most, subject)))
    if remedy is Remedy.expert_hours:
        return replace(day, expert_open=_all_day(day.expert_open, subject))
    if remedy is Remedy.firm_hours:
        return replace(day, firm_open=_all_day(day.firm_open, subject))
    return day


def _longer(there: np.ndarray) -> np.ndarray:
    return np.hstack([there, there[:, -1:]])


def _all_day(there: np.ndarray, party: int) -> np.ndarray:
    changed = there.copy()
    changed[party] = True
    return changed


def _one_more(limit: np.ndarray, party: int) -> np.ndarray:
    changed = limit.copy()
    changed[party] += 1
    return changed

