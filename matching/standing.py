"""What the order of a page takes into account beside the match, asked of the database."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from matching.arranging import Standing
from models.accounts import Expert
from models.base import now
from models.capabilities import Capability, CapabilityStatus
from models.engagements import Engagement, Side, Stage
from models.impressions import Impression

NEW_FOR, HARDLY_SEEN = dt.timedelta(days=30), 20
"""Who is new: the first capability came within a month, and fewer than twenty times shown to an enterprise."""


def experts_of(session: Session, keys: Collection[str]) -> dict[str, Expert]:
    """The experts among candidate keys (hex), with their organisations."""
    rows = session.scalars(select(Expert).options(joinedload(Expert.organisation)).where(
        Expert.id.in_([uuid.UUID(key) for key in keys])))
    return {row.id.hex: row for row in rows}


def standings(session: Session, experts: Iterable[Expert]) -> dict[str, Standing]:
    """By expert id in hex."""
    experts = list(experts)
    ids = [expert.id for expert in experts]
    held = dict(session.execute(select(Engagement.expert_id, func.count()).where(
        Engagement.expert_id.in_(ids), Engagement.stage != Stage.ended).group_by(Engagement.expert_id)).all())
    first = dict(session.execute(select(Capability.expert_id, func.min(Capability.created_at)).where(
        Capability.expert_id.in_(ids), Capability.status == CapabilityStatus.published)
        .group_by(Capability.expert_id)).all())
    seen = dict(session.execute(select(Impression.candidate_id, func.count()).where(
        Impression.candidate_id.in_(ids), Impression.side == Side.enterprise).group_by(Impression.candidate_id)).all())
    since = now() - NEW_FOR
    return {expert.id.hex: Standing(expert.organisation_id.hex, held.get(expert.id, 0) >= expert.capacity,
                                    first.get(expert.id, since) > since and seen.get(expert.id, 0) < HARDLY_SEEN)
            for expert in experts}
