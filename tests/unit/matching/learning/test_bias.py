"""Places told from fits: what lists teach about where people look, and that a place alone teaches nothing."""

import datetime as dt
import uuid

import numpy as np
import pytest

from matching.learning.bias import MOST, PLACES, inverse, over_expectation, prior, propensities
from matching.learning.fitting import Examples, fit
from matching.learning.outcomes import REACHED, Kind, Outcome, outcome
from matching.learning.reactions import Reaction, Seen, corrected, read

START = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
TRUE = 1 / np.arange(1, PLACES + 1)
"""How readers of the simulations look: steeper than the prior."""


def test_without_impressions_the_prior_stands():
    nothing = np.zeros(0, np.int64)
    assert propensities(nothing, nothing, nothing) == pytest.approx(prior())


def test_pairs_that_stood_at_one_place_tell_nothing():
    pairs, positions = np.repeat(np.arange(50), 4), np.repeat(np.arange(50) % 5 + 1, 4)
    assert propensities(pairs, positions, positions == 1) == pytest.approx(prior())


def test_pairs_that_moved_tell_how_far_down_people_look():
    rng = np.random.default_rng(1)
    pairs = rng.integers(0, 300, 20_000)
    positions = rng.integers(1, PLACES + 1, 20_000)
    answered = rng.random(20_000) < TRUE[positions - 1] * rng.uniform(0.1, 0.9, 300)[pairs]
    assert np.abs(propensities(pairs, positions, answered) - TRUE).max() < 0.1


def test_the_rankers_own_taste_is_not_taken_for_the_readers():
    """Everybody looks everywhere and the ranker is right: answers fall with the place, and that is no position bias."""
    rng = np.random.default_rng(2)
    liked = np.linspace(0.9, 0.1, 200)
    pairs = rng.integers(0, 200, 20_000)
    positions = np.clip(pairs // 20 + rng.integers(0, 3, 20_000), 1, PLACES)
    chances = propensities(pairs, positions, rng.random(20_000) < liked[pairs])
    assert chances.min() > 0.6  # taken for position bias it would be .15


def test_inverse_weights_are_bounded_and_leave_alone_what_was_in_no_list():
    assert inverse(np.full(PLACES, 0.01), np.array([0, 1, 40])).tolist() == [1.0, MOST, MOST]


def test_a_list_is_read_down_to_the_last_that_was_liked():
    assert [len(one) for one in over_expectation([[False, True, False], [False, False], []])] == [2, 0, 0]


def test_a_place_is_measured_by_its_own_mean():
    lists = [[True, False, True], [False, True], [False, False, True]]
    differences = over_expectation(lists)
    assert differences[0] == pytest.approx([2 / 3, -1 / 3, 0])
    for place in range(3):
        assert sum(one[place] for one in differences if len(one) > place) == pytest.approx(0)


class TestSimulation:
    """Lists in a fixed order, readers who look less the further down, and everybody equally good."""

    PEOPLE, LISTS, LIKED = 10, 1500, 0.3

    @pytest.fixture
    def history(self):
        rng = np.random.default_rng(3)
        people, seen, acts = [uuid.UUID(int=n + 1) for n in range(self.PEOPLE)], [], []
        for number in range(self.LISTS):
            demand, viewer = uuid.UUID(int=1000 + number // 3), uuid.UUID(int=10**6 + number)
            order = np.argsort(np.arange(self.PEOPLE) + rng.normal(0, 0.8, self.PEOPLE))
            for position, who in enumerate(order, 1):
                at = START + dt.timedelta(hours=number)
                pair = demand, people[who]
                seen.append(Seen(viewer, "enterprise", pair, position, at, at.date(), False))
                if rng.random() < TRUE[position - 1] * self.LIKED:
                    acts.append(Reaction(pair, "enterprise", at, True, viewer))
        return people, seen, acts

    def learned(self, people, outcomes) -> np.ndarray:
        """What a ranker learned for each person, whose vectors tell them apart."""
        vectors = np.eye(self.PEOPLE, dtype=np.float32)
        place = {person: i for i, person in enumerate(people)}
        of = np.array([place[one.pair[1]] for one in outcomes])[:3000]
        outcomes = outcomes[:3000]
        demands = np.zeros((len(of), self.PEOPLE), np.float32)
        demands[:, 0] = 1
        ranker = fit(Examples(demands, vectors[of], np.full(len(of), 3.0), np.array([one.gain for one in outcomes]),
                              np.array([one.weight for one in outcomes]),
                              np.array([one.relative for one in outcomes])))
        return ranker.adjust(demands[0], vectors)

    def outcomes(self, acts):
        return [outcome(act.pair, Kind.talk, REACHED[Kind.talk], act.at) for act in acts]

    def test_places_are_estimated(self, history):
        _people, seen, acts = history
        assert np.abs(read(seen, acts).chances - TRUE).max() < 0.15

    def test_a_place_alone_teaches_nothing(self, history):
        people, seen, acts = history
        reading = read(seen, acts)
        taught = corrected(self.outcomes(acts), reading) + reading.looks
        rng = np.random.default_rng(4)
        learned = self.learned(people, [taught[i] for i in rng.permutation(len(taught))])
        biased = [outcome(one.pair, Kind.talk, REACHED[Kind.talk], one.at) for one in acts]
        naive = self.learned(people, self.with_silence_as_no(seen, biased, rng))
        assert np.ptp(learned) < 0.35 * np.ptp(naive)

    def with_silence_as_no(self, seen, outcomes, rng):
        """What not to do: whoever was shown and not answered counts as unfit."""
        answered = {one.pair for one in outcomes}
        silent = [Outcome(one.pair, Kind.interest, 0.1, 0.1, one.at) for one in seen if one.pair not in answered]
        both = outcomes + silent
        return [both[i] for i in rng.permutation(len(both))]
