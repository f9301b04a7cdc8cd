"""The first two contests from the opened season to the certificates, by hand on the pages: each act at least once.

What comes before, and what further people do alike, the contest's own play does behind the scenes.
"""

import pytest

from tests.browser import smeie_walk, weihai_walk
from tests.browser.backstage import Backstage
from tests.browser.conftest import Site


@pytest.fixture
def backstage(tmp_path_factory, open_profiles):
    site = Site(tmp_path_factory.mktemp("contest"))
    try:
        site.start(demo=False)
        with open_profiles(site) as open_one:
            stage = Backstage(site, open_one)
            yield stage
            stage.close()
    finally:
        site.stop()


@pytest.mark.parametrize("walk", [weihai_walk.walk, smeie_walk.walk], ids=["weihai-2020", "smeie-2023"])
def test_the_contest_is_walked_to_its_certificates(backstage, walk):
    walk(backstage)
    assert backstage.mishaps() == {}
