"""How long recommendations and searches take on a BEIR folder imported whole. One command, one table:

    python -m benchmarks.matching --data ../shared/data/matching

Times are CPU milliseconds of this process (the machine may be shared), on SQLite, after one warm-up round.
"""

import pathlib
import tempfile
import time
from collections.abc import Callable, Iterable

import click
import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.batch import read_postings
from matching.embedding import load_encoder
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

SOURCE = "benchmark"


def fill(session: Session, data: pathlib.Path) -> None:
    session.add_all(Capability(source=SOURCE, external_id=p.id, title=p.title[:300], summary=p.body)
                    for p in read_postings(data / "corpus.jsonl"))
    session.add_all(Demand(source=SOURCE, external_id=p.id, title=p.title[:300], problem=p.body,
                           status=DemandStatus.published)
                    for p in read_postings(data / "queries.jsonl"))


def timed(act: Callable[[], object]) -> float:
    """CPU milliseconds of one call."""
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1e3


def report(name: str, milliseconds: Iterable[float]) -> None:
    p50, p95 = np.percentile(list(milliseconds), [50, 95])
    click.echo(f"{name:<44}{p50:9.1f}{p95:9.1f}")


@click.command()
@click.option("--data", type=click.Path(path_type=pathlib.Path, exists=True, file_okay=False), required=True)
def main(data: pathlib.Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        database = Database.connect(f"sqlite:///{folder / 'benchmark.db'}")
        upgrade(database.engine)
        encoder = load_encoder(light=True)
        click.echo(f"{'CPU ms':<44}{'p50':>9}{'p95':>9}")
        with database.write() as session:
            fill(session, data)
        with database.write() as session:
            for kind in PostingKind:
                ids = list(session.scalars(eligible(kind)))
                report(f"index {len(ids)} postings ({kind}), each",
                       [timed(lambda ids=ids, kind=kind: index_postings(session, encoder, kind, ids)) / len(ids)])
                write_snapshot(session, encoder, kind, folder / "index")
        searcher = Searcher(folder / "index", lambda: encoder)
        with database.read() as session:
            measure(session, searcher)
        database.engine.dispose()


def measure(session: Session, searcher: Searcher) -> None:
    for kind in PostingKind:
        report(f"load the saved index ({kind})", [timed(lambda kind=kind: searcher.state(session, kind))])
    demands = session.scalars(select(Demand).order_by(Demand.external_id)).all()
    for title in ("first round", "second round"):
        report(f"recommend, reasons included, {title}",
               [timed(lambda demand=demand: recommend_experts(session, searcher, demand)) for demand in demands])
    words = [demand.title[:6] for demand in demands]
    report("search demands", [timed(lambda word=word: search_demands(session, searcher, word)) for word in words])
    report("search experts", [timed(lambda word=word: search_experts(session, searcher, word)) for word in words])


if __name__ == "__main__":
    main()
