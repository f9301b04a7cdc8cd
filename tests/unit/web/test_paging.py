"""Page numbers."""

import pytest

from web import paging
from web.paging import Page


def test_the_window_names_the_ends_and_the_neighbours():
    assert Page(7, 10, 200).window() == [1, None, 6, 7, 8, None, 20]


def test_a_short_list_has_no_gap():
    assert Page(2, 10, 30).window() == [1, 2, 3]


@pytest.mark.parametrize(("asked", "given"), [("3", 3), ("0", 1), ("-5", 1), ("99", 3), ("x", 1)])
def test_a_page_beyond_the_list_is_its_nearest(app, asked, given):
    with app.test_request_context(f"/?page={asked}"):
        assert paging.asked(25, 10).number == given


def test_an_empty_list_has_one_page(app):
    with app.test_request_context("/"):
        assert paging.asked(0, 10) == Page(1, 10, 0)


def test_another_page_keeps_the_filters(app):
    with app.test_request_context("/demands?district=371002&district=371003&page=2"):
        app.preprocess_request()
        assert Page(2, 10, 40).url(3) == "/demands?district=371002&district=371003&page=3"
