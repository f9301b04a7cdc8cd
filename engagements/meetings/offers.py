"""Who could take a place that became free: the pairs that fit, both there, both free, within their limits."""

import uuid
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagements.meetings.clock import Slot, is_there, slots_of
from engagements.meetings.participants import demands, guests
from engagements.meetings.plans import turned_down
from models.accounts import Expert
from models.demands import Demand
from models.meetings import DayCandidate, Meeting, MeetingPlan, MeetingState, Terms

MOST = 3
FREED = (MeetingState.declined, MeetingState.cancelled)


@dataclass(frozen=True)
class Offer:
    """A pair that could meet in a freed place."""

    demand: Demand
    expert: Expert
    good: bool
    slot: int
    table: int


def offers(session: Session, plan: MeetingPlan) -> dict[uuid.UUID, list[Offer]]:
    """Freed meeting → up to three pairs for its place, those who lost this meeting first, then by fit. Empty: nobody.

    Only places that nobody has taken since are looked at.
    """
    taken = {(one.slot, one.table) for one in plan.meetings if one.live}
    freed = [one for one in plan.meetings if one.state in FREED and (one.slot, one.table) not in taken]
    if not freed:
        return {}
    floor = _Floor(session, plan)
    return {one.id: floor.offers(one) for one in freed}


class _Floor:
    """Who is busy when, as the plan stands."""

    def __init__(self, session: Session, plan: MeetingPlan):
        live = [one for one in plan.meetings if one.live]
        self.day, self.slots = plan.day, slots_of(plan.day)
        self.busy = {(one.slot, party) for one in live for party in (one.expert_id, one.organisation_id)}
        self.count = Counter(party for one in live for party in (one.expert_id, one.demand_id))
        self.closed = {(one.demand_id, one.expert_id) for one in live} | turned_down(plan)
        self.demands = {row.demand_id: row for row in demands(session, plan.day)}
        self.guests = {guest.expert.id: guest for guest in guests(session, plan.day)}
        self.pairs = [row for row in session.scalars(
            select(DayCandidate).where(DayCandidate.activity_id == plan.activity_id)
            .order_by(DayCandidate.value.desc(), DayCandidate.demand_id, DayCandidate.expert_id))
            if row.demand_id in self.demands and row.expert_id in self.guests]

    def offers(self, freed: Meeting) -> list[Offer]:
        if freed.slot >= len(self.slots):
            return []
        slot = self.slots[freed.slot]
        able = [pair for pair in self.pairs if self._able(pair, slot)]
        able.sort(key=lambda pair: pair.demand_id != freed.demand_id and pair.expert_id != freed.expert_id)
        return [Offer(self.demands[pair.demand_id].demand, self.guests[pair.expert_id].expert, pair.good, freed.slot,
                      freed.table) for pair in able[:MOST]]

    def _able(self, pair: DayCandidate, slot: Slot) -> bool:
        row, guest = self.demands[pair.demand_id], self.guests[pair.expert_id]
        return ((pair.demand_id, pair.expert_id) not in self.closed
                and (slot.number, pair.expert_id) not in self.busy
                and (slot.number, row.demand.organisation_id) not in self.busy
                and is_there(slot, row) and is_there(slot, guest.terms)
                and self.count[pair.demand_id] < _most(row, self.day.demand_most)
                and self.count[pair.expert_id] < _most(guest.terms, self.day.expert_most))


def _most(terms: Terms | None, usual: int) -> int:
    return usual if terms is None or terms.most is None else terms.most

