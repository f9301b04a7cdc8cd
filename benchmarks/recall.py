"""P5: how many of the ten truly nearest the dense leg finds, under filters that let 1, 10 and 50 % pass and without."""

import itertools
from collections.abc import Iterator

import numpy as np

from benchmarks.command import Options
from benchmarks.corpus import generate
from benchmarks.engine import COUNT
from benchmarks.hybrid import Ground
from benchmarks.reference import overlap
from benchmarks.results import Result
from benchmarks.rounds import ROUNDS, Spread


def recall(ground: Ground, rounds: int = ROUNDS) -> Iterator[Result]:
    """The spread is that of `rounds` parts of the queries."""
    for name, mask in ground.masks():
        shares = [overlap(ground.engine.dense(question, mask)[:COUNT], ground.exact.dense(question, mask))
                  for question in ground.questions]
        parts = [float(np.mean(part)) for part in np.array_split(shares, min(rounds, len(shares)))]
        mean = float(np.mean(shares))
        yield ground.found("P5", Spread(tuple(parts)),
                           f"mean {mean:.4f} of {len(shares)}, worst {min(shares):.1f}", name)


def measure(options: Options) -> Iterator[Result]:
    for kind, size in itertools.product(options.kinds, options.sizes):
        yield from recall(Ground(generate(size, kind)), options.rounds)
