"""The world that the attacks are made on, at a day on which registration is open."""

import pytest

from tests.support import world as worlds


@pytest.fixture
def world(session, settings, app, noon) -> worlds.World:
    return worlds.build(session, settings)
