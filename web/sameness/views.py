"""What may be the same, pair by pair, and the groups there are."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ingestion.sameness.organisations import LEAST, alike, core
from models.accounts import Admission, Organisation
from models.demands import Confidentiality, Demand, DemandStatus
from models.sameness import DemandCluster, DemandClusterMember, Merged, RecordMerge
from web import access
from web.likeness import near_each
from web.refusals import NONE, Refusal
from web.sessions import db

NEWEST = 60
"""Demands whose likes are looked for, the newest first."""
LISTED = 30
MOST_ORGANISATIONS = 5_000


Record = TypeVar("Record", Organisation, Demand)


@dataclass(frozen=True)
class Pair(Generic[Record]):
    """Two records that may be one: the older is kept unless staff choose otherwise."""

    kept: Record
    other: Record

    @property
    def key(self) -> str:
        return f"{self.kept.id}-{self.other.id}"


@access.staff
def index():
    return page()


def page(refusal: Refusal = NONE):
    demands = list(_demands())
    return render_template(
        "sameness/index.html", organisations=list(_organisations())[:LISTED], refusal=refusal, errors=refusal.errors,
        own=[pair for pair in demands if pair.kept.organisation_id == pair.other.organisation_id][:LISTED],
        shared=[pair for pair in demands if pair.kept.organisation_id != pair.other.organisation_id][:LISTED],
        clusters=_clusters(), merges=_merges(), failed=bool(refusal.problems), newest=NEWEST), refusal.status


def _organisations() -> Iterator[Pair[Organisation]]:
    """Pairs of names that are of one organisation; those with two credit codes are two and left out."""
    merged = select(RecordMerge.merged_id).where(RecordMerge.kind == Merged.organisation)
    standing = Organisation.status != Admission.revoked, Organisation.id.not_in(merged)
    rows = db().scalars(select(Organisation).where(*standing)
                        .order_by(Organisation.created_at, Organisation.id).limit(MOST_ORGANISATIONS)).all()
    buckets: dict[str, list[Organisation]] = defaultdict(list)
    for row in rows:
        plain = core(row.name)
        for part in {plain[:LEAST], plain[-LEAST:]}:
            buckets[part].append(row)
    seen = set()
    for bucket in buckets.values():
        for at, other in enumerate(bucket):
            for kept in bucket[:at]:
                if (kept.id, other.id) not in seen and kept.kind is other.kind and not (kept.uscc and other.uscc) \
                        and alike(kept.name, other.name):
                    seen.add((kept.id, other.id))
                    yield Pair(kept, other)


def _demands() -> Iterator[Pair[Demand]]:
    """Pairs of open demands that may ask for the same, the newest first; those in one group already are left out."""
    newest = db().scalars(
        select(Demand).where(Demand.status == DemandStatus.published, Demand.organisation_id.is_not(None),
                             Demand.confidentiality != Confidentiality.internal)
        .options(joinedload(Demand.organisation)).order_by(Demand.published_at.desc(), Demand.id).limit(NEWEST)).all()
    cluster_of = dict(db().execute(select(DemandClusterMember.demand_id, DemandClusterMember.cluster_id)).all())
    seen = set()
    for demand, found in zip(newest, near_each(newest), strict=True):
        for near in found:
            older, newer = sorted((demand, near.demand), key=lambda one: (one.published_at, one.id))
            together = cluster_of.get(older.id, older.id) == cluster_of.get(newer.id, newer.id)
            if (older.id, newer.id) in seen or together or near.demand.organisation_id is None:
                continue
            seen.add((older.id, newer.id))
            yield Pair(older, newer)


def _clusters() -> list[DemandCluster]:
    members = selectinload(DemandCluster.members).joinedload(DemandClusterMember.demand).joinedload(Demand.organisation)
    return list(db().scalars(select(DemandCluster).options(members).order_by(DemandCluster.made_at.desc(),
                                                                             DemandCluster.id).limit(LISTED)))


def _merges() -> list[tuple[RecordMerge, str, str]]:
    """The newest merges, each with the name of the alias and of what it lives on in."""
    rows = db().scalars(select(RecordMerge).options(joinedload(RecordMerge.by))
                        .order_by(RecordMerge.at.desc(), RecordMerge.id).limit(LISTED)).all()
    return [(row, _name(row.kind, row.merged_id), _name(row.kind, row.kept_id)) for row in rows]


def _name(kind: Merged, record_id) -> str:
    if kind is Merged.organisation:
        return db().get(Organisation, record_id).name
    found = db().get(Demand, record_id)
    return f"{found.number or ''} {found.title}".strip()
