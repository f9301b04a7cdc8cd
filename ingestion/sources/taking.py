"""What a person does with an entry: make a draft of it, put it aside, or take note that it changed."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ingestion import demands
from ingestion.capabilities import CapabilityForm
from ingestion.demand_forms import TITLE, ProblemForm
from models.accounts import User
from models.audit import record
from models.base import now
from models.demands import Demand
from models.errors import NotFound
from models.sources import SourceEntry, WatchedSource

STATES = {
    "new": (SourceEntry.taken_at.is_(None), ~SourceEntry.ignored),
    "changed": (SourceEntry.taken_at.is_not(None), SourceEntry.digest != SourceEntry.taken_digest),
    "taken": (SourceEntry.taken_at.is_not(None), SourceEntry.digest == SourceEntry.taken_digest),
    "ignored": (SourceEntry.taken_at.is_(None), SourceEntry.ignored),
}
"""Each entry is in exactly one."""


@dataclass(frozen=True)
class Counts:
    """Entries of one source by state."""

    new: int = 0
    changed: int = 0
    taken: int = 0
    ignored: int = 0


def counts(session: Session, source: WatchedSource) -> Counts:
    found = session.execute(select(*(func.count().filter(*terms).label(state) for state, terms in STATES.items()))
                            .select_from(SourceEntry).where(SourceEntry.source_id == source.id)).one()
    return Counts(**found._mapping)


def entries_of(session: Session, source: WatchedSource, state: str, offset: int, size: int) -> list[SourceEntry]:
    """A page of the entries in one state, newest first."""
    return list(session.scalars(select(SourceEntry).where(SourceEntry.source_id == source.id, *STATES[state])
                                .order_by(SourceEntry.found_at.desc(), SourceEntry.id).offset(offset).limit(size)))


def entry_of(session: Session, actor: User, entry_id: uuid.UUID) -> SourceEntry:
    """NotFound unless it is of the actor's own source."""
    entry = session.get(SourceEntry, entry_id)
    if entry is None or entry.source.owner_id != actor.id:
        raise NotFound("没有找到这一条")
    return entry


def take_as_demand(session: Session, actor: User, entry: SourceEntry) -> Demand:
    """The draft demand of an entry, made at the first call. Flushes."""
    made = session.get(Demand, entry.id)
    if made is None:
        form = ProblemForm(entry.title[:TITLE], "\n".join(filter(None, (entry.text, _where(entry)))))
        made = demands.create_draft(session, actor, form, whole=False, key=entry.id)
    mark_taken(session, actor, entry)
    return demands.own(actor, made)


def capability_form(entry: SourceEntry, field: str = "") -> CapabilityForm:
    """What the form of a new capability is filled with."""
    return CapabilityForm(entry.title[:TITLE], entry.text[:2000], field)


def mark_taken(session: Session, actor: User, entry: SourceEntry) -> None:
    """Note that a posting was made of the entry as it reads now, or that its change was seen. Flushes."""
    entry.taken_at, entry.taken_digest, entry.ignored = entry.taken_at or now(), entry.digest, False
    session.flush()
    record(session, actor, "source_entry.taken", entry)


def put_aside(session: Session, actor: User, entry: SourceEntry, ignored: bool = True) -> None:
    """Take an entry off the list of new ones, or put it back. Flushes."""
    entry.ignored = ignored
    session.flush()
    record(session, actor, "source_entry.ignored" if ignored else "source_entry.restored", entry)


def _where(entry: SourceEntry) -> str:
    return f"来源：{entry.link}" if entry.link else ""
