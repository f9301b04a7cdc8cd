"""Every route says who may open it, and a person has read that: tests/guards/routes.txt is the table of them all."""

import pathlib

from tests.support.routes import routes

TABLE = pathlib.Path(__file__).with_name("routes.txt")


def test_every_route_declares_who_may_open_it(app):
    assert [route.rule for route in routes(app) if route.access is None] == []


def test_the_table_names_every_route(app):
    """Wrong? Run `python -m tests.support.routes > tests/guards/routes.txt` and read what changed."""
    assert [str(route) for route in routes(app)] == TABLE.read_text().splitlines()


def test_no_route_under_staff_is_open_to_members(app):
    assert [str(route) for route in routes(app) if route.rule.startswith("/staff") and not route.roles] == []
