"""kill -9 at any moment: what was answered is there, the outbox drains, and each effect happened once."""

import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid

import pytest
from sqlalchemy import func, select

from jobs import outbox
from ledger import log as ledger
from models.accounts import Role
from models.demands import Demand, DemandStatus
from models.index import PostingKind, PostingVector, enqueue
from tests import factories
from tests.support.site import RunningSite, until
from tests.support.sources import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path, databases):
    site = RunningSite(tmp_path, databases.new_url("sqlite")).start()
    yield site
    site.stop()


@pytest.fixture
def site_on_each(tmp_path, private_url):
    site = RunningSite(tmp_path, private_url).start()
    yield site
    site.stop()


def drained(site) -> bool:
    with site.database.read() as session:
        return outbox.pending(session) == 0


def vector_counts(site) -> list[int]:
    """How many vectors each demand has that has any."""
    with site.database.read() as session:
        return list(session.scalars(select(func.count()).select_from(PostingVector).where(
            PostingVector.kind == PostingKind.demand, PostingVector.live).group_by(PostingVector.posting_id)))


def post_demands(site, count: int) -> None:
    with site.database.write() as session:
        author = factories.contact(session)
        for _ in range(count):
            enqueue(session, PostingKind.demand, factories.demand(session, author).id)


def test_a_worker_killed_again_and_again_leaves_nothing_undone_and_nothing_done_twice(site_on_each):
    post_demands(site_on_each, 600)
    for _ in range(3):
        site_on_each.kill("jobs.worker")
        time.sleep(0.7)
    until(lambda: drained(site_on_each), "the outbox to drain")
    assert vector_counts(site_on_each) == [1] * 600


def test_everything_killed_at_once_catches_up_after_a_start(site):
    post_demands(site, 300)
    site.kill_all()
    post_demands(site, 300)
    site.start()
    until(lambda: drained(site), "the outbox to drain")
    assert vector_counts(site) == [1] * 600


class Writer(threading.Thread):
    """Publishes demands over the API, one after the other, and keeps the ids of those the site said it had."""

    def __init__(self, site, tokens, demands):
        super().__init__(daemon=True)
        self.site, self.tokens, self.demands = site, tokens, demands
        self.answered: list[uuid.UUID] = []

    def run(self) -> None:
        for demand_id, version in self.demands:
            request = urllib.request.Request(
                f"{self.site.url}/api/v1/demands/{demand_id}/publish", method="POST",
                data=json.dumps({"version": version}).encode(),
                headers={"Content-Type": "application/json", **self.tokens})
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    if answer.status < 300:
                        self.answered.append(demand_id)
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)  # the site is down: this demand was never answered


def test_a_site_killed_while_it_writes_keeps_every_word_it_gave(site):
    with site.database.write() as session:
        token = factories.bearer(session, factories.member(session, Role.staff))
        author = factories.contact(session)
        waiting = [factories.demand(session, author, status=DemandStatus.submitted, published_at=None)
                   for _ in range(150)]
        demands = [(demand.id, demand.version) for demand in waiting]
    writer = Writer(site, token, demands)
    writer.start()
    for _ in range(2):
        time.sleep(0.4)
        site.kill("granian")
        until(site.answers, "the site to come back")
    writer.join()
    until(lambda: drained(site), "the outbox to drain")
    with site.database.read() as session:
        published = set(session.scalars(select(Demand.id).where(Demand.status == DemandStatus.published)))
    assert writer.answered
    assert set(writer.answered) <= published
    assert vector_counts(site) == [1] * len(published)


APPENDER = """
import sys
from ledger import log
from models.database import Database
database = Database.connect(sys.argv[1])
while True:
    with database.write() as session:
        index = log.append(session, "contract.confirmed", {"contract.number": "HJ-1"}).index
    print(index, flush=True)
"""


def test_a_ledger_killed_while_it_grows_has_every_entry_it_reported(private_url, private_database):
    reported = []
    for _ in range(3):
        appender = subprocess.Popen([sys.executable, "-c", APPENDER, private_url], cwd=ROOT, text=True,
                                    stdout=subprocess.PIPE)
        reported += [int(appender.stdout.readline()) for _ in range(20)]
        appender.kill()
        reported += [int(line) for line in appender.stdout.read().split("\n") if line]
        appender.stdout.close()
        appender.wait()
    with private_database.read() as session:
        assert ledger.verify_database(session) == []
        assert sorted(reported) == sorted(set(reported))
        assert max(reported) < ledger.head(session).size
