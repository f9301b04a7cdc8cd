"""A plan as paper: the grid for the wall, a sheet for every enterprise and every expert, a card for every table.

Each says only what its reader may know. The wall and the cards are read by everybody: a confidential demand stands
there by its number, without its enterprise. An expert's sheet names the enterprise where the expert may know it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from engagements.meetings.clock import Slot, slots_of
from engagements.meetings.reading import firm_known_to, firm_named, meetings_of
from models.meetings import MatchingDay, Meeting, MeetingPlan

ANONYMOUS = "企业名称保密"
KINDS = ("grid", "firms", "experts", "tables")


@dataclass(frozen=True)
class Entry:
    """One meeting on a sheet."""

    slot: int
    time: str
    table: int
    """From 1, as people count."""
    who: str
    unit: str
    number: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """One reader's paper: the name on top, its meetings by time."""

    name: str
    unit: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Paper:
    """Everything printed of a day. `rows`: table number → the entry of each slot, None where the table is free."""

    title: str
    day: str
    place: str
    slots: list[Slot]
    rows: list[tuple[int, list[Entry | None]]]
    firms: list[Sheet]
    experts: list[Sheet]
    tables: list[Sheet]


def paper_of(session: Session, day: MatchingDay, plan: MeetingPlan | None) -> Paper:
    """The plan's live meetings on paper, in order of time; enterprises and experts by name, tables by number."""
    live = [one for one in meetings_of(session, plan) if one.live and one.slot < day.slots]
    slots, activity = slots_of(day), day.activity
    wall = [_entry(slots, one, _public_firm(one)) for one in live]
    firms = _sheets(live, lambda one: (one.demand.organisation.display_name, one.demand.organisation.name),
                    lambda one: _entry(slots, one, one.expert.name, one.expert.organisation.display_name))
    experts = _sheets(live, lambda one: (one.expert.name, one.expert.organisation.display_name),
                      lambda one: _entry(slots, one, _firm_for_expert(session, one)))
    tables = _sheets(live, lambda one: (f"{one.table + 1:03d}", ""), lambda one: _entry(
        slots, one, one.expert.name, one.expert.organisation.display_name, _public_firm(one)))
    written = f"{activity.held_on.year} 年 {activity.held_on.month} 月 {activity.held_on.day} 日"
    return Paper(activity.title, written, activity.place, slots, _grid(slots, live, wall), firms, experts,
                 [Sheet(f"{int(one.name)} 号桌", "", one.entries) for one in tables])


def _entry(slots: list[Slot], one: Meeting, who: str, unit: str = "", note: str = "") -> Entry:
    return Entry(one.slot, slots[one.slot].span, one.table + 1, who, unit, one.demand.number or "", one.demand.title,
                 note)


def _public_firm(one: Meeting) -> str:
    return one.demand.organisation.display_name if firm_named(one.demand) else ANONYMOUS


def _firm_for_expert(session: Session, one: Meeting) -> str:
    known = firm_known_to(session, one.expert.user, one.demand)
    return one.demand.organisation.display_name if known else ANONYMOUS


def _sheets(live: Iterable[Meeting], key: Callable[[Meeting], tuple[str, str]],
            entry: Callable[[Meeting], Entry]) -> list[Sheet]:
    found: dict[tuple[str, str], Sheet] = {}
    for one in live:
        found.setdefault(key(one), Sheet(*key(one))).entries.append(entry(one))
    return [found[name] for name in sorted(found)]


def _grid(slots: list[Slot], live: list[Meeting], wall: list[Entry]) -> list[tuple[int, list[Entry | None]]]:
    """Rows of the wall: an entry's `who` is the enterprise, its `unit` the expert."""
    rows: dict[int, list[Entry | None]] = {}
    for one, shown in zip(live, wall, strict=True):
        cells = rows.setdefault(one.table + 1, [None] * len(slots))
        cells[one.slot] = Entry(shown.slot, shown.time, shown.table, shown.who, one.expert.name, shown.number,
                                shown.title)
    return sorted(rows.items())
