"""A change of the model under attack: killed, done by two at once, searched meanwhile, out of room, never mixed up."""

import errno
import threading
import urllib.request
import uuid

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

import settings as configuration
from jobs import duties, encoders, outbox
from jobs.runtime import Runtime
from jobs.schedule import perform
from matching.encoders import generations
from matching.following import Searchers
from matching.search import search_demands
from models import migrate
from models.encoders import EncoderGeneration, GenerationState
from models.index import PostingKind, PostingVector, enqueue
from tests import factories
from tests.support import small_models
from tests.support.site import RunningSite, until

SHIPPED = "encoder@60dc5d8c7519"
TITLES = ("焦化废水处理", "机器人焊接机", "锂电池管理系统", "渔网再生造粒", "海参育苗", "轮胎硫化节能")
PREPARE = duties.BY_NAME["prepare_encoder"]


def post(database, number: int) -> None:
    with database.write() as session:
        author = factories.contact(session)
        for place in range(number):
            row = factories.demand(session, author, title=f"{TITLES[place % len(TITLES)]}{place}")
            enqueue(session, PostingKind.demand, row.id)


def in_use(database) -> str:
    with database.read() as session:
        found = generations.in_use(session)
        return found.name.split("@")[0] if found else ""


def vectors(database) -> dict[str, tuple[int, int]]:
    """Encoder's label → live vectors, and how many postings they belong to."""
    with database.read() as session:
        different = func.count(PostingVector.posting_id.distinct())
        rows = session.execute(select(PostingVector.encoder, func.count(), different).where(PostingVector.live)
                               .group_by(PostingVector.encoder))
        return {name.split("@")[0]: (number, different) for name, number, different in rows}


@pytest.fixture
def start(private_database, tmp_path):
    """A worker over the test's own database, with JIEBANG_ENCODER set to a folder, its settings read."""

    def started(folder, database=private_database, **wishes) -> Runtime:
        chosen = configuration.Settings(_env_file=None, data_dir=tmp_path / "data", encoder=str(folder), **wishes)
        runtime = Runtime(chosen, database)
        encoders.follow_settings(runtime)
        return runtime

    return started


@pytest.fixture
def first(tmp_path):
    return small_models.build(tmp_path / "first", 1)


@pytest.fixture
def second(tmp_path):
    return small_models.build(tmp_path / "second", 2, dimensions=24)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_worker_killed_while_it_embeds_anew_goes_on_where_it_was(tmp_path, private_url, first):
    from tests.support import tiny_models

    site = RunningSite(tmp_path, private_url)
    site.environment["JIEBANG_ENCODER"] = str(first)
    site.start()
    try:
        post(site.database, 400)
        until(lambda: vectors(site.database) == {"first": (400, 400)}, "the first vectors")
        site.stop()
        site.environment["JIEBANG_ENCODER"] = str(tiny_models.build(tmp_path / "bge-tiny-zh", positions=512))
        site.start()
        for _ in range(2):
            before = vectors(site.database).get("bge-tiny-zh", (0, 0))[0]
            until(lambda before=before: in_use(site.database) != "first"
                  or vectors(site.database).get("bge-tiny-zh", (0, 0))[0] > before, "some more vectors")
            site.kill("jobs.worker")
        post(site.database, 20)
        with urllib.request.urlopen(f"{site.url}/demands?q=%E5%BA%9F%E6%B0%B4", timeout=30) as answer:
            assert answer.status == 200
        until(lambda: in_use(site.database) == "bge-tiny-zh", "the switch")
        with site.database.read() as session:
            until(lambda: outbox.pending(session) == 0, "the outbox to drain")
        until(lambda: vectors(site.database) == {"first": (420, 420), "bge-tiny-zh": (420, 420)}, "both to agree")
    finally:
        site.stop()


