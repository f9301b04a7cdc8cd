"""Two rankers on unseen demands: what counts as better, and how seldom chance does."""

import datetime as dt

import numpy as np
import pytest

from matching.learning.comparison import MIN_UNSEEN, Case, compare, interval, ndcg, places, split
from matching.learning.fitting import BASE, SLOPE, Examples, expected, fit
from matching.learning.kernel import KernelRanker

DAY = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
FIELDS, PEOPLE, WIDTH = 6, 6, 48


def unit(rng, *shape) -> np.ndarray:
    vectors = rng.normal(size=shape).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


class Lottery:
    """Demands and people of some fields; who is taken is drawn by `odds` (people of a field,)."""

    def __init__(self, seed: int, odds=None, demands: int = 72):
        rng = np.random.default_rng(seed)
        centres = 3 * unit(rng, FIELDS, WIDTH)
        self.field = np.arange(demands) % FIELDS
        self.people = self.normed(centres[:, None] + unit(rng, FIELDS, PEOPLE, WIDTH))
        self.demands = self.normed(centres[self.field] + unit(rng, demands, WIDTH))
        self.scores = rng.normal(3, 0.7, (demands, PEOPLE))
        self.taken = rng.choice(PEOPLE, demands, p=odds)

    @staticmethod
    def normed(vectors):
        return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)

    def learned(self, until: int) -> KernelRanker:
        at = np.arange(until)
        return fit(Examples(self.demands[:until], self.people[self.field[:until], self.taken[:until]],
                            self.scores[at, self.taken[:until]], np.ones(until), np.ones(until), np.zeros(until, bool)))

    def case(self, i: int) -> Case:
        names, partner = tuple(str(person) for person in range(PEOPLE)), str(self.taken[i])
        people = self.people[self.field[i]]
        return Case(str(i), self.demands[i], names, self.scores[i], people, {partner: 1.0}, (partner,))

    def verdict(self):
        until = len(self.demands) - max(MIN_UNSEEN, len(self.demands) * 3 // 10)
        return compare([self.case(i) for i in range(until, len(self.demands))], None, self.learned(until))


def test_outcomes_by_lot_seldom_go_live():
    assert sum(Lottery(seed).verdict().better for seed in range(200)) <= 6  # 3 in 100


def test_what_is_truly_there_does_once_there_is_enough_to_see_it():
    odds = np.array([0.4, 0.4, 0.05, 0.05, 0.05, 0.05])
    assert sum(Lottery(seed, odds, demands=300).verdict().better for seed in range(20)) >= 18


def test_the_same_ranker_is_not_better_than_itself():
    lottery = Lottery(0)
    ranker = lottery.learned(42)
    verdict = compare([lottery.case(i) for i in range(42, 72)], ranker, ranker)
    assert (verdict.low, verdict.high, verdict.better) == (0, 0, False)


def test_the_comparison_is_the_same_each_time():
    first, second = Lottery(5).verdict(), Lottery(5).verdict()
    assert (first.low, first.high) == (second.low, second.high)


def test_places_go_by_score_and_then_by_key():
    case = Lottery(0).case(0)
    assert list(places(case, np.array([1, 2, 2, 0, 0, 0]))) == ["1", "2", "0", "3", "4", "5"]


def test_ndcg_is_one_at_the_top_and_falls_with_the_place():
    case = Lottery(0).case(0)
    partner = case.partners[0]
    assert ndcg(case, {partner: 1}) == 1
    assert ndcg(case, {partner: 3}) == pytest.approx(0.5)
    assert ndcg(case, {partner: 11}) == ndcg(case, {}) == 0


def test_an_interval_holds_the_mean():
    low, high = interval(np.array([0.1, 0.2, 0.0, 0.1] * 10))
    assert low < 0.1 < high


def test_nothing_to_compare_on_is_an_error():
    with pytest.raises(ValueError, match="nothing to compare"):
        compare([], None, None)


def test_a_success_is_always_more_than_expected_and_a_refusal_less():
    scores = np.linspace(-3, 12, 50)
    assert expected(scores).max() < 1
    assert (expected(scores[scores > -BASE / SLOPE]) > 0).all()


class TestSplit:
    def collaborated(self, count: int) -> dict[str, dt.datetime]:
        return {f"{n:03}": DAY + dt.timedelta(days=n) for n in range(count)}

    def test_the_newest_judge(self):
        parted = split(self.collaborated(200), ())
        assert sorted(parted.judging) == [f"{n:03}" for n in range(140, 200)]
        assert parted.since == DAY + dt.timedelta(days=140)

    def test_of_few_so_many_that_they_can_judge(self):
        assert len(split(self.collaborated(60), ()).judging) == MIN_UNSEEN

    def test_what_the_ranker_in_use_has_seen_does_not_judge(self):
        parted = split(self.collaborated(100), {f"{n:03}" for n in range(0, 100, 2)})
        assert all(int(name) % 2 for name in parted.judging)
        assert len(parted.judging) == 30

    def test_those_of_one_moment_stay_together(self):
        parted = split({str(n): DAY for n in range(100)}, ())
        assert len(parted.judging) == 100

    def test_without_any_nothing_judges(self):
        assert split({}, ()).since is None
        assert split(self.collaborated(5), set(self.collaborated(5))).judging == frozenset()
