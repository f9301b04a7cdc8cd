"""The texts of demands and capabilities as they are compared, read from the database."""

import uuid
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from matching.ranking import Posting
from models.capabilities import Capability, CapabilityClaim, CapabilityStatus
from models.demands import Confidentiality, Demand, DemandStatus, DemandTarget
from models.index import PostingKind

ABSTRACT_ONLY = frozenset({Confidentiality.summary, Confidentiality.nda})
"""Listed without their full text. Internal ones are not listed at all."""
BATCH = 500
"""Ids a query: SQLite takes a limited number of parameters."""


def eligible(kind: PostingKind) -> Select[uuid.UUID]:
    """Ids of the postings that may be found: published ones. Deadlines and filters are looked at when searching."""
    if kind is PostingKind.demand:
        return select(Demand.id).where(Demand.status == DemandStatus.published)
    return select(Capability.id).where(Capability.status == CapabilityStatus.published)


def read_postings(session: Session, kind: PostingKind, ids: Collection[uuid.UUID]) -> list[Posting]:
    """The texts of those of `ids` that may be found, in order of id. A confidential demand is read whole."""
    found: list[Posting] = []
    wanted = sorted(ids)
    for at in range(0, len(wanted), BATCH):
        some = wanted[at:at + BATCH]
        found += _demands(session, some) if kind is PostingKind.demand else _capabilities(session, some)
    return sorted(found, key=lambda posting: posting.id)


def _demands(session: Session, ids: Sequence[uuid.UUID]) -> list[Posting]:
    rows = session.execute(select(Demand.id, Demand.title, Demand.problem, Demand.constraints)
                           .where(Demand.id.in_(ids), Demand.status == DemandStatus.published))
    targets = session.execute(select(DemandTarget.demand_id, DemandTarget.what, DemandTarget.figure)
                              .where(DemandTarget.demand_id.in_(ids)).order_by(DemandTarget.position))
    return _with_parts(rows, targets)


_SEALED = Demand.status == DemandStatus.published, Demand.confidentiality.in_(ABSTRACT_ONLY)


def sealed_mark(session: Session) -> tuple:
    """Changes whenever a published confidential demand comes, goes or is written anew."""
    return tuple(session.execute(select(func.count(), func.max(Demand.updated_at)).where(*_SEALED)).one())


def read_public(session: Session) -> list[Posting]:
    """Published confidential demands as everybody may read them, in order of id: title, abstract, targets."""
    rows = session.execute(select(Demand.id, Demand.title, Demand.abstract).where(*_SEALED).order_by(Demand.id)).all()
    targets = [target for at in range(0, len(rows), BATCH) for target in session.execute(
        select(DemandTarget.demand_id, DemandTarget.what, DemandTarget.figure)
        .where(DemandTarget.demand_id.in_([row.id for row in rows[at:at + BATCH]])).order_by(DemandTarget.position))]
    return _with_parts(rows, targets)


def _capabilities(session: Session, ids: Sequence[uuid.UUID]) -> list[Posting]:
    rows = session.execute(select(Capability.id, Capability.title, Capability.summary)
                           .where(Capability.id.in_(ids), Capability.status == CapabilityStatus.published))
    claims = session.execute(select(CapabilityClaim.capability_id, CapabilityClaim.text)
                             .where(CapabilityClaim.capability_id.in_(ids)).order_by(CapabilityClaim.position))
    return _with_parts(rows, claims)


def _with_parts(rows: Iterable[Row], parts: Iterable[Row]) -> list[Posting]:
    lines: dict[uuid.UUID, list[str]] = {}
    for owner, *texts in parts:
        lines.setdefault(owner, []).append(_line(texts))
    return [Posting(key.hex, title, _body([*texts, *lines.get(key, [])])) for key, title, *texts in rows]


def posting_of(demand: Demand) -> Posting:
    """A demand as it is compared, published or not."""
    targets = [_line((target.what, target.figure)) for target in demand.targets]
    return Posting(demand.id.hex, demand.title, _body([demand.problem, demand.constraints, *targets]))


def _line(texts: Iterable[str]) -> str:
    return " ".join(filter(None, texts))


def _body(texts: Iterable[str]) -> str:
    return "\n".join(filter(None, texts))
