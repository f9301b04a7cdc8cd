"""Noting what was recommended to whom, beside the request: kept in memory for seconds, written by a thread of its own.

A page never waits for it and its session stays a reader. A process that is killed loses the last few seconds: these
are statistics, and no act of anybody rests on them.
"""

import atexit
import collections
import threading
import uuid
from collections.abc import Iterable

import structlog
from flask import Flask, current_app, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from matching.learning.impressions import Opened, Shown, record_opened, record_shown
from matching.recommend import Match
from models.accounts import User
from models.base import now
from models.database import Database
from models.engagements import Side
from web.navigation import parts_of

PAUSE = 5.0
"""Seconds between two writings: one short transaction instead of one a page."""
MOST = 2000
"""Lists held at most. Older ones go first, should the database be away."""
LISTS = frozenset({"matches.mine", "desk.mine", "demands.hall"})
"""Pages on which an expert is recommended demands."""

log = structlog.get_logger()


class Buffer:
    """Events of one process that wait to be written."""

    def __init__(self) -> None:
        self._waiting: collections.deque[Shown | Opened] = collections.deque(maxlen=MOST)
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, event: Shown | Opened) -> None:
        self._waiting.append(event)

    def start(self, database: Database) -> None:
        """Have a thread write what waits every few seconds, from now to the end of the process."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, args=(database,), name="impressions", daemon=True)
                self._thread.start()
                atexit.register(self.write, database)

    def _run(self, database: Database) -> None:
        pause = threading.Event()
        while not pause.wait(PAUSE):
            self.write(database)

    def write(self, database: Database) -> int:
        """Write what waits now, in one transaction; how many events. A failure is logged and the events are dropped."""
        events = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not events:
            return 0
        try:
            with database.write() as session:
                record_shown(session, [event for event in events if isinstance(event, Shown)])
                for event in events:
                    if isinstance(event, Opened):
                        record_opened(session, event)
        except SQLAlchemyError as error:
            log.error("impressions lost", events=len(events), error=repr(error))
            return 0
        return len(events)


def shown(viewer: User, side: Side, matches: Iterable[Match]) -> None:
    """Note a list of recommendations as `viewer` sees it. Nothing of people who turned personal ones off."""
    pairs = tuple((match.demand.id, match.expert.id if match.expert else match.capability.id) for match in matches)
    if pairs:
        _note(viewer, Shown(viewer.id, side, pairs, now()))


def opened(viewer: User | None, demand_id: uuid.UUID, candidate_id: uuid.UUID) -> None:
    """Note that `viewer` went from a list to the other side of a pair."""
    if viewer is not None:
        _note(viewer, Opened(viewer.id, (demand_id, candidate_id), now()))


def _note(viewer: User, event: Shown | Opened) -> None:
    if not viewer.personalised or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return
    buffer: Buffer = current_app.extensions["impressions"]
    buffer.add(event)
    if not current_app.testing:
        buffer.start(current_app.extensions["database"])


def came_from() -> tuple[str, dict]:
    """The endpoint and arguments of the page of this site on which the reader followed a link; ("", {}) otherwise."""
    referrer = parts_of(request.referrer)
    if referrer.netloc != request.host:
        return "", {}
    try:
        endpoint, arguments = current_app.create_url_adapter(request).match(referrer.path, method="GET")
    except HTTPException:
        return "", {}
    return endpoint, dict(arguments)


def init(app: Flask) -> None:
    app.extensions["impressions"] = Buffer()
