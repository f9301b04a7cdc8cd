"""The ledger's speed: appends by eight writers, proofs, audit and dossiers of a large log.

    [BENCHMARK_DATABASE=postgresql+psycopg://…] python -m benchmarks L1 [--size 1000000]

Figures to reach (trust.md §3, 2 cores): append ≥ 500/s with p99 ≤ 100 ms; at 1,000,000 leaves a proof ≤ 50 ms, the root
rebuilt ≤ 5 s, a dossier of 50 entries ≤ 2 s. Measures SQLite in a temporary folder unless an empty database is named.
"""

import datetime as dt
import io
import multiprocessing
import os
import pathlib
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal

from sqlalchemy import func, insert, select

from benchmarks.command import Options
from benchmarks.results import Result, found
from benchmarks.rounds import Spread, milliseconds
from ledger import dossier, leaf, log
from ledger.merkle import leaf_hash
from ledger.signer import Signer
from ledger.tree import Frontier
from models import migrate
from models.database import Database, make_engine
from models.guards import install_guards, remove_guards
from models.ledger import LedgerHead, LedgerLeaf, LedgerNode, LedgerOpening

WRITERS, BATCH, SECONDS, PROOFS = 8, 5000, 3.0, 200
URL = "BENCHMARK_DATABASE"
FIELDS = {"amount": Decimal("120000.00"), "contract.number": "HT-2026-0001", "person": "甲", "scan.sha256": "0" * 64}


def measure(options: Options) -> Iterator[Result]:
    with tempfile.TemporaryDirectory(prefix="jiebang-benchmark-") as folder:
        url = os.environ.get(URL) or f"sqlite:///{folder}/ledger.db"
        engine = make_engine(url)
        migrate.upgrade(engine)
        engine.dispose()
        size = max(options.sizes)
        yield from appends(url, options.rounds)
        yield from large(url, size, Signer.open(pathlib.Path(folder) / "keys"), options.rounds)


def write(url: str, seconds: float, gate, results) -> None:
    """One writer: appends in transactions of its own for so many seconds from the moment all are ready."""
    database, taken = Database.connect(url), []
    gate.wait()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        start = time.perf_counter()
        with database.write() as session:
            log.append(session, "contract.confirmed", FIELDS)
        taken.append(time.perf_counter() - start)
    results.put(taken)


def appends(url: str, rounds: int) -> Iterator[Result]:
    """L1 and L2: eight writers at once, each round SECONDS long."""
    rates, slowest, medians, written = [], [], [], 0
    for _ in range(rounds):
        taken = sorted(appended(url))
        written += len(taken)
        rates.append(len(taken) / (sum(taken) / WRITERS))
        slowest.append(1000 * taken[int(len(taken) * 0.99)])
        medians.append(1000 * statistics.median(taken))
    detail = f"{WRITERS} writers, median {statistics.median(medians):.1f} ms, {written:,} entries"
    yield found("L1", written, "entries", Spread(tuple(rates)), detail)
    yield found("L2", written, "entries", Spread(tuple(slowest)), detail)


def appended(url: str) -> list[float]:
    """Seconds of each append."""
    context = multiprocessing.get_context("spawn")
    gate, results = context.Barrier(WRITERS), context.Queue()
    writers = [context.Process(target=write, args=(url, SECONDS, gate, results)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    taken = [one for _ in writers for one in results.get()]
    for writer in writers:
        writer.join()
    return taken


def fill(url: str, leaves: int) -> None:
    """Grow the log to `leaves` entries in bulk, past the triggers, as fast as the database takes rows."""
    database = Database.connect(url)
    at, frontier = dt.datetime.now(dt.UTC), None
    with database.write() as session:
        remove_guards(session.connection())
        head = session.get(LedgerHead, 1)
        frontier = Frontier(head.size, head.frontier)
        while frontier.size < leaves:
            rows: tuple[list, list, list] = ([], [], [])
            for _ in range(min(BATCH, leaves - frontier.size)):
                event = uuid.uuid4()
                made = leaf.build(head.origin, "contract.confirmed", event, at, (), {"person": "甲"})
                rows[0].append({"idx": frontier.size, "event_id": event, "body": made.body.decode(), "hash": made.hash})
                rows[1].extend({"idx": frontier.size, "field": one.field, "salt": one.salt, "value": one.value.decode()}
                               for one in made.openings)
                rows[2].extend({"level": node.level, "idx": node.idx, "hash": digest}
                               for node, digest in frontier.append(made.hash))
            for table, values in zip((LedgerLeaf, LedgerOpening, LedgerNode), rows, strict=True):
                if values:
                    session.execute(insert(table), values)
        head.size, head.frontier = frontier.size, frontier.packed()
        session.flush()
        install_guards(session.connection())


def rebuilt_root(session) -> bytes:
    frontier = Frontier()
    for body in log._bodies(session, 0, log.head(session).size):
        frontier.append(leaf_hash(body))
    return frontier.root()


def large(url: str, leaves: int, signer: Signer, rounds: int) -> Iterator[Result]:
    """L3 to L5: what is asked of a log that has grown."""
    filling = milliseconds(lambda: fill(url, leaves)) / 1e3
    database = Database.connect(url)
    with database.write() as session:
        signing = milliseconds(lambda: log.sign_checkpoint(session, signer)) / 1e3
    with database.read() as session:
        size = session.scalar(select(func.count()).select_from(LedgerLeaf))
        pick = random.Random(1)
        detail = f"filled in {filling:.0f} s, first checkpoint {signing:.1f} s"
        proof = taken(lambda: log.receipt(session, pick.randrange(size)), PROOFS)
        yield found("L3", size, "entries", Spread(tuple(proof)), f"inclusion, worst of {PROOFS}; {detail}")
        both = taken(lambda: log.consistency(session, pick.randrange(1, size), size), PROOFS)
        yield found("L3", size, "entries, consistency", Spread(tuple(both)), f"worst of {PROOFS}")
        rebuilt = [one / 1e3 for one in taken(lambda: rebuilt_root(session), rounds)]
        assert rebuilt_root(session) == log.head(session).root
        yield found("L4", size, "entries", Spread(tuple(rebuilt)), "equal to the log's own root")
        some = sorted(pick.sample(range(size), min(50, size)))
        made = [one / 1e3 for one in
                taken(lambda: dossier.build(log.material(session, some), io.BytesIO()), rounds)]
        audit = milliseconds(lambda: log.verify_database(session)) / 1e3
        yield found("L5", size, "entries", Spread(tuple(made)), f"whole audit {audit:.1f} s")


def taken(act: Callable[[], object], times: int) -> list[float]:
    return [milliseconds(act) for _ in range(times)]
