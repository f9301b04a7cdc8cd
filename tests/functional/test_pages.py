"""Every page that needs no id opens for a person who holds every role, and is a whole page."""

import re

import pytest

from models.accounts import OrganisationKind, Role
from tests import factories
from tests.support.routes import routes

NOT_PAGES = re.compile(r"^/(api|static)/|\.(xlsx|json|txt|png|pdf|docx|zip)$|^/ledger/(checkpoint|vkey)$")
SCRIPT = re.compile(r"<script\b(?![^>]*(nonce=|application/json))")


def pages(app) -> list[str]:
    return [route.rule for route in routes(app) if "GET" in route.methods and "<" not in route.rule
            and not NOT_PAGES.search(route.rule)]


@pytest.fixture
def everybody(session):
    """One person in all roles at once."""
    person = factories.user(session)
    factories.grant(session, person, Role.enterprise, factories.organisation(session))
    factories.grant(session, person, Role.staff, factories.organisation(session, OrganisationKind.union))
    factories.grant(session, person, Role.reviewer, factories.organisation(session))
    factories.expert(session, user=person)
    factories.broker(session, user=person)
    return person


def flaws(answer) -> list[str]:
    """What keeps an answer from being a whole page."""
    if answer.status_code in (302, 303):
        return []
    text = answer.get_data(as_text=True)
    checks = {
        f"answered {answer.status}": answer.status_code == 200,
        "no title": re.search(r"<title>[^<]*\S[^<]*</title>", text),
        "not one h1": len(re.findall(r"<h1\b", text)) == 1,
        "no main landmark": "<main" in text,
        "no language": re.search(r"<html[^>]*\blang=", text),
        "a script without nonce": not SCRIPT.search(text),
        "an undefined value shows": not re.search(r">\s*None\s*<", text),
    }
    return [name for name, well in checks.items() if not well]


def test_every_page_is_whole(app, client, session, everybody):
    factories.capability(session, factories.expert(session))
    factories.demand(session)
    client.login(everybody)
    found = {rule: flaws(client.get(rule)) for rule in pages(app)}
    assert {rule: wrong for rule, wrong in found.items() if wrong} == {}


def test_every_public_page_opens_for_a_stranger_and_on_an_empty_platform(app, client):
    public = {str(route.rule) for route in routes(app) if route.access == "public"}
    found = {rule: flaws(client.get(rule)) for rule in pages(app) if rule in public}
    assert {rule: wrong for rule, wrong in found.items() if wrong} == {}
