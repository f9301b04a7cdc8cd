"""What reviewers gave each entry, once their scores are open, and whether there is anything still to wait for."""

import uuid
from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.review.scores import scores_of
from models.contests import Season
from models.reviews import ReviewRound, RoundState


def mean_scores(session: Session, season: Season, track: str) -> Mapping[uuid.UUID, dict[str, Decimal]]:
    """Entry → indicator → mean score, of the group's review that was opened last.

    Empty while none is open: sealed scores are nobody's to see. Means are of the scores as given; calibrated ones are
    shown beside the ranks of the review and decide nothing.
    """
    return {entry_id: {code: score.mean for code, score in scores.items()}
            for entry_id, scores in scores_of(session, season, track).items()}


def unopened(session: Session, season: Season, track: str) -> list[ReviewRound]:
    """The group's rounds whose scores are not open yet."""
    return list(session.scalars(select(ReviewRound).where(
        ReviewRound.season_id == season.id, ReviewRound.track == track, ReviewRound.state != RoundState.opened)))


def scored(session: Session, season: Season, track: str) -> bool:
    """Whether any round of the group has its scores open."""
    return session.scalar(select(ReviewRound.id).where(
        ReviewRound.season_id == season.id, ReviewRound.track == track, ReviewRound.state == RoundState.opened)
        .limit(1)) is not None
