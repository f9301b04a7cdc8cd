"""A form leads on to a page of this site and nowhere else, whatever the address asked for."""

import pytest

from tests import factories

ELSEWHERE = [
    "https://evil.example", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example",
    "\\/evil.example", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example",
    "/%09/evil.example", "/%2f/evil.example", "/%5cevil.example", "http:evil.example", "http:/evil.example",
    "https:///evil.example", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "data:text/html,x", "evil.example", "/.evil.example", "/@evil.example", "@evil.example",
    "//localhost@evil.example", "http://localhost@evil.example/", "/login\r\nX-Injected: 1", "/;@evil.example",
    "//evil%E3%80%82example", "/\u2044evil.example", "/guide/../../evil", "?next=//evil.example", "/logout", "/nowhere",
    "http://localhost.evil.example/guide", "//[::1]/", "http://[::1", "/\x00/evil.example", "\ufeff//evil.example"]


def login(client, person, target: str):
    typed = {"login": person.email, "password": factories.PASSWORD}
    return client.post("/login", query_string={"next": target}, data=typed)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_login_leads_nowhere_else(client, session, target):
    answer = login(client, factories.user(session), target)
    assert (answer.status_code, answer.location) == (302, "/desk")
    assert "X-Injected" not in answer.headers


@pytest.mark.parametrize("target", ["/guide", "/demands?q=%E9%92%93%E7%AB%BF&page=2"])
def test_login_leads_back_to_our_own_page(client, session, target):
    answer = login(client, factories.user(session), target)
    assert answer.location == target


@pytest.mark.parametrize("referrer", [
    "https://evil.example/guide", "http://localhost@evil.example/guide", "http://localhost:81/guide",
    "//evil.example/guide", "http://localhost//evil.example/guide", "http://localhost/\\evil.example",
    "http://[::1", "javascript:alert(1)"])
def test_a_preference_leads_back_nowhere_else(client, referrer):
    assert client.post("/preferences/care", headers={"Referer": referrer}).location == "/"


def test_a_preference_leads_back_to_our_own_page(client):
    assert client.post("/preferences/care", headers={"Referer": "http://localhost/guide"}).location == "/guide"
