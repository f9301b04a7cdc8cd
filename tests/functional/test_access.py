"""Every route, asked by everybody it is not meant for: strangers log in first, other roles are refused."""

import pytest

from models.accounts import Role
from tests import factories
from tests.support.routes import routes


def closed(app):
    return [(route, method) for route in routes(app) if route.access != "public" for method in route.methods]


def turned_away(route, answer) -> bool:
    if route.rule.startswith("/api/"):
        return answer.status_code == 401
    return answer.status_code == 302 and answer.location.startswith("/login")


def test_a_stranger_is_sent_to_log_in(app, client):
    wrong = [f"{method} {route.rule}" for route, method in closed(app)
             if not turned_away(route, client.open(route.path, method=method))]
    assert wrong == []


@pytest.mark.parametrize("role", [None, *Role])
def test_another_role_is_refused(app, client, session, role):
    person = factories.member(session, role) if role else factories.user(session)
    token = factories.bearer(session, person)
    client.login(person)
    wrong = [f"{method} {route.rule}" for route, method in closed(app) if route.roles and role not in route.roles
             if client.open(route.path, method=method, headers=token).status_code != 403]
    assert wrong == []
