"""Figures as people read them: exact, without what says nothing."""

from decimal import Decimal

import pytest

from models.figures import percent, plain


@pytest.mark.parametrize(("share", "written"), [
    (Decimal("0.35"), "35"), ("0.3333", "33.33"), (Decimal(1), "100"), (Decimal(0), "0"), (None, "")])
def test_a_share_is_exact_in_per_cent(share, written):
    assert percent(share) == written


@pytest.mark.parametrize(("value", "written"), [(Decimal("12.50"), "12.5"), (100, "100"), (None, "")])
def test_a_figure_has_no_trailing_zeros(value, written):
    assert plain(value) == written
