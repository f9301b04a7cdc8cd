import numpy as np

from matching.evaluation.tuning import GRID, choose, tune

RISING = np.array([[0.1 * column for column in range(len(GRID))]] * 10)


def test_a_lone_peak_is_taken_for_luck():
    scores = np.array([[0, 0, 1, 0, 0, 0, 0.6, 0.6, 0.6, 0, 0]])
    assert GRID[choose(scores, [0])] == 0.7


def test_demands_without_a_score_choose_nothing():
    assert choose(np.vstack([RISING, np.full(len(GRID), np.nan)]), range(11)) == len(GRID) - 1


def test_each_demand_is_scored_under_a_choice_it_had_no_part_in():
    odd = RISING.copy()
    odd[3] = odd[3][::-1] * 100  # one demand that alone would turn the choice
    weight, chosen, unseen = tune(odd)
    assert weight == GRID[0]
    assert sorted(set(chosen)) == [GRID[0], GRID[-1]]
    assert len(unseen) == 10
    assert 100 * RISING.max() not in unseen
