"""The searcher of this process."""

import functools

from flask import current_app

from matching.following import Searchers
from matching.searcher import Searcher
from settings import Settings
from web.sessions import db, pause


@functools.lru_cache(maxsize=2)
def searchers(settings: Settings) -> Searchers:
    """One a process."""
    return Searchers(settings)


def searcher() -> Searcher:
    """One a process and model in use: it reads the saved index once and follows the database from there.

    Until it has, a page ends its transaction first: on SQLite a reader who reads an index keeps all writers waiting.
    """
    found = searchers(current_app.extensions["settings"])
    ready = found.ready(db())
    if ready is not None:
        return ready
    pause()
    found.load(current_app.extensions["database"].read)
    return found.current(db())
