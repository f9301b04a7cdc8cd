"""Learn from labelled pairs what the fused score leaves over, and judge that on demands it has not seen."""

import pathlib
from collections.abc import Collection, Iterator

import numpy as np

from matching.encoders.embedding import Encoder
from matching.evaluation.beir import Benchmark, read_benchmark
from matching.learning.fitting import RIDGE
from matching.learning.kernel import KernelRanker
from matching.ranking import Ranker

FOLDS, SEED = 5, 20201101


def learn(benchmark: Benchmark, ranker: Ranker, demands: Collection[int]) -> KernelRanker:
    """What the judged pairs of these demands teach. `ranker` ranks the benchmark's capabilities, nothing learned.

    A gain counts as its level (0, 1, 3, 7 → 0 to 3). Levels and fused scores are compared within a demand, so that a
    hard demand teaches no pessimism; the slope between them, by least squares over all, brings both to one scale.
    """
    asked, found, levels, scores = [], [], [], []
    for place in sorted(demands):
        judged = benchmark.judged[place]
        if not len(judged.places):
            continue
        query = benchmark.demands[place]
        asked.append(np.repeat(ranker.vector(query)[None], len(judged.places), axis=0))
        found.append(ranker.vectors[judged.places])
        levels.append(_centred(np.log2(judged.gains + 1.0)))
        scores.append(_centred(ranker.scores(query)[judged.places].astype(np.float64)))
    if not asked:
        return KernelRanker.fit(ranker.vectors[:0], ranker.vectors[:0], np.zeros(0))
    level, score = np.concatenate(levels), np.concatenate(scores)
    slope = max(float(score @ level) / max(float(score @ score), 1e-9), 1e-3)
    return KernelRanker.fit(np.concatenate(asked), np.concatenate(found), level / slope - score, ridge=RIDGE)


def learn_folder(folder: pathlib.Path, encoder: Encoder) -> KernelRanker:
    """What all labels of a BEIR folder teach. BadRow where it is none."""
    benchmark = read_benchmark(folder)
    return learn(benchmark, Ranker(benchmark.capabilities, encoder), range(len(benchmark.demands)))


def folds(count: int, number: int = FOLDS) -> Iterator[tuple[list[int], list[int]]]:
    """(demands to learn from, demands to judge), each demand judged once; drawn with a fixed seed."""
    drawn = np.random.default_rng(SEED).permutation(count)
    for fold in range(number):
        judging = sorted(drawn[fold::number].tolist())
        yield sorted(set(range(count)) - set(judging)), judging


def _centred(values: np.ndarray) -> np.ndarray:
    return values - values.mean()
