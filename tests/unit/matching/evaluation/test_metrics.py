import math

import pytest

from matching.evaluation.metrics import dcg, interval, ndcg, recall, reciprocal_rank


def test_gains_are_discounted_by_the_logarithm_of_the_rank():
    assert dcg([7, 0, 3]) == pytest.approx(7 + 3 / 2)
    assert dcg([1] * 20) == dcg([1] * 10)


def test_the_best_order_scores_one_and_nothing_to_find_scores_nothing():
    assert ndcg([7, 3, 1, 0]) == 1
    assert ndcg([0, 1, 3, 7]) < 1
    assert math.isnan(ndcg([0, 0]))


def test_recall_counts_what_could_be_found_at_that_depth():
    assert recall([True, False, True], 2, 2) == 0.5
    assert recall([True] * 5, 2, 5) == 1
    assert math.isnan(recall([False], 1, 0))


def test_the_first_relevant_one_counts_up_to_the_depth():
    assert reciprocal_rank([False, True]) == 0.5
    assert reciprocal_rank([False] * 10 + [True]) == 0


def test_an_interval_holds_its_mean_and_is_the_same_each_time():
    mean, low, high = interval([0.2, 0.4, 0.9, float("nan")])
    assert mean == pytest.approx(0.5)
    assert low < mean < high
    assert interval([0.2, 0.4, 0.9]) == (mean, low, high)
    assert all(map(math.isnan, interval([])))
