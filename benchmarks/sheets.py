"""S1: a sheet with 1 % wrong rows, from the file until the last right one is embedded, against reading, tokenising and
embedding the same rows with the product's own functions.

The import checks every row, then checks it again as it writes it, a few hundred a transaction, resumable in between.
The rows come in five sheets; sheet by sheet the floor and the import take turns, on one database that grows. Beside the
time on the wall stands the time on the processor, children included: on a machine that others use it says more.
"""

import pathlib
import resource
import tempfile
import time
from collections.abc import Iterator

import xlsxwriter
from sqlalchemy.orm import configure_mappers

from benchmarks.command import Options
from benchmarks.corpus import Corpus, generate
from benchmarks.results import Result, found
from benchmarks.rounds import Spread
from ingestion.sheets import batches
from ingestion.sheets.tables import open_table
from jobs import sheets
from jobs.outbox import apply_pending
from matching.encoders.embedding import Encoder, embed_postings, load_encoder
from matching.lexical.bm25 import weigh
from models.database import Database
from models.migrate import upgrade
from models.sheets import SheetKind
from settings import Settings

KIND, EVERY = SheetKind.capability, 100
HEADER = ("编号", "标题", "简介")


def measure(options: Options) -> Iterator[Result]:
    for size in options.sizes:
        yield bring_in(generate(size, options.kinds[0], queries=0), options.rounds)


def write_sheet(path: pathlib.Path, begin: int, titles: list[str], bodies: list[str]) -> None:
    """Every hundredth row has no title."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for line, (title, body) in enumerate(zip(titles, bodies, strict=True), 1):
            sheet.write_row(line, 0, (f"row-{begin + line}", "" if line % EVERY == 0 else title, body))


def on_processor() -> float:
    """Seconds of this process and of those that read workbooks for it."""
    spent = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def floor(path: pathlib.Path, encoder: Encoder) -> dict[str, float]:
    """Seconds to read, to tokenise and to embed."""
    marks = [time.perf_counter()]
    rows = open_table(path.name, path.read_bytes(), KIND).rows
    titles, bodies = ([row.cells.get(name, "") for row in rows] for name in HEADER[1:])
    marks.append(time.perf_counter())
    for title, body in zip(titles, bodies, strict=True):
        weigh(title, body)
    marks.append(time.perf_counter())
    embed_postings(encoder, titles, bodies)
    marks.append(time.perf_counter())
    return _steps(("read", "tokenise", "embed"), marks)


def imported(database: Database, settings: Settings, path: pathlib.Path, encoder: Encoder) -> dict[str, float]:
    """Seconds of each step."""
    marks = [time.perf_counter()]
    with database.write() as session:
        batch = batches.open_batch(session, settings, None, KIND, path.name, path.read_bytes())
    marks.append(time.perf_counter())
    sheets.work(database, settings, batch.id)
    marks.append(time.perf_counter())
    with database.write() as session:
        batches.start(session, None, batches.find_batch(session, batch.id), partial=True)
    sheets.work(database, settings, batch.id)
    marks.append(time.perf_counter())
    apply_pending(database, encoder)
    marks.append(time.perf_counter())
    with database.read() as session:
        done = batches.find_batch(session, batch.id)
        assert done.written["refused"] == done.rows // EVERY, done.written
    return _steps(("read", "check", "write", "embed"), marks)


def _steps(names: tuple[str, ...], marks: list[float]) -> dict[str, float]:
    return dict(zip(names, (b - a for a, b in zip(marks, marks[1:], strict=False)), strict=True))


def bring_in(corpus: Corpus, rounds: int) -> Result:
    encoder = load_encoder()  # the worker's, which remembers nothing
    size = len(corpus)
    embed_postings(encoder, corpus.titles[:20], corpus.bodies[:20])  # what is read at first: outside the measure
    weigh(corpus.titles[0], corpus.bodies[0])
    configure_mappers()
    with tempfile.TemporaryDirectory(prefix="jiebang-benchmark-") as name:
        folder = pathlib.Path(name)
        settings = Settings(_env_file=None, data_dir=folder)
        database = Database.connect(f"sqlite:///{folder / 'benchmark.db'}")
        upgrade(database.engine)
        floors, imports, spent = [], [], [0.0, 0.0]
        for part in range(rounds):
            begin, end = size * part // rounds, size * (part + 1) // rounds
            path = folder / f"part{part}.xlsx"
            write_sheet(path, begin, corpus.titles[begin:end], corpus.bodies[begin:end])
            marks = [on_processor()]
            floors.append(floor(path, encoder))
            marks.append(on_processor())
            imports.append(imported(database, settings, path, encoder))
            marks.append(on_processor())
            spent = [spent[0] + marks[1] - marks[0], spent[1] + marks[2] - marks[1]]
        database.engine.dispose()
    whole, least = ([sum(steps.values()) for steps in taken] for taken in (imports, floors))
    return found("S1", size, corpus.kind, Spread(tuple(b / a for a, b in zip(least, whole, strict=True))),
                 f"{size / sum(whole):,.0f} rows/s ({_told(imports)}) · floor {size / sum(least):,.0f} rows/s "
                 f"({_told(floors)}) · on the processor {spent[1]:.1f} s ÷ {spent[0]:.1f} s "
                 f"= {spent[1] / spent[0]:.2f}",
                 figures={"rows/s": size / sum(whole), "floor rows/s": size / sum(least),
                          "on the processor": spent[1] / spent[0]})


def _told(taken: list[dict[str, float]]) -> str:
    return " + ".join(f"{step} {sum(one[step] for one in taken):.1f} s" for step in taken[0])
