"""Impressions written and forgotten: which pair stood at which place of whose list, and whether it was opened."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from models.base import city_day, now
from models.engagements import Side
from models.impressions import RETENTION, Impression
from models.insertion import insert_each_once

LONGEST = 30
"""Places recorded of one list: further down nearly nobody looks, and the propensities stop before."""
OPENED_WITHIN = dt.timedelta(days=1)

Pair = tuple[uuid.UUID, uuid.UUID]
"""A demand's id and its candidate's: the expert, or the capability that came without one."""


@dataclass(frozen=True)
class Shown:
    """One list as one person saw it, the first pair at place 1."""

    viewer_id: uuid.UUID
    side: Side
    pairs: tuple[Pair, ...]
    at: dt.datetime


@dataclass(frozen=True)
class Opened:
    """A person went from a list to the other side's page."""

    viewer_id: uuid.UUID
    pair: Pair
    at: dt.datetime


def record_shown(session: Session, lists: Sequence[Shown]) -> None:
    """Write the pairs of some lists; what is there already stays as it is. Flushes nothing else."""
    rows = [{"viewer_id": shown.viewer_id, "side": shown.side, "demand_id": demand_id, "candidate_id": candidate_id,
             "position": position, "shown_at": shown.at, "shown_on": city_day(shown.at)}
            for shown in lists for position, (demand_id, candidate_id) in enumerate(shown.pairs[:LONGEST], 1)]
    insert_each_once(session, Impression, rows)


def record_opened(session: Session, opened: Opened) -> None:
    """Mark the pair in the lists of the day before as opened; without effect where it stood in none."""
    demand_id, candidate_id = opened.pair
    session.execute(update(Impression).where(
        Impression.viewer_id == opened.viewer_id, Impression.demand_id == demand_id,
        Impression.candidate_id == candidate_id, Impression.opened_at.is_(None),
        Impression.shown_at > opened.at - OPENED_WITHIN, Impression.shown_at <= opened.at)
        .values(opened_at=opened.at))


def forget_impressions(session: Session) -> None:
    """Delete what is older than `RETENTION`."""
    session.execute(delete(Impression).where(Impression.shown_at < now() - RETENTION))
