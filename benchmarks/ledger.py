"""The ledger's speed: appends by eight writers, proofs, audit and dossiers of a large log.

    .venv/bin/python -m benchmarks.ledger [--leaves 1000000] [--seconds 10] [--url postgresql+psycopg://…]

Figures to reach (trust.md §3, 2 cores): append ≥ 500/s with p99 ≤ 100 ms; at 1,000,000 leaves a proof ≤ 50 ms, the root
rebuilt ≤ 5 s, a dossier of 50 entries ≤ 2 s. Without --url it measures SQLite in a temporary folder.
"""

import argparse
import datetime as dt
import io
import multiprocessing
import pathlib
import random
import statistics
import tempfile
import time
import uuid
from decimal import Decimal

from sqlalchemy import func, insert, select

from ledger import dossier, leaf, log
from ledger.merkle import leaf_hash
from ledger.signer import Signer
from ledger.tree import Frontier
from models import migrate
from models.database import Database, make_engine
from models.guards import install_guards, remove_guards
from models.ledger import LedgerHead, LedgerLeaf, LedgerNode, LedgerOpening

WRITERS, BATCH = 8, 5000
FIELDS = {"amount": Decimal("120000.00"), "contract.number": "HT-2026-0001", "person": "甲", "scan.sha256": "0" * 64}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--leaves", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--url", help="an empty database; SQLite in a temporary folder by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jiebang-benchmark-") as folder:
        url = options.url or f"sqlite:///{folder}/ledger.db"
        engine = make_engine(url)
        migrate.upgrade(engine)
        engine.dispose()
        measure_appends(url, options.seconds)
        measure_large(url, options.leaves, Signer.open(pathlib.Path(folder) / "keys"))


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


def measure_appends(url: str, seconds: float) -> None:
    context = multiprocessing.get_context("spawn")
    gate, results = context.Barrier(WRITERS), context.Queue()
    writers = [context.Process(target=write, args=(url, seconds, gate, results)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    taken = sorted(one for _ in writers for one in results.get())
    for writer in writers:
        writer.join()
    busy = sum(taken) / WRITERS
    print(f"append, {WRITERS} writers: {len(taken) / busy:,.0f}/s, median {1000 * statistics.median(taken):.1f} ms, "
          f"p99 {1000 * taken[int(len(taken) * 0.99)]:.1f} ms, {len(taken):,} entries")


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


def timed(title: str, work, times: int = 1):
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        taken.append(time.perf_counter() - start)
    worst = f", worst {1000 * max(taken):.1f} ms of {times}" if times > 1 else ""
    print(f"{title}: {1000 * statistics.median(taken):,.1f} ms{worst}")
    return result


def rebuilt_root(session) -> bytes:
    frontier = Frontier()
    for body in log._bodies(session, 0, log.head(session).size):
        frontier.append(leaf_hash(body))
    return frontier.root()


def measure_large(url: str, leaves: int, signer: Signer) -> None:
    timed(f"filling to {leaves:,} entries", lambda: fill(url, leaves))
    database = Database.connect(url)
    with database.write() as session:
        timed("first checkpoint over all", lambda: log.sign_checkpoint(session, signer))
    with database.read() as session:
        size = session.scalar(select(func.count()).select_from(LedgerLeaf))
        print(f"at {size:,} entries")
        pick = random.Random(1)
        timed("inclusion proof", lambda: log.receipt(session, pick.randrange(size)), 200)
        timed("consistency proof", lambda: log.consistency(session, pick.randrange(1, size), size), 200)
        some = sorted(pick.sample(range(size), min(50, size)))
        timed("dossier of 50 entries", lambda: dossier.build(log.material(session, some), io.BytesIO()), 3)
        assert timed("root rebuilt", lambda: rebuilt_root(session)) == log.head(session).root
        assert timed("whole audit", lambda: log.verify_database(session)) == []


if __name__ == "__main__":
    main()
