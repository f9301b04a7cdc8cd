"""The hall's filters: read from an address and written back."""

import pytest
from werkzeug.datastructures import MultiDict

from web.demands.filters import Filters
from web.queries import LIMIT


@pytest.fixture(autouse=True)
def request_context(app):
    with app.test_request_context():
        yield


def test_what_is_not_known_is_left_out():
    wild = MultiDict({"type": "theft", "district": "abc", "field": "<b>", "budget": "9", "sort": "rank",
                      "taken": "yes"})
    assert Filters.read(wild) == Filters()


def test_words_are_trimmed_and_cut():
    assert Filters.read(MultiDict({"q": "  起皱   成品率 "})).q == "起皱 成品率"
    assert Filters.read(MultiDict({"q": "起\x00皱\n"})).q == "起 皱"
    assert len(Filters.read(MultiDict({"q": "长" * 5000})).q) == LIMIT


def test_toggling_adds_and_takes_off():
    both = Filters(type=("service",)).toggled("type", "development")
    assert both.type == ("service", "development")
    assert both.toggled("type", "service").type == ("development",)


def test_the_address_names_only_what_is_chosen():
    wanted = Filters(district=("371002", "371082"), taken=True)
    assert wanted.url() == "/demands?district=371002&district=371082&taken=1"


def test_an_address_reads_back_as_it_was_written(app):
    wanted = Filters("起皱", ("C34",), ("service",), ("371002",), "20to50", True, "deadline")
    with app.test_request_context(wanted.url()) as context:
        assert Filters.read(context.request.args) == wanted
