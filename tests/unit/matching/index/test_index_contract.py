"""What every VectorIndex must do, whatever stands behind it. A new one joins by a line in INDEXES."""

import numpy as np
import pytest

from matching.index.dense import FlatIndex, IvfIndex
from matching.index.milvus import MilvusStore

INDEXES = {"flat": FlatIndex, "ivf": IvfIndex}
DIMENSIONS, COUNT = 16, 600


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def rows():
    return unit(np.random.default_rng(1).standard_normal((COUNT, DIMENSIONS)))


class MilvusKind:
    """Indexes in one Milvus Lite, made and loaded as the classes of INDEXES are."""

    def __init__(self, file):
        pytest.importorskip("milvus_lite", reason="Milvus Lite is not installed on this machine")
        self.store = MilvusStore(str(file))
        self.load = self.store.load

    def __call__(self, dimensions):
        return self.store.index(dimensions)


@pytest.fixture(params=[*INDEXES, "milvus"], scope="module")
def kind(request, tmp_path_factory):
    return INDEXES.get(request.param) or MilvusKind(tmp_path_factory.mktemp("milvus") / "vectors.db")


@pytest.fixture
def index(kind, rows):
    index = kind(DIMENSIONS)
    index.add(np.arange(COUNT), rows)
    return index


def nearest(rows, query, count=10, among=None):
    scores = rows @ query
    if among is not None:
        scores = np.where(among, scores, -np.inf)
    return np.lexsort((np.arange(len(rows)), -scores))[:count]


def test_the_nearest_are_found_best_first_with_their_products(index, rows):
    for query in rows[:20]:
        keys, scores = index.search(query, 10)
        assert len(set(keys) & set(nearest(rows, query))) >= 9
        assert list(scores) == sorted(scores, reverse=True)
        np.testing.assert_allclose(scores, rows[keys] @ query, atol=0.02)


def test_equal_ones_stand_in_order_of_key(kind, rows):
    index = kind(DIMENSIONS)
    index.add(np.arange(5), np.repeat(rows[:1], 5, axis=0))
    assert index.search(rows[0], 5)[0].tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5])
def test_a_filter_loses_none_that_pass(index, rows, share):
    passing = np.random.default_rng(2).random(COUNT) < share
    for query in rows[:20]:
        keys, _ = index.search(query, 10, passing)
        wanted = nearest(rows, query, min(10, passing.sum()), passing)
        assert passing[keys].all()
        assert len(set(keys) & set(wanted)) >= len(wanted) - 1


def test_a_filter_speaks_of_keys_and_ends_where_it_ends(index, rows):
    assert index.search(rows[0], 9, np.zeros(COUNT, bool))[0].size == 0
    assert set(index.search(rows[0], 9, np.ones(3, bool))[0]) == {0, 1, 2}


def test_no_more_come_than_there_are_or_are_asked_for(index, rows):
    assert len(index.search(rows[0], 2 * COUNT)[0]) == COUNT
    assert len(index.search(rows[0], 0)[0]) == 0


def test_what_was_removed_is_not_found(index, rows):
    assert index.remove(np.array([3, 5, COUNT + 7])) == 2
    assert len(index) == COUNT - 2
    assert index.search(rows[3], 1)[0].tolist() != [3]
    assert not set(index.search(rows[3], COUNT, np.ones(COUNT, bool))[0]) & {3, 5}
    with pytest.raises(KeyError):
        index.vectors(np.array([3]))


def test_a_key_added_again_has_its_new_vector_only(index, rows):
    index.add(np.array([7]), rows[9:10])
    assert len(index) == COUNT
    assert set(index.search(rows[9], 2)[0]) == {7, 9}
    np.testing.assert_allclose(index.vectors(np.array([7])), rows[9:10], atol=0.02)


def test_keys_need_not_follow_each_other(kind, rows):
    index = kind(DIMENSIONS)
    keys = np.random.default_rng(3).permutation(10 * COUNT)[:COUNT]
    index.add(keys[:-1], rows[:-1])
    index.add(keys[-1:], rows[-1:])
    for place in (0, 7, COUNT - 1):
        assert index.search(rows[place], 1)[0].tolist() == [keys[place]]
        np.testing.assert_allclose(index.vectors(keys[[place]]), rows[[place]], atol=0.03)


def test_products_are_those_of_the_stored_vectors(index, rows):
    keys = np.array([5, 599, 0])
    np.testing.assert_allclose(index.products(rows[1], keys), index.vectors(keys) @ rows[1], atol=1e-5)
    assert index.products(rows[1], keys[:0]).shape == (0,)
    with pytest.raises(KeyError):
        index.products(rows[1], np.array([COUNT]))


@pytest.mark.parametrize(("keys", "bad"), [
    ([1], np.ones((1, DIMENSIONS - 1))), ([1], np.full((1, DIMENSIONS), np.nan)), ([1, 1], np.ones((2, DIMENSIONS))),
    ([-1], np.ones((1, DIMENSIONS)))], ids=["too short", "not a number", "twice", "negative"])
def test_what_is_no_vector_is_refused_and_changes_nothing(index, keys, bad):
    with pytest.raises(ValueError, match="dimensions|key"):
        index.add(np.array(keys), bad)
    assert len(index) == COUNT


def test_an_empty_one_answers_nothing(kind):
    assert kind(DIMENSIONS).search(np.ones(DIMENSIONS), 3)[0].size == 0
    assert kind(DIMENSIONS).vectors(np.zeros(0, np.int64)).shape == (0, DIMENSIONS)


def test_it_comes_back_from_a_folder_as_it_was(index, kind, rows, tmp_path):
    index.remove(np.array([4]))
    index.save(tmp_path / "i")
    back = kind.load(tmp_path / "i")
    for query in rows[:5]:
        (before, scores), (after, again) = index.search(query, 20), back.search(query, 20)
        np.testing.assert_array_equal(before, after)
        np.testing.assert_allclose(scores, again, rtol=1e-6)  # Milvus sums in the order its threads come
    back.add(np.array([4]), rows[4:5])
    assert back.search(rows[4], 1)[0].tolist() == [4]


def test_the_same_vectors_make_the_same_index(index, kind, rows):
    other = kind(DIMENSIONS)
    other.add(np.arange(COUNT), rows)
    np.testing.assert_array_equal(other.vectors(np.arange(COUNT)), index.vectors(np.arange(COUNT)))
    assert other.search(rows[0], 50)[0].tolist() == index.search(rows[0], 50)[0].tolist()
