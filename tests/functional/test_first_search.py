"""The first search of a process: nobody waits for what it reads; a fresh machine compiles before the site stands."""

import threading
import time

import pytest

from jobs import serve
from matching.encoders.embedding import load_encoder
from matching.following import Searchers
from matching.searcher import Searcher
from matching.vectors import last_seq, lock_clock, reconcile
from models.database import Database
from models.index import PostingKind
from web import warming
from web.search import searcher, searchers
from web.sessions import db


def write(database: Database) -> None:
    """What anybody does who logs in, posts or confirms."""
    with database.write() as session:
        lock_clock(session, PostingKind.demand).seq += 1


def test_whoever_searches_first_keeps_no_writer_waiting(app, private_database, monkeypatch):
    app.extensions["database"] = private_database
    write(private_database)
    read = Searchers.load
    monkeypatch.setattr(Searchers, "load", lambda self, reader: (write(private_database), read(self, reader)))
    with app.test_request_context("/demands"):
        assert last_seq(db(), PostingKind.demand) == 1
        assert searcher().ready()
        assert last_seq(db(), PostingKind.demand) == 2


def test_who_comes_while_it_is_read_waits_before_looking_anything_up(settings, private_database, monkeypatch):
    begun, over, read = threading.Event(), threading.Event(), Searcher.load
    monkeypatch.setattr(Searcher, "load", lambda self, reader: (begun.set(), over.wait(30), read(self, reader)))
    found = Searchers(settings)
    first, second = (threading.Thread(target=found.load, args=(private_database.read,)) for _ in range(2))
    first.start()
    assert begun.wait(30)
    second.start()
    second.join(0.2)
    assert second.is_alive()
    over.set()
    first.join(), second.join()
    with private_database.read() as session:
        assert found.ready(session)


def test_a_write_is_never_split_by_a_search(app, private_database):
    app.extensions["database"] = private_database
    with app.test_request_context("/demands", method="POST"):
        lock_clock(db(), PostingKind.demand).seq += 1
        searcher()
        db().rollback()
    with private_database.read() as session:
        assert last_seq(session, PostingKind.demand) == 0


def test_while_an_index_is_built_everybody_writes(private_database, tmp_path, monkeypatch):
    built = []

    def build(*arguments, **_options):
        write(private_database)
        built.append(arguments)

    monkeypatch.setattr("matching.vectors.save_snapshot", build)
    assert reconcile(private_database, load_encoder(light=True), PostingKind.demand, tmp_path).rewritten
    assert len(built) == 1


def test_a_site_reads_its_indexes_beside_the_first_pages(app, settings, private_database):
    app.extensions["database"] = private_database
    warming.start(app).join()
    with private_database.read() as session:
        assert searchers(settings).ready(session)


def test_a_site_that_cannot_read_yet_still_answers(app, client, monkeypatch):
    monkeypatch.setattr(Searchers, "load", lambda *_: 1 / 0)
    warming.start(app).join()
    assert client.get("/login").status_code == 200


@pytest.mark.parametrize(("seconds", "said"), [(0.0, 0), (0.2, 1)])
def test_who_starts_the_site_is_told_of_a_long_wait_only(seconds, said, monkeypatch):
    told = []
    monkeypatch.setattr(serve, "QUIET_SECONDS", 0.1)
    monkeypatch.setattr(serve, "compile_loops", lambda: time.sleep(seconds))
    serve.compile_ahead(told.append)
    assert len(told) == said
