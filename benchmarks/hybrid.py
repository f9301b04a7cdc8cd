"""P1 to P4: hybrid search against its own legs, against peers, and as the postings grow."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

import jieba
import numpy as np

from benchmarks import peers
from benchmarks.command import Options
from benchmarks.corpus import KINDS, SELECTIVITIES, Corpus, generate
from benchmarks.engine import Engine, Question
from benchmarks.reference import Columns, Exact, overlap
from benchmarks.results import Result, found, not_run
from benchmarks.rounds import ROUNDS, Spread, interleaved, ratio

ALLOWANCE = 0.05
"""Milliseconds that fusing may take beside the legs."""
JUDGED = KINDS[:2]
TXTAI_UP_TO = 100_000
"""The size that P2 names; ten times as much does not fit beside the rest."""


@dataclass
class Ground:
    """A corpus, the engine over it and what both are compared with, each made when first asked for."""

    corpus: Corpus

    @cached_property
    def questions(self) -> list[Question]:
        return [Question.of(query) for query in self.corpus.queries]

    @cached_property
    def engine(self) -> Engine:
        return Engine(self.corpus)

    @cached_property
    def columns(self) -> Columns:
        return Columns(self.corpus)

    @cached_property
    def exact(self) -> Exact:
        return Exact(self.corpus, self.columns)

    def masks(self) -> Iterator[tuple[str, np.ndarray | None]]:
        yield "no filter", None
        for share in SELECTIVITIES:
            yield f"{share:.0%} pass", self.corpus.lot < share

    def found(self, goal: str, spread: Spread, detail: str, filtered: str = "", **more) -> Result:
        return found(goal, len(self.corpus), self.named(filtered), spread, detail,
                     judged=self.corpus.kind in JUDGED, **more)

    def not_run(self, goal: str) -> Result:
        return not_run(goal, len(self.corpus), peers.MISSING)

    def named(self, filtered: str = "") -> str:
        return f"{self.corpus.kind}, {filtered}" if filtered else self.corpus.kind


def legs(ground: Ground, rounds: int = ROUNDS) -> Iterator[Result]:
    """P1: (hybrid − 0.05 ms) ÷ (dense leg + lexical leg), filtered and not."""
    engine = ground.engine
    for name, mask in ground.masks():
        contenders = {leg: partial(getattr(engine, leg), mask=mask) for leg in ("hybrid", "dense", "lexical")}
        taken = interleaved(contenders, ground.questions, rounds)
        alone = Spread(tuple(map(sum, zip(taken["dense"].rounds, taken["lexical"].rounds, strict=True))))
        fused = Spread(tuple(taken_ms - ALLOWANCE for taken_ms in taken["hybrid"].rounds))
        yield ground.found("P1", ratio(fused, alone),
                           " · ".join(f"{leg} {spread.median:.3f} ms" for leg, spread in taken.items()),
                           name, figures={f"{leg} ms": spread.median for leg, spread in taken.items()})


def against_txtai(ground: Ground, rounds: int = ROUNDS) -> Iterator[Result]:
    """P2: from the words typed to ten places, the query's vector given to both; and how right our ten are."""
    engine, exact = ground.engine, ground.exact
    shared = [overlap(engine.hybrid(question), exact.hybrid(question)) for question in ground.questions]
    yield ground.found("P2b", Spread((float(np.mean(shared)),)),
                f"worst query {min(shared):.2f} of {len(shared)}")
    if not peers.present():
        yield ground.not_run("P2")
        return
    jieba.initialize()
    txtai = peers.Txtai(ground.corpus)
    taken = interleaved({"hybrid": lambda query: engine.hybrid(Question.of(query)),
                         "txtai": lambda query: txtai.hybrid(peers.cut(query.text))}, ground.corpus.queries, rounds)
    yield found("P2", len(ground.corpus), ground.named(), ratio(taken["hybrid"], taken["txtai"]),
                f"hybrid {taken['hybrid'].median:.3f} ms · txtai {taken['txtai'].median:.2f} ms")


def against_raw(ground: Ground, rounds: int = ROUNDS) -> Iterator[Result]:
    """P3: the same questions to faiss and bm25s (numba) called by hand."""
    if not peers.present():
        yield ground.not_run("P3")
        return
    raw = peers.RawPair(ground.corpus, ground.columns)
    taken = interleaved({"hybrid": ground.engine.hybrid, "raw": raw.hybrid}, ground.questions, rounds)
    kind = f"IVF-SQ8, {raw.probes} probes" if raw.probes else "exact"
    yield found("P3", len(ground.corpus), ground.named(), ratio(taken["hybrid"], taken["raw"]),
                f"hybrid {taken['hybrid'].median:.3f} ms · faiss ({kind}) + bm25s {taken['raw'].median:.3f} ms")


def growth(kind: str, unfiltered: Iterable[Result]) -> Iterator[Result]:
    """P4: the slope of log p50 over log size, from the unfiltered figures of P1. One slope a round would need all sizes
    in memory at once; the spread given is that of the slopes between neighbouring sizes."""
    points = sorted((one.size, one.figures["hybrid ms"]) for one in unfiltered)
    if len(points) < 2:
        yield not_run("P4", points[-1][0] if points else 0, "needs at least two sizes")
        return
    sizes, taken = np.log([size for size, _ in points]), np.log([ms for _, ms in points])
    between = [float((b - a) / (y - x)) for (x, a), (y, b) in itertools.pairwise(zip(sizes, taken, strict=True))]
    slope = float(np.polyfit(sizes, taken, 1)[0])
    yield Result("P4", points[-1][0], f"{kind}, from {points[0][0]:,}", slope, min(between), max(between),
                 " · ".join(f"{size:,} {ms:.3f} ms" for size, ms in points))


def measure(options: Options) -> Iterator[Result]:
    """All of P1 to P4 that are wanted, a corpus at a time."""
    goals = options.goals
    for kind in options.kinds:
        unfiltered = []
        for size in options.sizes:
            ground = Ground(generate(size, kind))
            if goals & {"P1", "P4"}:
                ratios = list(legs(ground, options.rounds))
                unfiltered.append(ratios[0])
                yield from ratios if "P1" in goals else []
            if "P2" in goals and size == options.largest(TXTAI_UP_TO):
                yield from against_txtai(ground, options.rounds)
            if "P3" in goals:
                yield from against_raw(ground, options.rounds)
        if "P4" in goals:
            yield from growth(kind, unfiltered)
