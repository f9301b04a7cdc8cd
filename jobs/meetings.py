"""Arranging a matching day: who takes part and what was promised from engagements, who fits from matching.

A request is a row; the worker takes the oldest, solves without holding a transaction, and writes the plan down. Killed
in between, it finds the row queued and starts anew: the same day gives the same plan.
"""

import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import structlog
from sqlalchemy import select

from engagements.meetings.clock import Slot, is_there, slots_of
from engagements.meetings.participants import Guest, demands, guests
from engagements.meetings.plans import (
    Arranged,
    Candidate,
    Left,
    Placed,
    base_of,
    fail_plan,
    held_fast,
    store_plan,
    turned_down,
)
from jobs.fits import Fitting, fitting_pairs
from matching.days.assignment import Market
from matching.days.leftovers import Leftover, leftovers
from matching.days.matching_day import Plan, arrange, figures
from matching.days.remedies import Remedy
from matching.days.timetable import Day
from matching.searcher import Searcher
from models.database import Database, Reader
from models.meetings import DayDemand, MatchingDay, MeetingPlan, PlanState, Terms

log = structlog.get_logger()
FAULT = "排的时候出了错，已经记下来。可以再排一次；还不行请告诉管理员"


_busy = threading.Lock()
"""One matching day at a time in a process."""


@dataclass(frozen=True)
class Programme:
    """One day as numbers, and whom the numbers stand for."""

    day: Day
    tables: np.ndarray
    """int (pairs,): the table of a pair that is held fast, -1 for all others."""
    pairs: Sequence[Fitting]
    demands: Sequence[DayDemand]
    guests: Sequence[Guest]
    firms: Sequence[uuid.UUID]


def start(database: Database, searcher: Callable[[], Searcher]) -> threading.Thread | None:
    """Arrange what is queued in a thread of its own, so that nothing else waits; None where nothing is, or one runs."""
    if _busy.locked() or _next(database) is None:
        return None
    thread = threading.Thread(target=_alone, args=(database, searcher), name="matching day", daemon=True)
    thread.start()
    return thread


def _alone(database: Database, searcher: Callable[[], Searcher]) -> None:
    if _busy.acquire(blocking=False):
        try:
            arrange_queued(database, searcher())
        finally:
            _busy.release()


def arrange_queued(database: Database, searcher: Searcher) -> int:
    """Arrange every day that was asked for, oldest request first; how many."""
    done = 0
    while (plan_id := _next(database)) is not None:
        try:
            found = arrange_plan(database.read, searcher, plan_id)
            with database.write() as session:
                store_plan(session, session.get(MeetingPlan, plan_id), found)
        except Exception:  # one day that cannot be arranged must not hold up the others; staff read that it failed
            log.exception("matching day not arranged", plan=str(plan_id))
            with database.write() as session:
                fail_plan(session, session.get(MeetingPlan, plan_id), FAULT)
        done += 1
    return done


def arrange_plan(read: Reader, searcher: Searcher, plan_id: uuid.UUID) -> Arranged:
    """The best plan for the day as it stands now. Reads in short transactions, solves in none."""
    programme = programme_of(read, searcher, plan_id)
    arranged = arrange(programme.day, programme.tables)
    left = leftovers(programme.day, arranged)
    return Arranged(_placed(programme, arranged), [
        Candidate(one.demand_id, one.expert_id, one.good, one.value) for one in programme.pairs if not one.excluded],
        [_left(programme, one) for one in left], _figures(programme, arranged))


def programme_of(read: Reader, searcher: Searcher, plan_id: uuid.UUID) -> Programme:
    """The day in numbers: parties in order of their ids, so that the same day is the same problem."""
    with read() as session:
        day = session.get(MeetingPlan, plan_id).day
        slots, base = slots_of(day), base_of(session, day)
        asked, coming = demands(session, day), guests(session, day)
        known = {row.demand_id for row in asked}, {guest.expert.id for guest in coming}
        held = {(one.demand_id, one.expert_id): (one.slot, one.table) for one in held_fast(base)
                if one.demand_id in known[0] and one.expert_id in known[1] and one.slot < day.slots}
        declined = turned_down(base)
    pairs = fitting_pairs(read, searcher, day, asked, coming, held.keys(), declined)
    firms = sorted({row.demand.organisation_id for row in asked})
    places = [held.get((one.demand_id, one.expert_id), (-1, -1)) for one in pairs]
    slot, table = np.array(places, int).reshape(-1, 2).T
    return Programme(_day(day, slots, asked, coming, firms, pairs, slot), table, pairs, asked, coming, firms)