@pytest.mark.slow
def test_two_workers_at_once_prepare_and_switch_once(private_database, start, first, second):
    post(private_database, 120)
    duties.drain_outbox(start(first))
    workers = [start(second), start(second)]
    failures = []

    def work(runtime):
        for _ in range(40):
            for name in ("drain_outbox", "prepare_encoder"):
                try:
                    duties.BY_NAME[name].act(runtime)
                except OperationalError as error:  # a lock: the next round comes
                    failures.append(error)
            if in_use(private_database) == "second":
                return

    threads = [threading.Thread(target=work, args=(runtime,)) for runtime in workers]
    for thread in threads:
        thread.start()
    post(private_database, 10)
    for thread in threads:
        thread.join()
    duties.drain_outbox(workers[0])
    assert in_use(private_database) == "second"
    assert vectors(private_database) == {"first": (130, 130), "second": (130, 130)}
    with private_database.read() as session:
        assert session.scalar(select(func.count()).where(EncoderGeneration.state == GenerationState.in_use)) == 1


@pytest.mark.slow
def test_searches_never_meet_two_models_while_they_are_switched(private_database, start, first, second):
    post(private_database, 60)
    duties.drain_outbox(start(first))
    runtime = start(second)
    with private_database.read() as session:
        searched = session.scalars(select(PostingVector.posting_id)).first().hex
    searchers, stop, failures, seen = Searchers(runtime.settings), threading.Event(), [], set()

    def search():
        while not stop.wait(0.01):
            try:
                with private_database.read() as session:
                    searcher = searchers.current(session)
                    assert search_demands(session, searcher, "焦化废水").total
                    vector = searcher.state(session, PostingKind.demand).vector(searched)
                    seen.add((searcher.encoder.name.split("@")[0], len(vector)))
            except Exception as error:  # told below
                failures.append(repr(error))
                return

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        encoders.prepare_encoder(runtime)
    try:
        until(lambda: ("second", 24) in seen or failures, "a search under the second model", 60)
        with private_database.write() as session:
            generations.roll_back(session)
        seen.clear()
        until(lambda: ("first", 16) in seen or failures, "a search under the first model", 60)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert seen <= {("first", 16), ("second", 24)}


def test_out_of_room_it_waits_and_goes_on(private_database, start, first, second, monkeypatch):
    post(private_database, 10)
    duties.drain_outbox(start(first))
    runtime = start(second)

    def full(*_arguments):
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    def no_room(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as room:
        room.setattr(encoders, "index_postings", full)
        assert not perform(PREPARE, runtime)
    with monkeypatch.context() as room:
        room.setattr(encoders, "write_snapshot", no_room)
        for _ in range(3):
            perform(PREPARE, runtime)
    assert in_use(private_database) == "first"
    for _ in range(5):
        perform(PREPARE, runtime)
    assert in_use(private_database) == "second"
    assert vectors(private_database)["second"] == (10, 10)


def test_what_stood_before_there_were_generations_is_the_first_in_use(databases, dialect):
    from models.database import Database

    database = Database.connect(databases.empty_url(dialect))
    migrate.upgrade(database.engine, "0004")
    row = ("INSERT INTO posting_vector (kind, posting_id, encoder, content_hash, vector, live, seq, updated_at) VALUES "
           "('demand', :id, :name, '', :vector, :live, :seq, '2026-11-22 04:00:00')")
    with database.engine.begin() as connection:
        for seq, (name, size) in enumerate([("old/model", 8), (SHIPPED, 0), (SHIPPED, 1536)]):
            connection.execute(text(row), dict(id=uuid.uuid4().hex, name=name, vector=b"\0" * size, live=True, seq=seq))
    migrate.upgrade(database.engine)
    with database.read() as session:
        assert {(one.name, one.source, one.state.value, one.dimensions) for one in generations.every(session)} == {
            (SHIPPED, "", "in_use", 384), ("old/model", "old/model", "ready", 2)}
    database.engine.dispose()
