"""What was shown is written once a day and place, and forgotten in time."""

import datetime as dt

import pytest

from ingestion.exports import personal_data
from ingestion.profiles import set_preferences
from matching.learning.impressions import (
    LONGEST,
    OPENED_WITHIN,
    Opened,
    Shown,
    forget_impressions,
    record_opened,
    record_shown,
)
from models.base import now
from models.engagements import Side
from models.impressions import RETENTION, Impression
from tests import factories


@pytest.fixture
def pair(session):
    return factories.demand(session).id, factories.expert(session).id


@pytest.fixture
def viewer(session):
    return factories.contact(session)


def shown(viewer, *pairs, at=None) -> Shown:
    return Shown(viewer.id, Side.enterprise, pairs, at or now())


def rows(session) -> list[Impression]:
    session.expire_all()
    return session.query(Impression).order_by(Impression.id).all()


def test_a_list_is_written_place_by_place(session, viewer, pair):
    other = (pair[0], factories.expert(session).id)
    record_shown(session, [shown(viewer, pair, other)])
    assert [(row.candidate_id, row.position, row.opened_at) for row in rows(session)] \
        == [(pair[1], 1, None), (other[1], 2, None)]


def test_a_page_loaded_again_counts_once_and_another_place_counts_too(session, viewer, pair):
    other = (pair[0], factories.expert(session).id)
    record_shown(session, [shown(viewer, pair), shown(viewer, pair), shown(viewer, other, pair)])
    assert [(row.candidate_id, row.position) for row in rows(session)] == [(pair[1], 1), (other[1], 1), (pair[1], 2)]


def test_a_long_list_is_cut(session, viewer, pair):
    candidates = [(pair[0], factories.expert(session).id) for _ in range(LONGEST + 3)]
    record_shown(session, [shown(viewer, *candidates)])
    assert len(rows(session)) == LONGEST


def test_opening_marks_the_pair_in_the_list_of_the_day(session, viewer, pair, noon):
    record_shown(session, [shown(viewer, pair, at=noon - 2 * OPENED_WITHIN), shown(viewer, pair)])
    record_opened(session, Opened(viewer.id, pair, noon))
    assert [row.opened_at for row in rows(session)] == [None, noon]


def test_another_persons_list_is_not_marked(session, viewer, pair):
    record_shown(session, [shown(viewer, pair)])
    record_opened(session, Opened(factories.contact(session).id, pair, now()))
    assert [row.opened_at for row in rows(session)] == [None]


def test_old_ones_are_deleted(session, viewer, pair):
    record_shown(session, [shown(viewer, pair, at=now() - RETENTION - dt.timedelta(days=1)), shown(viewer, pair)])
    forget_impressions(session)
    assert len(rows(session)) == 1


def test_they_stand_in_the_persons_own_data(session, viewer, pair):
    record_shown(session, [shown(viewer, pair)])
    assert personal_data(session, viewer)["impression"][0]["candidate_id"] == str(pair[1])


def test_whoever_turns_personal_recommendation_off_is_forgotten_at_once(session, viewer, pair):
    other = factories.contact(session)
    record_shown(session, [shown(viewer, pair), shown(other, pair)])
    set_preferences(session, viewer, personalised=False, care_mode=False, shortcuts=True)
    assert [row.viewer_id for row in rows(session)] == [other.id]