def _day(day: MatchingDay, slots: Sequence[Slot], asked: Sequence[DayDemand], coming: Sequence[Guest],
         firms: Sequence[uuid.UUID], pairs: Sequence[Fitting], pinned_slot: np.ndarray) -> Day:
    number = {key: place for parties in ([row.demand_id for row in asked], [one.expert.id for one in coming], firms)
              for place, key in enumerate(parties)}
    limits = [_limits(asked, day.demand_least, day.demand_most),
              _limits([guest.terms for guest in coming], day.expert_least, day.expert_most)]
    market = Market(
        demand=np.array([number[one.demand_id] for one in pairs], int),
        expert=np.array([number[one.expert_id] for one in pairs], int),
        value=np.array([one.value for one in pairs], float),
        firm=np.array([number[row.demand.organisation_id] for row in asked], int),
        least=limits[0][0], most=limits[0][1], load_least=limits[1][0], load_most=limits[1][1],
        firm_most=np.full(len(firms), day.slots), places=day.slots * day.tables,
        forbidden=np.array([one.excluded for one in pairs], bool), pinned=pinned_slot >= 0)
    firm_open = np.ones((len(firms), len(slots)), bool)
    for row in asked:  # an enterprise that brings several demands is there when all of them are
        firm_open[number[row.demand.organisation_id]] &= [is_there(slot, row) for slot in slots]
    expert_open = [[is_there(slot, guest.terms) for slot in slots] for guest in coming]
    return Day(market, firm_open, np.array(expert_open, bool).reshape(len(coming), len(slots)), day.tables, pinned_slot)


def _limits(terms: Sequence[Terms | None], least: int, most: int) -> tuple[np.ndarray, np.ndarray]:
    """int (parties,) twice: promised and allowed, the day's own figures where nothing else was agreed."""
    promised = [least if one is None or one.least is None else one.least for one in terms]
    allowed = [most if one is None or one.most is None else one.most for one in terms]
    return np.minimum(promised, allowed).astype(int), np.array(allowed, int)


def _placed(programme: Programme, plan: Plan) -> list[Placed]:
    firm = {row.demand_id: row.demand.organisation_id for row in programme.demands}
    return [Placed(one.demand_id, one.expert_id, firm[one.demand_id], int(slot), int(table))
            for one, slot, table in zip(programme.pairs, plan.slot, plan.table, strict=True) if slot >= 0]


def _figures(programme: Programme, plan: Plan) -> dict:
    shown, market = figures(programme.day, plan), programme.day.market
    met_demands, met_experts = market.demand[plan.met], market.expert[plan.met]
    return {"meetings": shown.meetings, "demands": len(set(met_demands.tolist())), "of_demands": len(programme.demands),
            "experts": len(set(met_experts.tolist())), "of_experts": len(programme.guests),
            "total": round(shown.total, 3), "alone": round(shown.alone, 3), "evenness": round(shown.evenness, 4),
            "worst": round(shown.worst, 4), "proven": plan.proven}


def _left(programme: Programme, left: Leftover) -> Left:
    def expert(number: int) -> str:
        return str(programme.guests[number].expert.id)

    def demand(number: int) -> str:
        return str(programme.demands[number].demand_id)

    named = {Remedy.expert_load: expert, Remedy.expert_hours: expert, Remedy.demand_most: demand,
             Remedy.firm_hours: lambda number: str(programme.firms[number])}
    relaxations = [{"remedy": one.remedy.value, "gain": one.gain,
                    "subject": named[one.remedy](one.subject) if one.remedy in named else ""}
                   for one in left.relaxations]
    party = {"expert_id": programme.guests[left.party].expert.id} if left.expert_side \
        else {"demand_id": programme.demands[left.party].demand_id}
    return Left(left.short, left.bound.value, cut=list(map(demand if left.expert_side else expert, left.cut)),
                relaxations=relaxations, **party)


def _next(database: Database) -> uuid.UUID | None:
    with database.read() as session:
        return session.scalar(select(MeetingPlan.id).where(MeetingPlan.state == PlanState.queued)
                              .order_by(MeetingPlan.requested_at, MeetingPlan.id).limit(1))
