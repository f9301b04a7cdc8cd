import numpy as np
import pytest

from matching import retrieval
from matching.index.state import Entry, State, segment
from matching.lexical.bm25 import weigh
from matching.ranking import Posting
from matching.retrieval import retrieve, retrieve_any

COUNT = 60
QUERY = Posting("q", "焦化废水处理"), np.array([1, 0], np.float32)


class Everybody:
    """Candidates of a state: posting n belongs to owner n // `each`; `passing` says which postings may be found."""

    def __init__(self, each: int = 1, passing=lambda number: True):
        self.owner_of = {f"{n:032x}": f"{n // each:032x}" for n in range(COUNT) if passing(n)}
        self.asked_for_all = 0

    def owners(self, postings):
        return {key: self.owner_of[key] for key in postings if key in self.owner_of}

    def all(self):
        self.asked_for_all += 1
        return dict(self.owner_of)

    def count(self):
        return len(set(self.owner_of.values()))


@pytest.fixture
def state(monkeypatch):
    """Sixty postings about one thing, the later the farther from the query."""
    monkeypatch.setattr(retrieval, "POOL", 4)
    monkeypatch.setattr(retrieval, "DEPTH", 8)
    monkeypatch.setattr("matching.index.state.DEPTH", 8)
    angles = np.linspace(0, 1, COUNT)
    return State(segment([Entry(f"{n:032x}", weigh("废水处理"), np.array([np.cos(a), np.sin(a)], np.float32))
                          for n, a in enumerate(angles)]), 1)


def numbers(pool):
    return [int(ranked.key, 16) for ranked in pool]


def test_the_best_of_the_pool_need_nobody_else_looked_at(state):
    candidates = Everybody()
    assert numbers(retrieve_any(state, candidates, [QUERY])) == [0, 1, 2, 3]
    assert candidates.asked_for_all == 0


def test_a_filter_that_lets_few_through_finds_the_best_of_those(state):
    candidates = Everybody(passing=lambda number: number % 20 == 19)
    assert numbers(retrieve_any(state, candidates, [QUERY])) == [19, 39, 59]
    assert candidates.asked_for_all == 1


def test_one_who_posted_much_does_not_crowd_out_the_others(state):
    candidates = Everybody(each=6)
    assert numbers(retrieve_any(state, candidates, [QUERY])) == [0, 1, 2, 3]
    assert candidates.asked_for_all == 0


def test_asking_of_the_best_alone_finds_what_asking_of_everybody_finds(state):
    for candidates in (Everybody(), Everybody(3), Everybody(2, lambda number: number > 30)):
        assert retrieve_any(state, candidates, [QUERY]) == retrieve(state, candidates.all(), *QUERY)


def test_a_candidate_counts_by_the_query_it_answers_best(state):
    far = Posting("r", "废水"), np.array([np.cos(1), np.sin(1)], np.float32)
    assert numbers(retrieve_any(state, Everybody(), [QUERY, far]))[0] in (0, COUNT - 1)
    assert {0, COUNT - 1} <= set(numbers(retrieve_any(state, Everybody(), [QUERY, far])))
