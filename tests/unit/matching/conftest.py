import pytest

from matching.encoders.embedding import load_encoder
from matching.searcher import Searcher


@pytest.fixture(scope="session")
def encoder():
    """The shipped model, read without torch."""
    return load_encoder(light=True)


@pytest.fixture
def searcher(tmp_path, encoder):
    return Searcher(tmp_path / "index", lambda: encoder)
