"""The learned part of the score."""

import numpy as np
import pytest

from matching.encoders.embedding import normalised
from matching.learning.kernel import KernelRanker

rng = np.random.default_rng(7)
DEMANDS, CAPABILITIES = (normalised(rng.standard_normal((6, 32))) for _ in range(2))
OUTCOMES = np.array([1, -1, 1, -1, 1, -1], np.float32)
LEARNED = KernelRanker.fit(DEMANDS, CAPABILITIES, OUTCOMES, ridge=0.1)


def test_a_learned_pair_gets_the_sign_of_its_outcome():
    for demand, capability, outcome in zip(DEMANDS, CAPABILITIES, OUTCOMES, strict=True):
        assert LEARNED.adjust(demand, capability[None])[0] * outcome > 0.8


def test_what_was_learned_of_one_side_alone_says_little():
    assert abs(LEARNED.adjust(DEMANDS[0], CAPABILITIES[1:2])[0]) < 0.1


def test_a_pair_of_more_weight_is_followed_more_closely():
    weights = np.array([10, 1, 1, 1, 1, 1], np.float32)
    heavy = KernelRanker.fit(DEMANDS, CAPABILITIES, OUTCOMES, weights, ridge=1)
    even = KernelRanker.fit(DEMANDS, CAPABILITIES, OUTCOMES, ridge=1)
    assert heavy.adjust(DEMANDS[0], CAPABILITIES[:1])[0] > even.adjust(DEMANDS[0], CAPABILITIES[:1])[0] + 0.2


def test_bytes_and_back():
    again = KernelRanker.from_bytes(LEARNED.to_bytes())
    assert (again.adjust(DEMANDS[0], CAPABILITIES) == LEARNED.adjust(DEMANDS[0], CAPABILITIES)).all()


def test_nothing_learned_adjusts_nothing():
    nothing = KernelRanker.fit(DEMANDS[:0], CAPABILITIES[:0], OUTCOMES[:0])
    assert not nothing.adjust(DEMANDS[0], CAPABILITIES).any()


@pytest.mark.parametrize("blob", [b"", b"PK\x03\x04", b"x" * 100])
def test_foreign_bytes_are_refused(blob):
    with pytest.raises(ValueError, match="."):
        KernelRanker.from_bytes(blob)


@pytest.mark.parametrize("change", [
    {"residuals": [np.nan] * 6}, {"weights": [0] * 6}, {"ridge": 0}, {"demands": DEMANDS[:5]}])
def test_bad_input_is_refused(change):
    given = {"demands": DEMANDS, "capabilities": CAPABILITIES, "residuals": OUTCOMES} | change
    with pytest.raises(ValueError, match="."):
        KernelRanker.fit(**given)
