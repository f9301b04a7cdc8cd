import pytest

from models.base import clock_at
from tests import factories
from tests.support import awarding


@pytest.fixture(autouse=True)
def _in_december():
    """Every test here stands on the day the list is shown: 8 December 2026, noon in Weihai."""
    with clock_at(awarding.NOTICE_DAY):
        yield


@pytest.fixture
def staff(session):
    return factories.staff(session)


@pytest.fixture
def season(session):
    return awarding.decided(session)


@pytest.fixture
def notice(session, staff, season):
    return awarding.notice(session, staff, season)
