"""P8: a feed of 100 new postings a second: how soon each is found, and how much slower searching gets meanwhile.

Three processes, as in production: a feed that writes ten rows ten times a second (capability, outbox row and audit row,
as an import does) and wakes the worker; the product's worker; and this one, which searches as a site does. Stretches
with the feed and without take turns. One posting of each ten carries a number of its own in its title: it counts as
found when a search for that number puts it first. Under a feed that is by its words; how long after the feed's end the
last vector came is told beside it.
"""

import multiprocessing
import statistics
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

import numpy as np
from sqlalchemy.exc import OperationalError

from benchmarks.city import City, city
from benchmarks.command import Options
from benchmarks.results import Result, found
from benchmarks.rounds import Spread, milliseconds
from jobs import outbox
from jobs.notify import outbox_changed
from jobs.serve import worker_command
from matching.search import search_experts
from matching.searcher import Searcher
from models.audit import record
from models.capabilities import Capability
from models.database import Database
from models.index import PostingKind, enqueue
from settings import Settings

ROWS, PER_SECOND = 10, 10
"""Rows a transaction, transactions a second."""
SECONDS = 6.0
PAUSE = 0.02
"""Seconds between two searches: a site that is searched some thirty times a second."""
PATIENCE = 60.0


def write_rows(database: Database, begin: int, texts: list[tuple[str, str]]) -> uuid.UUID:
    """One transaction of the feed; the id of the row that carries the number of the transaction."""
    with database.write() as session:
        rows = [Capability(id=uuid.uuid4(), source="feed", external_id=f"{begin}-{place}",
                           title=f"FEED{begin:06d} {title}" if not place else title, summary=body)
                for place, (title, body) in enumerate(texts)]
        session.add_all(rows)
        session.flush()
        for row in rows:
            enqueue(session, PostingKind.capability, row.id)
            record(session, None, "capability.imported", row, source="feed")
        return rows[0].id


def feed(settings: Settings, texts: list[tuple[str, str]], pipe: Connection) -> None:
    """For each number of seconds that comes down the pipe, write that long; send (number, id, time of commit) of each
    transaction (id None: refused), then None. Times are of the machine's one monotonic clock."""
    database, number = Database.connect(settings.database), 0
    while seconds := pipe.recv():
        until = due = time.monotonic()
        until += seconds
        while due < until:
            time.sleep(max(0.0, due - time.monotonic()))
            some = [texts[(number * ROWS + place) % len(texts)] for place in range(ROWS)]
            try:
                pipe.send((number, write_rows(database, number, some), time.monotonic()))
            except OperationalError:  # SQLite gave up waiting for its lock: told with the result
                pipe.send((number, None, time.monotonic()))
            outbox_changed(settings)
            number += 1
            due = max(due + 1 / PER_SECOND, time.monotonic() - 1)  # what could not be written in time is not made up
        pipe.send(None)


@dataclass
class Watch:
    """What the site's side saw: how long searches took, and when each marked posting was first found."""

    home: City
    searcher: Searcher
    waiting: dict[int, tuple[uuid.UUID, float]] = field(default_factory=dict)
    delays: list[float] = field(default_factory=list)
    behind: list[float] = field(default_factory=list)
    """Seconds from the end of each stretch of feed until every posting had its vector."""
    refused: int = 0
    written: int = 0

    def search(self, words: str) -> list[uuid.UUID]:
        with self.home.database.read() as session:
            return list(search_experts(session, self.searcher, words).ids)

    def look(self) -> None:
        """Search for the oldest posting not found yet, and for those after it as long as they are found."""
        for number, (row, committed) in list(self.waiting.items()):
            if row not in self.search(f"FEED{number:06d}")[:1]:
                return
            self.delays.append(time.monotonic() - committed)
            del self.waiting[number]

    def unembedded(self) -> int:
        with self.home.database.read() as session:
            return outbox.pending(session)

    def stretch(self, words: Iterator[str], pipe: Connection | None) -> list[float]:
        """Search for SECONDS, or until the feed ends; milliseconds of each search."""
        taken, until, feeding = [], time.monotonic() + SECONDS, pipe is not None
        while feeding or time.monotonic() < until:
            taken.append(milliseconds(lambda: self.search(next(words))))
            while feeding and pipe.poll():
                if (said := pipe.recv()) is None:
                    feeding = False
                elif said[1] is None:
                    self.refused += 1
                else:
                    self.waiting[said[0]] = said[1:]
                    self.written += 1
            self.look()
            time.sleep(PAUSE)
        return taken

    def settle(self) -> None:
        """Wait until everything fed is found and has its vector; what is not within PATIENCE counts with the time it
        waited."""
        ended = time.monotonic()
        while (self.waiting or self.unembedded()) and time.monotonic() < ended + PATIENCE:
            self.look()
            time.sleep(PAUSE)
        self.behind.append(time.monotonic() - ended)
        self.delays += [time.monotonic() - committed for _, committed in self.waiting.values()]
        self.waiting.clear()


def measure(options: Options) -> Iterator[Result]:
    for size in options.sizes:
        with city(size, options.kinds[0]) as home, home.running(worker_command()):
            here, there = multiprocessing.get_context("spawn").Pipe()
            texts = list(zip(home.corpus.titles, home.corpus.bodies, strict=True))[:5_000]
            feeder = multiprocessing.get_context("spawn").Process(target=feed, args=(home.settings, texts, there))
            feeder.start()
            try:
                yield from watched(home, here, options.rounds)
            finally:
                here.send(0)
                feeder.join(30)


def watched(home: City, pipe: Connection, rounds: int) -> Iterator[Result]:
    watch = Watch(home, Searcher.from_settings(home.settings))
    words = asked(home)
    warm_up(watch, words, pipe)
    slower, calm, busy, late = [], [], [], []
    for _ in range(rounds):
        without = watch.stretch(words, None)
        pipe.send(SECONDS)
        during = watch.stretch(words, pipe)
        watch.settle()
        late.append(float(np.percentile(watch.delays, 95)))
        watch.delays.clear()
        calm.append(statistics.median(without))
        busy.append(statistics.median(during))
        slower.append(busy[-1] / calm[-1])
    size, kind = len(home.corpus) - len(home.demands), home.corpus.kind
    reached = watch.written * ROWS / (rounds * SECONDS)
    detail = f"{reached:.0f} of {ROWS * PER_SECOND} rows/s written, {watch.refused} transactions refused"
    vectors = f"the last vector {statistics.median(watch.behind):.1f} s after the feed's end"
    yield found("P8", size, kind, Spread(tuple(late)), f"by its words, 95th percentile of each stretch; {vectors}; "
                                                       f"{detail}")
    yield found("P8b", size, kind, Spread(tuple(slower)),
                f"search {statistics.median(calm):.2f} ms, during the feed {statistics.median(busy):.2f} ms; {detail}")


def asked(home: City) -> Iterator[str]:
    while True:
        yield from (query.text for query in home.corpus.queries)


def warm_up(watch: Watch, words: Iterator[str], pipe: Connection) -> None:
    """The first feed wakes the worker and compiles what is compiled once: not counted."""
    for _ in range(20):
        watch.search(next(words))
    pipe.send(1.0)
    watch.stretch(words, pipe)
    watch.settle()
    watch.delays.clear()
    watch.behind.clear()
    watch.written = watch.refused = 0


if __name__ == "__main__":
    sys.exit(__doc__)
