import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.publication.effect import Placed, effect_of

LIST = [Placed(1, "甲", "一等奖", 1), Placed(2, "乙", "二等奖", 2), Placed(3, "丙", "二等奖", 3), Placed(4, "丁", "三等奖", 4)]


def told(struck: int) -> list[tuple]:
    return [(move.name, move.before, move.after, move.rank_after) for move in effect_of(LIST, struck)]


def test_whoever_stands_behind_moves_up_and_the_grades_keep_their_places():
    assert told(1) == [("甲", "一等奖", "", None), ("乙", "二等奖", "一等奖", 1), ("丙", "二等奖", "二等奖", 2),
                       ("丁", "三等奖", "二等奖", 3)]


def test_the_last_one_moves_nobody():
    assert told(4) == [("丁", "三等奖", "", None)]


def test_nobody_stands_at_a_place_that_is_struck_already():
    with pytest.raises(KeyError):
        effect_of(LIST, 5)


@given(st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(struck, chance: random.Random):
    shuffled = LIST[:]
    chance.shuffle(shuffled)
    assert effect_of(shuffled, struck) == effect_of(LIST, struck)
