"""Browsers on a database whose writes are committed, several at once if need be."""

import contextvars
import threading
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from models.accounts import LoginSession, User
from models.base import now
from models.database import Database


def browser(app: Flask, database: Database, person: User) -> FlaskClient:
    """A browser of its own in which `person` is logged in."""
    with database.sessions() as session:
        login = LoginSession(user_id=person.id)
        session.add(login)
        session.commit()
    client = FlaskClient(app, app.response_class)
    with client.session_transaction() as cookie:
        cookie.update(_user_id=str(login.id), _fresh=True, seen=int(now().timestamp()))
    return client


def at_once(*presses: Callable[[], int]) -> list[int]:
    """The presses let go together, each in a thread that keeps the test's clock; what each was answered, sorted."""
    answers, start = [], threading.Barrier(len(presses))

    def run(press: Callable[[], int]) -> None:
        start.wait()
        answers.append(press())

    threads = [threading.Thread(target=contextvars.copy_context().run, args=(run, press)) for press in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)
