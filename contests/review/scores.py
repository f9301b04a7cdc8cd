"""What a review came to: the scores of an opened round, for the selection and for the pages that show them."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.review.access import terms_of
from contests.review.calibration import Mark, calibrate
from contests.review.ranking import FINE, Result, Sheet, rounded, sheet_total, stand
from contests.review.rubric import rubric
from models.contests import Season
from models.reviews import LiveTurn, ReviewRound, ReviewSheet, RoundMode, RoundState, SheetScore


@dataclass(frozen=True)
class IndicatorScore:
    """One indicator of one entry, 0 to 100, four decimals, halves up. `sheets`: how many scores it is the mean of.

    `calibrated`: without the judges' severity; comparable only within one piece of the round (calibration.py).
    """

    mean: Decimal
    calibrated: Decimal
    sheets: int


EntryScores = Mapping[str, IndicatorScore]
"""Indicator's code → its score."""


def scores_of(session: Session, season: Season, track: str, stage: str | None = None) -> dict[uuid.UUID, EntryScores]:
    """Entry → its scores, of the group's review at `stage`, or of the one opened last. Empty while none is opened."""
    query = select(ReviewRound).where(ReviewRound.season_id == season.id, ReviewRound.track == track,
                                      ReviewRound.state == RoundState.opened)
    if stage is not None:
        query = query.where(ReviewRound.stage == stage)
    round_ = session.scalar(query.order_by(ReviewRound.opened_at.desc(), ReviewRound.ledger_index.desc()).limit(1))
    return {} if round_ is None else by_indicator(opened_sheets(session, round_))


def opened_sheets(session: Session, round_: ReviewRound) -> list[Sheet]:
    """The sheets that count and may be seen: of an opened round all, of a live one those of revealed turns."""
    query = select(ReviewSheet.entry_id, ReviewSheet.member_id, SheetScore.indicator, SheetScore.points).join(
        SheetScore, SheetScore.sheet_id == ReviewSheet.id).where(
        ReviewSheet.round_id == round_.id, ReviewSheet.submitted_at.is_not(None), ReviewSheet.released_at.is_(None))
    if round_.state is not RoundState.opened:
        if round_.mode is not RoundMode.live:
            return []
        query = query.where(ReviewSheet.entry_id.in_(select(LiveTurn.entry_id).where(
            LiveTurn.round_id == round_.id, LiveTurn.revealed_at.is_not(None))))
    found: dict[tuple[uuid.UUID, uuid.UUID], dict[str, Decimal]] = defaultdict(dict)
    for entry, member, indicator, points in session.execute(query):
        found[entry, member][indicator] = points
    return [Sheet(entry, member, scores) for (entry, member), scores in found.items()]


def by_indicator(sheets: list[Sheet]) -> dict[uuid.UUID, EntryScores]:
    """Entry → indicator → mean, calibrated mean and how many scores."""
    found: dict[uuid.UUID, dict[str, IndicatorScore]] = defaultdict(dict)
    for code in sorted({code for sheet in sheets for code in sheet.scores}):
        given = [(sheet.entry, sheet.judge, sheet.scores[code]) for sheet in sheets if code in sheet.scores]
        pieces = calibrate(Mark(entry, judge, float(points)) for entry, judge, points in given)
        worth = {entry: value for piece in pieces for entry, value in piece.worth.items()}
        marks = defaultdict(list)
        for entry, _judge, points in given:
            marks[entry].append(Fraction(points))
        for entry, each in marks.items():
            found[entry][code] = IndicatorScore(rounded(sum(each) / len(each), FINE), rounded(worth[entry], FINE),
                                                len(each))
    return dict(found)


def standings(session: Session, round_: ReviewRound) -> Result:
    """Raw and calibrated ranks of what is open to be seen; no standings while nothing is."""
    return stand(opened_sheets(session, round_), _weights(round_))


def totals(session: Session, round_: ReviewRound, entry_id: uuid.UUID) -> dict[uuid.UUID, Decimal]:
    """Member → total given to the entry, two decimals, halves up. Empty while it may not be seen."""
    return {sheet.judge: rounded(sheet_total(sheet.scores, _weights(round_)))
            for sheet in opened_sheets(session, round_) if sheet.entry == entry_id}


def _weights(round_: ReviewRound) -> dict[str, Decimal]:
    return {one.code: one.weight or Decimal(0) for one in rubric(terms_of(round_)[1])}
