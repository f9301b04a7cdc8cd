import numpy as np
import pytest

from matching.lexical import weigh
from matching.state import Entry, State, segment


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
