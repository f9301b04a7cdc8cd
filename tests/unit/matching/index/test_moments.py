import numpy as np

from matching.index.moments import Moments


def test_no_vectors_at_all_have_moments_of_zero_and_no_nan():
    spread = Moments.of(np.zeros((0, 3), np.float32)).spread(np.ones(3))
    assert spread.scale == (0, 0)
