"""Fixtures that every test may ask for: databases, a session, the site and its client, settings, a fixed clock.

`session`, `app` and `client` share one transaction, rolled back after the test. A test that commits, races or starts
processes asks for `private_url` instead. With --database=both each test of a database runs on SQLite and PostgreSQL.
"""

import datetime as dt
import os

import hypothesis
import pytest
from sqlalchemy.orm import Session

import settings as configuration
from jobs import notify
from models.base import clock_at
from models.database import Database
from tests.support import network
from tests.support.client import SiteClient
from tests.support.databases import DIALECTS, Databases, PostgresServer, RolledBackDatabase
from tests.support.scheduling import GroupedScheduling
from web.app import create_app

NOON = dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)
"""Noon in Weihai on a day inside the registration window of the demo season."""
SERVER = pytest.StashKey[PostgresServer]()

hypothesis.settings.register_profile("jiebang", deadline=None, derandomize=True, database=None)  # no clock, no chance
hypothesis.settings.load_profile("jiebang")


def pytest_addoption(parser):
    parser.addoption("--database", choices=DIALECTS, default="sqlite", help="which databases the tests run on")


def pytest_xdist_make_scheduler(config, log):
    return GroupedScheduling(config, log)


def is_controller(config) -> bool:
    return not hasattr(config, "workerinput")


def pytest_configure(config):
    for name in [name for name in os.environ if name.startswith("JIEBANG_") and not name.startswith("JIEBANG_TEST_")]:
        del os.environ[name]  # a developer's own settings change no test
    if is_controller(config) and "postgresql" in DIALECTS[config.getoption("database")]:
        config.stash[SERVER] = PostgresServer()
        config.stash[SERVER].announce()


def pytest_unconfigure(config):
    if SERVER in config.stash:
        config.stash[SERVER].stop()


def pytest_generate_tests(metafunc):
    if "dialect" in metafunc.fixturenames:
        metafunc.parametrize("dialect", DIALECTS[metafunc.config.getoption("database")])


@pytest.fixture(scope="session", autouse=True)
def no_network():
    network.block()
    yield
    network.unblock()


@pytest.fixture(scope="session")
def databases(tmp_path_factory, worker_id):
    held = Databases(tmp_path_factory.mktemp("databases"), worker_id)
    yield held
    held.close()


@pytest.fixture
def private_url(databases, dialect) -> str:
    """The URL of a fresh migrated database of this test's own."""
    return databases.new_url(dialect)


@pytest.fixture
def private_database(private_url):
    """A fresh migrated database of this test's own: for what commits, races or breaks."""
    database = Database.connect(private_url)
    yield database
    database.engine.dispose()


@pytest.fixture
def connection(databases, dialect):
    """A connection to the shared database inside a transaction that is rolled back."""
    with databases.shared_engine(dialect).connect() as connection:
        outer = connection.begin()
        yield connection
        outer.rollback()


@pytest.fixture
def database(connection) -> Database:
    return RolledBackDatabase(connection)


@pytest.fixture
def session(database) -> Session:
    with database.sessions() as session:
        yield session


@pytest.fixture
def settings(tmp_path) -> configuration.Settings:
    """Settings of a test: an own data folder, no rate limits, nothing from the environment."""
    return configuration.Settings(_env_file=None, data_dir=tmp_path / "data", secret_key="s" * 32, rate_limits=False)


@pytest.fixture(scope="session")
def _site(tmp_path_factory, databases):
    """The application, built once a process; `app` gives it each test's database and settings."""
    built = create_app(configuration.Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("data"),
                                              secret_key="s" * 32, rate_limits=False),
                       Database(databases.shared_engine("sqlite")))
    built.testing = True
    built.config["WTF_CSRF_ENABLED"] = False
    built.test_client_class = SiteClient
    return built


@pytest.fixture
def nudges(monkeypatch) -> list:
    """What the site sent to the broker: one entry for each time it woke the worker."""
    sent = []
    monkeypatch.setattr(notify, "outbox_changed", sent.append)
    return sent


@pytest.fixture
def app(_site, settings, database, nudges):
    _site.extensions.update(settings=settings, database=database)
    return _site


@pytest.fixture
def client(app, session) -> SiteClient:
    client = app.test_client()
    client.session = session
    return client


@pytest.fixture
def noon():
    """The clock stands at NOON while the test runs."""
    with clock_at(NOON):
        yield NOON
