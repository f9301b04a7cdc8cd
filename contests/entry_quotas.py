"""限报: how many entries one organisation, one district or all together may hand in."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from contests.definition import Definition
from contests.rules.kinds import EVERY_TRACK, QuotaRule
from contests.rules.outcome import Refusal
from contests.rules.quota import Counted, quota
from models.codes import division_name
from models.contests import Entry, EntryStatus


def over_quota(session: Session, entry: Entry, definition: Definition) -> list[Refusal]:
    """Every quota on entries that this one would pass, were it handed in now. Hold the season first."""
    found: list[Refusal] = []
    for rule in definition.rules_of(QuotaRule):
        if rule.on == "entries" and rule.counts in (entry.track, EVERY_TRACK):
            counted = [_counted(entry)] * (len(_beside(session, entry, rule)) + 1)
            found += quota(rule, counted, definition.source.number)
    return found


def _beside(session: Session, entry: Entry, rule: QuotaRule) -> Sequence[Entry]:
    """What is handed in and takes a place beside the entry. An organisation without an account goes by its name."""
    query = select(Entry).where(Entry.season_id == entry.season.id, Entry.id != entry.id,
                                Entry.status == EntryStatus.submitted)
    if rule.counts != EVERY_TRACK:
        query = query.where(Entry.track == entry.track)
    if rule.per == "organisation":
        query = query.where(_of_organisation(entry))
    elif rule.per == "district":
        query = query.where(Entry.district_code == entry.district_code)
    return session.scalars(query).all()


def _of_organisation(entry: Entry) -> ColumnElement[bool]:
    named = and_(Entry.employer == entry.employer, Entry.employer != "")
    return named if entry.organisation_id is None else or_(named, Entry.organisation_id == entry.organisation_id)


def _counted(entry: Entry) -> Counted:
    """The one whose places these are: all that stand beside the entry are its own organisation's or district's."""
    district = division_name(entry.district_code) if entry.district_code else ""
    return Counted(entry.employer, district)
