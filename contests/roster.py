"""The entrants of one group with what stands behind each: what staff prepare the review from."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from contests.checklist import Item, checklist
from contests.definition import Track
from contests.indicators import COUNTED, Counted, count, credited
from models.contests import Entry, EntryStatus, Evidence, EvidenceStatus, Sanction, Season
from models.contracts import Contract

ORDER = (EntryStatus.submitted, EntryStatus.returned, EntryStatus.draft, EntryStatus.withdrawn)


@dataclass(frozen=True)
class Entrant:
    """One entry of the group. `evidence` is what it rests on, with what was returned or withdrawn since."""

    entry: Entry
    evidence: tuple[Evidence, ...]
    counted: tuple[Counted, ...]
    items: tuple[Item, ...]
    sanctioned: bool

    @property
    def submitted(self) -> bool:
        return self.entry.status is EntryStatus.submitted

    @property
    def projects(self) -> int:
        return len(self.counted)

    @property
    def amount(self) -> Decimal:
        return credited(self.counted, "amount")

    @property
    def expected(self) -> Decimal:
        return credited(self.counted, "expected_benefit")

    @property
    def realised(self) -> Decimal | None:
        """None while no benefit was reported on any of the projects, which is not the same as none."""
        reported = [one for one in self.counted if one.realised_benefit is not None]
        return credited(reported, "realised_benefit") if reported else None

    @property
    def verified(self) -> int:
        return sum(row.status is EvidenceStatus.verified for row in self.evidence)

    @property
    def missing(self) -> list[Item]:
        return [item for item in self.items if not item.done]


def entrants(session: Session, season: Season, track: Track) -> list[Entrant]:
    """Everybody who began an entry in the group: the submitted first, each kind by contract amount, then by name."""
    entries = session.scalars(select(Entry).where(Entry.season_id == season.id, Entry.track == track.code).options(
        selectinload(Entry.evidence).joinedload(Evidence.contract).selectinload(Contract.revisions),
        selectinload(Entry.materials))).all()
    standing = _standing(session, season, track)
    rows = {entry.id: tuple(entry.evidence if entry.status is EntryStatus.submitted else standing[entry.user_id])
            for entry in entries}
    counted = {one.evidence_id: one for one in count(session, _each_once(rows.values()))}
    sanctioned = set(session.scalars(select(Sanction.entry_id).join(Entry).where(Entry.season_id == season.id)))
    found = [Entrant(entry, rows[entry.id], tuple(counted[row.id] for row in rows[entry.id] if row.id in counted),
                     tuple(checklist(entry, track, season.year)), entry.id in sanctioned) for entry in entries]
    return sorted(found, key=lambda one: (ORDER.index(one.entry.status), -one.amount, one.entry.name))


def _standing(session: Session, season: Season, track: Track) -> dict[uuid.UUID, list[Evidence]]:
    """Each person's standing evidence in the group, in the ledger's order."""
    found = defaultdict(list)
    for row in session.scalars(select(Evidence).where(
            Evidence.season_id == season.id, Evidence.track == track.code, Evidence.status.in_(COUNTED))
            .options(joinedload(Evidence.contract).selectinload(Contract.revisions)).order_by(Evidence.ledger_index)):
        found[row.claimant_id].append(row)
    return found


def _each_once(groups: Iterable[tuple[Evidence, ...]]) -> list[Evidence]:
    return list({row.id: row for group in groups for row in group}.values())
