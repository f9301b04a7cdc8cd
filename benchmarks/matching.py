"""How long recommendations and searches take on a BEIR folder imported whole. One command:

    [BENCHMARK_DATA=../shared/data/matching] python -m benchmarks page

Times are CPU milliseconds of this process (the machine may be shared), on SQLite, after one warm-up round.
"""

import os
import pathlib
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.command import Options
from benchmarks.results import Result, found, not_run
from benchmarks.rounds import Spread
from matching.batch import read_postings
from matching.encoders.embedding import load_encoder
from matching.postings import eligible
from matching.recommend import recommend_experts
from matching.search import search_demands, search_experts
from matching.searcher import Searcher
from matching.vectors import index_postings, write_snapshot
from models.capabilities import Capability
from models.database import Database
from models.demands import Demand, DemandStatus
from models.index import PostingKind
from models.migrate import upgrade

SOURCE, QUESTIONS = "benchmark", 100
DATA, SHARED = "BENCHMARK_DATA", "../shared/data/matching"


def fill(session: Session, data: pathlib.Path, most: int) -> None:
    session.add_all(Capability(source=SOURCE, external_id=p.id, title=p.title[:300], summary=p.body)
                    for p in read_postings(data / "corpus.jsonl")[:most])
    session.add_all(Demand(source=SOURCE, external_id=p.id, title=p.title[:300], problem=p.body,
                           status=DemandStatus.published)
                    for p in read_postings(data / "queries.jsonl"))


def timed(act: Callable[[], object]) -> float:
    """CPU milliseconds of one call."""
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1e3


def medians(rounds: int, acts: list[Callable[[], object]]) -> tuple[Spread, float]:
    """The p50 of each round after one that is not counted, and the p95 of all of them, CPU milliseconds."""
    taken = [[timed(act) for act in acts] for _ in range(rounds + 1)][1:]
    return Spread(tuple(statistics.median(one) for one in taken)), float(np.percentile(taken, 95))


def measure(options: Options) -> Iterator[Result]:
    data = pathlib.Path(os.environ.get(DATA, SHARED))
    if not data.is_dir():
        yield not_run("page", 0, f"no folder {data}: set {DATA} to a BEIR folder")
        return
    with tempfile.TemporaryDirectory(prefix="jiebang-benchmark-") as name:
        folder = pathlib.Path(name)
        database = Database.connect(f"sqlite:///{folder / 'benchmark.db'}")
        upgrade(database.engine)
        encoder = load_encoder(light=True)
        with database.write() as session:
            fill(session, data, max(options.sizes))
        with database.write() as session:
            for kind in PostingKind:
                index_postings(session, encoder, kind, list(session.scalars(eligible(kind))))
        for kind in PostingKind:
            write_snapshot(database.read, encoder, kind, folder / "index")
        with database.read() as session:
            yield from pages(session, Searcher(folder / "index", lambda: encoder), options.rounds)
        database.engine.dispose()


def pages(session: Session, searcher: Searcher, rounds: int) -> Iterator[Result]:
    load = timed(lambda: [searcher.state(session, kind) for kind in PostingKind])
    size = session.scalar(select(func.count()).select_from(Capability))
    demands = session.scalars(select(Demand).order_by(Demand.external_id).limit(QUESTIONS)).all()
    words = [demand.title[:6] for demand in demands]
    for name, acts in {
            "recommendation with its reasons":
                [lambda one=one: recommend_experts(session, searcher, one) for one in demands],
            "search of demands": [lambda one=one: search_demands(session, searcher, one) for one in words],
            "search of experts": [lambda one=one: search_experts(session, searcher, one) for one in words]}.items():
        p50, p95 = medians(rounds, acts)
        yield found("page", size, f"capabilities, {name}", p50,
                    f"p95 {p95:.1f} ms; saved index loaded in {load:.0f} ms")
