"""The same press several times at once over HTTP: one goes through, the others are told, the ledger has it once."""

import pytest

from ledger import log
from models.contests import Entry, EntryStatus
from models.contracts import Collaboration, Verification
from models.demands import DemandEvent, DemandStatus
from models.engagements import EngagementEvent
from tests import factories
from tests.functional.security.committed import at_once, browser
from tests.support import world as worlds

ITEMS = ("party_b", "demand", "party_a", "number", "amount", "signed_on", "name", "type", "seal")
APPROVAL = {"act": "approve", "revision": "1", "original_seen": "1"} | {f"opinion-{item}": "看过原件" for item in ITEMS}
REGISTRATION = {"phone": "19900001234", "employer": "海岬大学", "summary": "一项", "act": "submit", "declared": "1"}
RACERS = 4


@pytest.fixture
def world(app, private_database, settings, noon):
    app.extensions["database"] = private_database
    with private_database.sessions() as session:
        world = worlds.build(session, settings)
        world.people["second"] = factories.staff(session)
        session.commit()
    return world


@pytest.fixture
def race(app, private_database, world):
    """Have people press the same button together, each in a browser of their own."""
    def of(names, url: str, form: dict) -> list[int]:
        browsers = [browser(app, private_database, world.people[name]) for name in names]
        return at_once(*[lambda one=one: one.post(url, data=form).status_code for one in browsers])

    return of


@pytest.fixture
def held(private_database):
    """What the database holds now."""
    with private_database.read() as session:
        yield session


def leaves(session) -> int:
    assert log.verify_database(session) == []
    return log.head(session).size


ONE = [302] + [409] * (RACERS - 1)


def test_one_confirmation_makes_one_collaboration(race, world, held):
    before = leaves(held)
    held.rollback()
    url = f"/contracts/{world.ids['recorded']}/confirm"
    assert race(["expert"] * RACERS, url, {"revision": "1"}) == ONE
    [made] = held.query(Collaboration).filter_by(contract_id=world.ids["recorded"])
    assert log.entry(held, made.ledger_index).leaf.type == "contract.confirmed"
    assert leaves(held) - before == 2  # the collaboration and the expert's claim


def test_of_two_staff_who_approve_one_does(race, world, held):
    before = leaves(held)
    held.rollback()
    answers = race(["staff", "second"] * 2, f"/staff/verify/{world.ids['collaboration']}", APPROVAL)
    assert answers == ONE
    assert held.query(Verification).count() == 1
    assert leaves(held) - before == 1


def test_of_approving_and_returning_one_counts(app, private_database, world, held):
    url = f"/staff/verify/{world.ids['collaboration']}"
    first, second = (browser(app, private_database, world.people[name]) for name in ("staff", "second"))
    returned = {"act": "return", "revision": "1", "reason-return": "缺一页"}
    assert at_once(lambda: first.post(url, data=APPROVAL).status_code,
                   lambda: second.post(url, data=returned).status_code) == [302, 409]
    assert held.query(Verification).count() == 1


def test_one_registration_is_submitted(race, world, held):
    before = leaves(held)
    held.rollback()
    assert race(["expert"] * RACERS, f"/entries/{world.ids['entry']}", REGISTRATION) == ONE
    assert held.get(Entry, world.ids["entry"]).status is EntryStatus.submitted
    assert leaves(held) - before == 1


def test_one_consent_opens_one_engagement(race, world, held):
    url = f"/introductions/{world.ids['introduction']}/consent"
    assert race(["expert"] * RACERS, url, {}) == ONE


def test_one_acceptance_is_written(race, world, held):
    assert race(["firm"] * RACERS, f"/engagements/{world.ids['asked']}/accept", {}) == ONE
    assert held.query(EngagementEvent).filter_by(engagement_id=world.ids["asked"]).count() == 1


def test_of_two_staff_who_post_a_demand_one_does(race, world, held):
    url = f"/staff/diagnosis/{world.ids['submitted']}/publish"
    assert race(["staff", "second"] * 2, url, {"version": "1"}) == ONE
    posted = held.query(DemandEvent).filter_by(demand_id=world.ids["submitted"], status=DemandStatus.published)
    assert posted.count() == 1


def test_one_application_is_approved(race, world):
    assert race(["staff", "second"] * 2, f"/staff/members/{world.ids['grant']}/approve", {}) == ONE


def test_through_the_api_too(app, private_database, world, held):
    with private_database.sessions() as session:
        token = factories.bearer(session, world.people["expert"])
        session.commit()
    url = f"/api/v1/contracts/{world.ids['recorded']}/confirmation"

    def press() -> int:
        client = browser(app, private_database, world.people["expert"])
        return client.post(url, json={"revision": 1}, headers=token).status_code

    assert at_once(*[press] * RACERS) == [200] + [409] * (RACERS - 1)
    assert held.query(Collaboration).filter_by(contract_id=world.ids["recorded"]).count() == 1
