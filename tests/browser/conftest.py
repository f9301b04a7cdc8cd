"""A real site, its worker and a real Chromium: started once, on a database of their own, all on this machine."""

import contextlib
import datetime as dt
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

import settings as configuration
from models import migrate
from models.database import Database
from tests.conftest import NOON

ROOT = pathlib.Path(__file__).resolve().parents[2]
AXE = pathlib.Path(__file__).parent / "axe-core-4.14.1" / "axe.min.js"
CLOCK = pathlib.Path(__file__).parent / "clock"
START_SECONDS = 180
"""A busy machine loads the site in a minute; one that `make setup` has not seen compiles the search first."""
PATIENCE = 30_000
"""Milliseconds for one step: six browsers and the site share two cores."""
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
                  "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]


def pytest_collection_modifyitems(items):
    for item in items:
        if pathlib.Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


class Site:
    """A running jiebang: `url` to open, `database` to look into, `settings` it runs under. It begins at NOON."""

    def __init__(self, folder: pathlib.Path):
        self.span = folder / "clock"
        folder.mkdir(parents=True, exist_ok=True)
        self.set_clock(NOON)
        self.settings = configuration.Settings(_env_file=None, data_dir=folder / "data", rate_limits=False)
        self.database = Database.connect(self.settings.database)
        self.environment = {**os.environ, "JIEBANG_DATA_DIR": str(self.settings.data_dir),
                            "JIEBANG_RATE_LIMITS": "false", "OMP_NUM_THREADS": "1",
                            "PYTHONPATH": os.pathsep.join([str(CLOCK), str(ROOT)]),
                            "JIEBANG_TEST_CLOCK": str(self.span)}
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = folder / "site.log"
        self.process: subprocess.Popen | None = None

    def set_clock(self, moment: dt.datetime) -> None:
        """From now on it is that moment there, and time goes on from it."""
        written = self.span.with_suffix(".new")
        written.write_text(str((moment - dt.datetime.now(dt.UTC)).total_seconds()))
        written.replace(self.span)

    def start(self, *, demo: bool = True) -> None:
        """Serve the demo city, or an empty one."""
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        migrate.upgrade(self.database.engine)
        if demo:
            self.run("demo")
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli", "serve", "--host", "127.0.0.1", "--port", str(self.port)], cwd=ROOT,
                env=self.environment, stdout=output, stderr=output, start_new_session=True)
        self.wait()

    def run(self, *arguments: str) -> str:
        """Run a jiebang command against this site's data and return what it printed."""
        done = subprocess.run([sys.executable, "-m", "cli", *arguments], cwd=ROOT, env=self.environment, text=True,
                              capture_output=True, timeout=300, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()
            try:
                with urllib.request.urlopen(f"{self.url}/login", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        raise AssertionError(f"the site did not start:\n{self.log.read_text()}")

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.database.engine.dispose()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site"))
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def chromium():
    found = shutil.which("chromium")
    assert found, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@contextlib.contextmanager
def profiles(site, chromium):
    """`open_one(width=…, …)` gives a fresh browser profile: cookies of its own, a window of its size."""
    opened: list[BrowserContext] = []

    def open_one(width: int = 1440, height: int = 900, **options) -> BrowserContext:
        context = chromium.new_context(base_url=site.url, viewport={"width": width, "height": height},
                                       locale="zh-CN", timezone_id="Asia/Shanghai", **options)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    expect.set_options(timeout=PATIENCE)
    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def open_profiles(chromium):
    """The same for a site that a test starts for itself."""
    return lambda site: profiles(site, chromium)


@pytest.fixture
def open_context(site, chromium):
    with profiles(site, chromium) as open_one:
        yield open_one


@pytest.fixture(scope="module")
def open_for_all(site, chromium):
    """The same for what the tests of one file share."""
    with profiles(site, chromium) as open_one:
        yield open_one


@pytest.fixture
def page(open_context) -> Page:
    return open_context().new_page()
