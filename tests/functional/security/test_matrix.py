"""Who may do what to which record: every route that takes an id, asked for a real one by everybody.

matrix.txt names, for each method, endpoint and record, those who may go on; everybody else must be turned away. A route
that it does not name fails the build. What an allowed person is answered may still be a refusal of the form.
"""

import pathlib

import pytest

from tests import factories
from tests.functional.security.bodies import body_of
from tests.functional.security.probing import PEOPLE, Probe, identified, read_matrix
from tests.support.routes import routes

TABLE = pathlib.Path(__file__).with_name("matrix.txt")
MATRIX = read_matrix(TABLE.read_text())


def test_the_matrix_names_every_route_that_takes_an_id(app):
    assert sorted({(row.method, row.endpoint) for row in MATRIX}) == sorted(
        (method, route.endpoint) for route in routes(app) if identified(route) for method in route.methods)


def test_the_matrix_names_only_known_people():
    assert {name for row in MATRIX for name in row.allowed} <= set(PEOPLE)


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_reaches_exactly_what_the_matrix_says(client, connection, session, world, name):
    person = world.people[name]
    token = factories.bearer(session, person) if person else {}
    if person:
        client.login(person)
    probe = Probe(client, connection, token)
    wrong = []
    for row in MATRIX:
        status = probe.status(row.method, row.url(client.application, world), body_of(row.endpoint, world))
        if probe.refused(status) is (name in row.allowed) or status >= 500:
            wrong.append(f"{row} → {name} got {status}")
    assert wrong == []
