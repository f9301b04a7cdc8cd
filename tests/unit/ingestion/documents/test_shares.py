"""What share of the facts of the sample documents is read right; `python -m benchmarks.documents` shows each slip."""

import pytest

from benchmarks.documents.measure import READERS, measure


@pytest.mark.slow
@pytest.mark.parametrize("kind", READERS)
def test_nearly_every_fact_is_read_and_none_is_invented(kind):
    for held_out, count in measure(kind).items():
        assert count.share >= 0.95, (held_out, count.slips)
        assert not count.outcomes["invented"], (held_out, count.slips)
