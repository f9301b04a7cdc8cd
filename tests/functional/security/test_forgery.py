"""A write needs the token of our own page and the origin of our own site."""

import pytest

from tests import factories
from tests.support.routes import routes

WRITES = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture
def guarded(app, client, session, monkeypatch):
    """The site as it runs: with tokens. The person holds a role, so that nothing else could turn them away first."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return client.login(factories.staff(session))


def writes(app):
    return [(method, route.path) for route in routes(app) if not route.rule.startswith("/api/")
            for method in WRITES & set(route.methods)]


def test_no_form_is_taken_without_its_token(app, guarded):
    assert len(writes(app)) > 50
    assert [path for method, path in writes(app) if guarded.open(path, method=method).status_code != 400] == []


def test_a_forged_token_is_no_token(guarded):
    answer = guarded.post("/preferences/care", data={"care": "1", "csrf_token": "x" * 91})
    assert (answer.status_code, "安全标记" in answer.text) == (400, True)


def test_the_token_of_the_page_is_taken(guarded):
    page = guarded.get("/guide").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    assert guarded.post("/preferences/care", data={"care": "1", "csrf_token": token}).status_code == 302


@pytest.mark.parametrize("origin", [
    "https://evil.example", "http://localhost.evil.example", "null", "http://localhost:81", "http://[::1"])
def test_another_origin_is_refused(app, client, session, origin):
    client.login(factories.staff(session))
    wrong = [path for method, path in writes(app)
             if client.open(path, method=method, headers={"Origin": origin}).status_code != 403]
    assert wrong == []


def test_our_own_origin_is_taken(client):
    assert client.post("/preferences/care", headers={"Origin": "http://localhost"}).status_code == 302


def test_the_api_reads_no_cookie(client, session):
    client.login(factories.staff(session))
    assert client.get("/api/v1/me").status_code == 401


def test_a_token_opens_no_page(client, session):
    answer = client.get("/account", headers=factories.bearer(session, factories.user(session)))
    assert answer.location.startswith("/login")
