"""A season whose review is open, and the member of staff who runs it."""

import pytest

from models.base import clock_at
from tests import factories
from tests.support.reviews import REVIEWING, season_in_review


@pytest.fixture(autouse=True)
def _in_review(_in_registration):
    with clock_at(REVIEWING):
        yield


@pytest.fixture
def season(session):
    return season_in_review(session)


@pytest.fixture
def staff(session):
    return factories.staff(session)
