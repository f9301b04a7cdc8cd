"""Balanced assignment: exact against every division there is, no load off by more than one where that can be."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.review.balancing import balance, lots


def divide(allowed, wanted, held=None, seed="s"):
    allowed = np.asarray(allowed, bool)
    held = np.zeros(allowed.shape, bool) if held is None else np.asarray(held, bool)
    entries, reviewers = ([f"{kind}{at}" for at in range(size)] for kind, size in zip("er", allowed.shape, strict=True))
    return balance(allowed, wanted, held, lots(seed, entries, reviewers))


def every_division(allowed, wanted):
    """Loads of every way to give each entry as many of its reviewers as it can have."""
    rows = [[set(found) for found in itertools.combinations(np.nonzero(row)[0], min(wanted, int(row.sum())))]
            for row in allowed]
    for chosen in itertools.product(*rows):
        yield sorted((sum(at in one for one in chosen) for at in range(allowed.shape[1])), reverse=True)


@st.composite
def instances(draw):
    entries, reviewers = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    cells = draw(st.lists(st.booleans(), min_size=entries * reviewers, max_size=entries * reviewers))
    return np.array(cells, bool).reshape(entries, reviewers), draw(st.integers(1, 3))


@given(instances())
def test_no_division_is_more_even(instance):
    allowed, wanted = instance
    found = divide(allowed, wanted)
    assert not (found & ~allowed).any()
    assert (found.sum(1) == np.minimum(wanted, allowed.sum(1))).all()
    assert sorted(found.sum(0).tolist(), reverse=True) == min(every_division(allowed, wanted))


@pytest.mark.parametrize(("entries", "reviewers", "wanted"), [(500, 20, 3), (41, 7, 3), (10, 3, 3), (1, 9, 4)])
def test_without_conflicts_loads_differ_by_one_at_most(entries, reviewers, wanted):
    load = divide(np.ones((entries, reviewers)), wanted).sum(0)
    assert load.max() - load.min() <= 1


def test_what_is_held_stands_and_counts_as_load():
    held = np.zeros((6, 3), bool)
    held[:3, 0] = True
    added = divide(np.ones((6, 3)), 1, held)
    assert not added[:3].any()
    assert sorted((held | added).sum(0).tolist()) == [1, 2, 3]
    assert added[:, 0].sum() == 0


def test_an_entry_that_has_enough_is_left_alone():
    assert not divide(np.ones((2, 3)), 1, np.eye(2, 3, dtype=bool)).any()


def test_nobody_may_judge_and_there_is_nobody():
    assert not divide(np.zeros((3, 2)), 2).any()
    assert divide(np.zeros((3, 0)), 2).shape == (3, 0)
    assert divide(np.zeros((0, 2)), 2).shape == (0, 2)


def test_the_same_contest_gets_the_same_division_and_another_seed_another():
    allowed = np.ones((40, 6))
    assert (divide(allowed, 2) == divide(allowed, 2)).all()
    assert (divide(allowed, 2) != divide(allowed, 2, seed="another")).any()


def test_panels_mix_so_that_strictness_can_be_told():
    panels = {tuple(np.nonzero(row)[0]) for row in divide(np.ones((60, 6)), 2)}
    assert len(panels) > 10
