"""The database session of a request: a reader for safe methods, a writer for the rest, committed on 2xx–3xx only."""

from apiflask import APIFlask
from flask import Response, current_app, g, request
from sqlalchemy.orm import Session

from jobs import notify
from models.database import Database
from models.index import ENQUEUED

SAFE = {"GET", "HEAD", "OPTIONS"}


def db() -> Session:
    """The session of the present request. A safe method gets one that takes no write lock and never commits."""
    if "db" not in g:
        database: Database = current_app.extensions["database"]
        g.db = (database.readers if request.method in SAFE else database.sessions)()
    return g.db


def pause() -> None:
    """End the transaction of a reader, keeping what was read: before work that takes long, so that nobody waits for it.

    What comes after sees the database as it is then. A commit, since it lets go of nothing that was read; a writer's
    transaction is left as it is.
    """
    session = db()
    if request.method in SAFE and not (session.new or session.dirty or session.deleted):
        session.commit()


def settle(response: Response) -> Response:
    """Commit what a successful write did, before the answer leaves; a refusal changes nothing."""
    session = g.get("db")
    if session is not None:
        if request.method not in SAFE and response.status_code < 400:
            session.commit()
            if session.info.pop(ENQUEUED, False):
                notify.outbox_changed(current_app.extensions["settings"])
            for follow_up in g.get("after_commit", []):
                follow_up()
        elif request.method in SAFE:
            session.close()  # nothing was written; to roll back would mark all that was read as out of date, row by row
        else:
            session.rollback()
    return response


def after_commit(call) -> None:
    """Have `call()` run once the request's writes are durable (a wake-up for the worker, say)."""
    g.setdefault("after_commit", []).append(call)


def close(_error: BaseException | None = None) -> None:
    session = g.pop("db", None)
    if session is not None:
        session.close()


class CommittingFlask(APIFlask):
    """Commits inside the dispatch, so a conflict found at commit is answered like one found earlier."""

    def dispatch_request(self):
        return settle(self.make_response(super().dispatch_request()))
