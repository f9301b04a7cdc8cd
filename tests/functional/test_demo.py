"""The demo city comes in whole through the product's own operations, and once."""

import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import func, select

import settings as configuration
from engagements import queue
from ingestion import passwords
from jobs.demo import PASSWORD, load_demo, logins
from ledger import log
from models.accounts import Admission, Broker, Expert, Role, RoleGrant, User
from models.base import clock_at, now, today
from models.capabilities import Capability
from models.contests import Entry, EntryStatus, Evidence
from models.contracts import Collaboration
from models.database import Database
from models.demands import Demand, DemandStatus
from models.engagements import Engagement
from models.index import OutboxRow
from models.meetings import MeetingPlan, MeetingState, PlanState

IN_REGISTRATION = dt.datetime(2026, 11, 24, 4, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def loaded(databases, tmp_path_factory):
    """A database of its own with the city in it, loaded once for all tests of this file; and its settings."""
    settings = configuration.Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("city"), secret_key="s" * 32)
    database = Database.connect(databases.new_url("sqlite"))
    with clock_at(IN_REGISTRATION), database.write() as session:
        assert load_demo(session, settings)
    yield database, settings
    database.engine.dispose()


@pytest.fixture(autouse=True)
def _that_day():
    with clock_at(IN_REGISTRATION):
        yield


@pytest.fixture
def city(loaded):
    with loaded[0].read() as session:
        yield session


def count(session, table) -> int:
    return session.scalar(select(func.count()).select_from(table))


def test_everybody_is_there(city):
    assert count(city, Expert) >= 80
    assert count(city, Broker) >= 10
    assert count(city, Capability) >= 150
    assert Admission.applied in set(city.scalars(select(RoleGrant.status)))


def test_demands_stand_in_every_state(city):
    states = Counter(city.scalars(select(Demand.status)))
    assert set(states) == set(DemandStatus)
    assert sum(states.values()) >= 60


def test_collaborations_stand_in_every_state(city):
    assert {found.status for found in city.scalars(select(Collaboration))} == {"confirmed", "verified", "returned"}
    assert queue.waiting_count(city) >= 7
    assert count(city, Evidence) >= count(city, Collaboration)


def test_registrations_stand_in_several_states(city):
    states = Counter(city.scalars(select(Entry.status)))
    assert states[EntryStatus.submitted] >= 12
    assert states[EntryStatus.draft] >= 3


def test_whose_login_is_printed_has_still_to_enter(city):
    printed = {email for _, email, _ in logins()}
    entered = set(city.scalars(select(User.email).join(Entry, Entry.user_id == User.id)))
    assert not printed & entered


def test_histories_run_forward_and_end_by_now(city):
    for demand in city.scalars(select(Demand)):
        moments = [event.at for event in demand.events]
        assert moments == sorted(moments)
        assert moments[-1] <= now()
    for engagement in city.scalars(select(Engagement)):
        assert engagement.created_at >= engagement.demand.published_at


def test_nothing_is_posted_past_its_last_day(city):
    posted = select(Demand).where(Demand.status == DemandStatus.published, Demand.deadline < today())
    assert city.scalars(posted).all() == []


def test_the_ledger_is_whole(city):
    assert log.verify_database(city) == []


def test_every_posting_waits_for_the_index(city):
    assert count(city, OutboxRow) >= count(city, Capability)


def test_loading_again_changes_nothing(loaded):
    database, settings = loaded
    with database.write() as session:
        before = count(session, User), count(session, Demand)
        assert not load_demo(session, settings)
        assert (count(session, User), count(session, Demand)) == before


def test_the_printed_logins_are_of_every_role_and_open(city):
    roles = set()
    for _, email, phone in logins():
        user = city.scalars(select(User).where(User.email == email, User.phone == phone)).one()
        assert passwords.verify(user.password_hash, PASSWORD)
        roles |= user.roles
    assert roles == set(Role)


def test_a_matching_day_is_published_and_says_what_it_left_out(city):
    plan = city.scalars(select(MeetingPlan)).one()
    assert plan.state is PlanState.published
    assert plan.figures["meetings"] >= 10
    assert {"all_full", "nobody_fits"} <= {left.bound for left in plan.leftovers}
    assert MeetingState.declined in {meeting.state for meeting in plan.meetings}
