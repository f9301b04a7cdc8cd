"""A model that tells who asks from who is found: two stored vectors a posting, and which of them is compared."""

import time
import uuid

import numpy as np
import pytest
from sqlalchemy import select

from matching.encoders.embedding import load_encoder
from matching.following import LateEncoder
from matching.postings import read_postings
from matching.ranking import Posting
from matching.recommend import recommend_experts
from matching.searcher import Searcher
from matching.vectors import index_posting, query_vector
from models.encoders import EncoderGeneration
from models.index import PostingKind, PostingVector
from tests import factories
from tests.support import tiny_models

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
DEMAND, CAPABILITY = PostingKind.demand, PostingKind.capability


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    return load_encoder(str(tiny_models.build(tmp_path_factory.mktemp("models") / "bge-tiny-zh")))


@pytest.fixture
def searcher(tmp_path, encoder):
    return Searcher(tmp_path / "index", lambda: encoder)


@pytest.fixture
def pair(session, encoder):
    demand, capability = factories.demand(session), factories.capability(session)
    index_posting(session, encoder, DEMAND, demand.id)
    index_posting(session, encoder, CAPABILITY, capability.id)
    return demand, capability


def test_both_vectors_are_stored_and_differ(session, encoder, pair):
    row = session.scalar(select(PostingVector).where(PostingVector.posting_id == pair[0].id))
    found, asking = (np.frombuffer(blob, "<f4") for blob in (row.vector, row.query_vector))
    assert found @ found == pytest.approx(1, abs=1e-5)
    assert asking @ asking == pytest.approx(1, abs=1e-5)
    assert abs(found @ asking) < 0.999


def test_whoever_asks_asks_with_the_query_vector(session, encoder, searcher, pair):
    for kind, posting in zip((DEMAND, CAPABILITY), pair, strict=True):
        text = read_postings(session, kind, [posting.id])[0]
        np.testing.assert_array_equal(searcher.asking(session, kind, text),
                                      query_vector(session, encoder.name, kind, posting.id))


def test_a_draft_asks_with_a_vector_made_now(session, encoder, searcher):
    draft = Posting(uuid.uuid4().hex, "焦化废水处理", "含油污水")
    asking = searcher.asking(session, DEMAND, draft)
    titles, bodies = encoder.encode([draft.title], query=True), encoder.encode([draft.body], query=True)
    assert asking @ (titles + bodies)[0] == pytest.approx(np.linalg.norm(titles + bodies), abs=1e-4)


def test_recommendations_are_made_under_it(session, searcher, pair):
    assert recommend_experts(session, searcher, pair[0]).no_more is not None


def test_the_pages_search_by_words_until_the_model_is_loaded(encoder):
    generation = EncoderGeneration(name=encoder.name, dimensions=encoder.dimensions, symmetric=encoder.symmetric)
    slow = []

    def load():
        while not slow:
            time.sleep(0.01)
        return encoder

    late = LateEncoder(generation.name, generation.dimensions, generation.symmetric, load)
    assert not late.encode(["焦化废水"]).any()
    slow.append(True)
    late.loading.join(10)
    np.testing.assert_array_equal(late.encode(["焦化废水"], query=True), encoder.encode(["焦化废水"], query=True))
