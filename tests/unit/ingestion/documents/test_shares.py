"""What share of the facts of the sample documents is read right; `python -m benchmarks.documents` shows each slip."""

import pytest

from benchmarks.documents.measure import READERS, measure


@pytest.mark.slow
@pytest.mark.parametrize("kind", READERS)
def test_nearly_every_fact_of_what_was_tuned_on_is_read_and_none_is_invented(kind):
    count = measure(kind)[False]
    assert count.share >= 0.95, count.slips
    assert not count.outcomes["invented"], count.slips
