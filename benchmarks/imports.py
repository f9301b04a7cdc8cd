"""P7: a bulk import of rows, from the file until the last one is found, against the least work that it must do.

The floor: tokenise, encode and index the same rows in memory, with the product's own functions. The rows come in five
parts; part by part the floor and the import take turns, on one database that grows.
"""

import json
import pathlib
import tempfile
import time
from collections.abc import Iterator

from benchmarks.command import Options
from benchmarks.corpus import Corpus, generate
from benchmarks.engine import built
from benchmarks.results import Result, found
from benchmarks.rounds import Spread
from ingestion.sheets.imports import import_file
from jobs.outbox import apply_pending
from matching.encoders.embedding import Encoder, embed_postings, load_encoder
from matching.lexical.bm25 import weigh
from matching.searcher import Searcher
from models.database import Database
from models.index import PostingKind
from models.migrate import upgrade

KIND = PostingKind.capability


def floor(titles: list[str], bodies: list[str], encoder: Encoder) -> float:
    """Seconds."""
    start = time.perf_counter()
    grams = [weigh(title, body) for title, body in zip(titles, bodies, strict=True)]
    vectors = embed_postings(encoder, titles, bodies)
    built([f"{place:032x}" for place in range(len(titles))], grams, vectors)
    return time.perf_counter() - start


def write_rows(path: pathlib.Path, begin: int, titles: list[str], bodies: list[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for place, (title, body) in enumerate(zip(titles, bodies, strict=True), begin):
            file.write(json.dumps({"_id": f"row-{place}", "title": title, "text": body}, ensure_ascii=False) + "\n")


def imported(database: Database, path: pathlib.Path, encoder: Encoder, searcher: Searcher) -> dict[str, float]:
    """Seconds of each step."""
    marks = [time.perf_counter()]
    with database.write() as session:
        report = import_file(session, KIND, path)
        assert not report.errors, report.errors[:3]
    marks.append(time.perf_counter())
    apply_pending(database, encoder)
    marks.append(time.perf_counter())
    with database.read() as session:
        searcher.state(session, KIND)
    marks.append(time.perf_counter())
    return dict(zip(("rows", "index", "search"), (b - a for a, b in zip(marks, marks[1:], strict=False)), strict=True))


def measure(options: Options) -> Iterator[Result]:
    for size in options.sizes:
        yield import_all(generate(size, options.kinds[0], queries=0), options.rounds)


def import_all(corpus: Corpus, rounds: int) -> Result:
    encoder = load_encoder()  # the worker's, which remembers nothing
    size = len(corpus)
    floor(corpus.titles[:20], corpus.bodies[:20], encoder)  # jieba and the kernels: outside the measure
    with tempfile.TemporaryDirectory(prefix="jiebang-benchmark-") as name:
        folder = pathlib.Path(name)
        database = Database.connect(f"sqlite:///{folder / 'benchmark.db'}")
        upgrade(database.engine)
        searcher = Searcher(folder / "index", lambda: encoder)
        floors, imports = [], []
        for part in range(rounds):
            begin, end = size * part // rounds, size * (part + 1) // rounds
            rows = corpus.titles[begin:end], corpus.bodies[begin:end]
            write_rows(folder / "rows.jsonl", begin, *rows)
            floors.append(floor(*rows, encoder))
            imports.append(imported(database, folder / "rows.jsonl", encoder, searcher))
        database.engine.dispose()
    whole = [sum(steps.values()) for steps in imports]
    steps = " + ".join(f"{step} {sum(one[step] for one in imports):.1f} s" for step in imports[0])
    return found("P7", size, corpus.kind, Spread(tuple(a / b for a, b in zip(floors, whole, strict=True))),
                 f"{size / sum(whole):,.0f} rows/s ({steps}) · floor {size / sum(floors):,.0f} rows/s",
                 figures={"rows/s": size / sum(whole), "floor rows/s": size / sum(floors)})
