"""The founding contest in its review phase: three places, one of each grade."""

import pytest

from models.accounts import Role
from models.base import clock_at
from tests import factories
from tests.support import selecting


@pytest.fixture
def season(session):
    return selecting.reviewed_season(session)


@pytest.fixture
def in_review():
    with clock_at(selecting.IN_REVIEW):
        yield


@pytest.fixture
def staff(session):
    return factories.staff(session)


@pytest.fixture
def chief(session):
    return factories.member(session, Role.admin)
