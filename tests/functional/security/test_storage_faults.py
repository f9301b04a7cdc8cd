"""A full, read-only or absent database or disk: 503 with a time to come back, nothing changed, nothing typed lost."""

import errno
import html
import io
import os

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from models.database import Database, make_engine
from tests import factories
from tests.functional.security.committed import browser
from tests.functional.security.crawling import digests
from tests.support.world import PDF

TYPED = "打磨靠老师傅手感，\n返修率 12%<b>"
REFUSING = {"read-only": "PRAGMA query_only = ON", "full": "PRAGMA max_page_count = 1"}
"""How SQLite is brought to refuse every write itself."""


@pytest.fixture
def author(app, private_database):
    app.extensions["database"] = private_database
    with private_database.sessions() as session:
        author = factories.contact(session)
        demand = factories.demand(session, author)
        session.commit()
    author.url = f"/my/demands/{demand.id}/withdraw"
    return author


@pytest.fixture
def client(app, private_database, author):
    return browser(app, private_database, author)


@pytest.fixture
def rows(private_database):
    def read():
        with private_database.read() as session:
            return digests(session.connection())

    return read


def withdraw(client, author):
    return client.post(author.url, data={"version": "1", "reason": TYPED * 9})


def fail_commits(monkeypatch):
    def refuse(_session):
        raise OperationalError("COMMIT", {}, Exception("disk I/O error"))

    monkeypatch.setattr(Session, "commit", refuse)


class TestCommitFails:
    def test_the_person_is_asked_to_come_back(self, client, author, monkeypatch):
        fail_commits(monkeypatch)
        answer = withdraw(client, author)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "您写的内容还在" in answer.text

    def test_nothing_is_changed(self, client, author, rows, monkeypatch):
        before = rows()
        fail_commits(monkeypatch)
        withdraw(client, author)
        assert rows() == before

    def test_what_was_typed_is_sent_again_by_one_press(self, client, author, monkeypatch):
        fail_commits(monkeypatch)
        page = withdraw(client, author).text
        assert f'<form method="post" action="{author.url}"' in page
        assert f'<textarea name="reason" hidden>\n{html.escape(TYPED * 9)}</textarea>' in page

    def test_a_password_is_not_sent_back(self, client, author, monkeypatch):
        fail_commits(monkeypatch)
        answer = client.post("/account/password", data={"present_password": factories.PASSWORD,
                                                        "new_password": "geheim geheim 4711"})
        assert answer.status_code == 503
        assert "geheim" not in answer.text

    def test_the_api_says_so_too(self, app, private_database, author, monkeypatch):
        with private_database.sessions() as session:
            token = factories.bearer(session, author)
            session.commit()
        fail_commits(monkeypatch)
        answer = app.test_client_class.__base__(app).post("/api/v1/demands", json={"title": "题目"}, headers=token)
        assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (503, "busy", "5")


@pytest.mark.parametrize("how", REFUSING)
class TestDatabaseRefuses:
    @pytest.fixture
    def refusing(self, private_database, client, how):
        """The database as it is, each connection to which refuses to write."""
        if private_database.engine.dialect.name != "sqlite":
            pytest.skip("these are SQLite's own ways to refuse")
        private_database.engine.dispose()
        event.listen(private_database.engine, "connect", lambda connection, _record: connection.execute(REFUSING[how]))
        return client

    def test_writing_waits(self, refusing, rows):
        draft = {"title": "碳纤维钓竿插接处跳动超差", "problem": "打磨靠老师傅手感。" * 50, "go": "later"}
        for _room_left in range(100):
            before = rows()
            answer = refusing.post("/my/demands/new", data=draft)
            if answer.status_code != 302:
                break
        assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
        assert rows() == before

    def test_reading_goes_on(self, refusing, author):
        assert [refusing.get(url).status_code for url in ("/demands", "/my/demands", author.url)] == [200] * 3


class TestDatabaseAway:
    @pytest.fixture
    def away(self, app, client, tmp_path):
        app.extensions["database"] = Database(make_engine(f"sqlite:///{tmp_path}/no/such/folder.db"))
        return client

    @pytest.mark.parametrize("url", ["/", "/demands", "/desk", "/login", "/api/v1/demands"])
    def test_every_page_says_so(self, away, url):
        answer = away.get(url)
        assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
        assert "现在打不开，请过一会儿再试" in answer.get_data(as_text=True)

    def test_a_form_keeps_what_was_typed(self, away, author):
        answer = withdraw(away, author)
        assert answer.status_code == 503
        assert "没有保存成功，您写的内容还在" in answer.text
        assert html.escape(TYPED) in answer.text


class TestNoRoomForFiles:
    @pytest.fixture
    def full(self, app, client, author, private_database, monkeypatch):
        def refuse(_descriptor):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with private_database.sessions() as session:
            token = factories.bearer(session, author)
            session.commit()
        monkeypatch.setattr(os, "fsync", refuse)
        return lambda: client.post("/api/v1/files", data={"file": (io.BytesIO(PDF), "a.pdf")}, headers=token)

    def test_an_upload_waits(self, full):
        answer = full()
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")

    def test_no_half_of_it_is_left(self, full, settings):
        full()
        assert list(settings.files_folder.iterdir()) == []
