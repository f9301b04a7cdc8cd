import concurrent.futures

import numpy as np
import pytest

from matching.index.state import Entry, State, segment
from matching.lexical.bm25 import weigh


def entry(key: str, title: str, *vector: float) -> Entry:
    return Entry(key, weigh(title), np.array(vector, np.float32))


@pytest.fixture
def state():
    return State(segment([entry("a", "焦化废水处理", 1, 0), entry("b", "锂电池隔膜", 0, 1)]), seq=2)


def ranked(state: State, words: str, *vector: float) -> list[str]:
    scores = state.scores(weigh(words), np.array(vector, np.float32) if vector else None)
    return [state.ids[place] for place in np.argsort(-scores, kind="stable") if np.isfinite(scores[place])]


def test_both_legs_are_asked(state):
    assert ranked(state, "废水")[0] == "a"
    assert ranked(state, "", 0, 1)[0] == "b"


def test_a_new_posting_is_found_without_rebuilding_the_main_segment(state):
    later = state.with_changes([("c", entry("c", "碳纤维钓竿", 0.6, 0.8))], 3)
    assert later.main is state.main
    assert ranked(later, "钓竿")[0] == "c"
    assert (len(later), later.seq) == (3, 3)
    assert len(state) == 2


def test_a_changed_posting_is_found_by_its_new_text_only(state):
    later = state.with_changes([("a", entry("a", "碳纤维钓竿", 0, 1))], 3)
    assert ranked(later, "钓竿").count("a") == 1
    assert not later.share(["废", "水"]).any()


def test_a_posting_that_is_gone_is_not_found_and_may_come_back(state):
    gone = state.with_changes([("a", None)], 3)
    assert ranked(gone, "废水") == ["b"]
    assert gone.vector("a") is None
    assert "a" in ranked(gone.with_changes([("a", entry("a", "焦化废水", 1, 0))], 4), "废水")


def test_an_empty_state_answers_nothing():
    empty = State(segment([]), 0)
    assert ranked(empty, "废水", 1, 0) == []
    assert len(empty.with_changes([("a", entry("a", "废水", 1, 0))], 1)) == 1


@pytest.fixture(scope="module")
def city():
    """300 postings of random words and vectors; some changed, some gone, some new."""
    random = np.random.default_rng(1)

    def made(number: int) -> Entry:
        title = "".join(random.choice(list("锂电池隔膜焦化废水处理碳纤维钓竿插接"), 6))
        vector = random.standard_normal(16).astype(np.float32)
        return Entry(f"{number:032x}", weigh(title), vector / np.linalg.norm(vector))

    state = State(segment([made(number) for number in range(300)]), 1)
    for step in range(30):
        state = state.with_changes([(f"{step * 7:032x}", None), *((e.id, e) for e in map(made, range(
            290 + step, 293 + step)))], step + 2)
    return state


QUERY = np.linspace(-1, 1, 16).astype(np.float32)


@pytest.mark.parametrize("vector", [QUERY, None], ids=["both legs", "words alone"])
@pytest.mark.parametrize("share", [None, 0.3, 0.0])
def test_search_finds_what_a_full_count_finds(city, vector, share):
    allowed = None if share is None else np.random.default_rng(2).random(len(city.ids)) < share
    full = city.scores(weigh("焦化废水"), vector, 0.4)
    least = full[city.alive].min()
    full[~city.alive if allowed is None else ~(city.alive & allowed)] = -np.inf
    found = city.search(weigh("焦化废水"), vector, 0.4, 400, allowed, [["焦", "废"]])
    wanted = np.isfinite(full) if vector is not None else full > least
    assert set(found.places[: wanted.sum()]) == set(np.flatnonzero(wanted))
    np.testing.assert_allclose(found.scores, full[found.places], atol=2e-4)
    np.testing.assert_allclose(found.shares, city.share(["焦", "废"])[found.places], atol=1e-6)
    np.testing.assert_allclose(found.cosines, city.dense(vector)[found.places], atol=1e-6)
    assert list(found.scores) == sorted(found.scores, reverse=True)


def test_a_state_grown_step_by_step_holds_what_one_made_at_once_holds(city):
    alive = {city.ids[place] for place in np.flatnonzero(city.alive)}
    assert len(city) == len(alive) == int(city.alive.sum())
    assert alive == ({f"{n:032x}" for n in range(322)} - {f"{step * 7:032x}" for step in range(30)}) | {
        e.id for e in city.changed.values() if e}
    assert len(city.later) <= 3


def test_equal_postings_come_in_order_of_id_whichever_segment_holds_them():
    state = State(segment([entry(key, "焦化废水", 1, 0) for key in "bdf"] + [entry("z", "钓竿", 0, 1)]), 1)
    state = state.with_changes([(key, entry(key, "焦化废水", 1, 0)) for key in "ca"], 2)
    found = state.search(weigh("废水"), np.array([1, 0], np.float32))
    assert [state.ids[place] for place in found.places] == ["a", "b", "c", "d", "f", "z"]


def test_of_several_names_the_one_a_posting_has_most_of_counts():
    state = State(segment([entry("a", "自动导引车", 1, 0), entry("b", "AGV", 0, 1)]), 1)
    found = state.search(weigh("AGV 自动导引车"), None, wanted=[["agv"], ["自", "动"]])
    assert found.shares.tolist() == [1.0, 1.0]


def test_searches_at_once_do_not_disturb_each_other(city):
    queries = [weigh(words) for words in ("焦化废水", "锂电池隔膜", "碳纤维钓竿", "插接处理")] * 25
    alone = [city.search(query, QUERY).scores for query in queries]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        together = [found.scores for found in pool.map(lambda query: city.search(query, QUERY), queries)]
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_array_equal(one, other)
