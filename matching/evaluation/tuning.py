"""Choose the weights of the two legs on labelled pairs, and say what the choice is worth on demands it did not see.

    python -m matching.evaluation.tuning --data ../shared/data/matching [--out matching/encoder/fusion.json]
"""

import json
import pathlib
from collections.abc import Callable, Sequence

import click
import numpy as np

from matching.encoders.embedding import load_encoder
from matching.evaluation.beir import Benchmark, read_benchmark
from matching.evaluation.labelled import folds
from matching.evaluation.metrics import interval
from matching.evaluation.report import first_characters
from matching.fusion import Fusion
from matching.ranking import Posting, Ranker, fuse

GRID = tuple(round(0.1 * step, 1) for step in range(11))


def scored(benchmark: Benchmark, ranker: Ranker, text: Callable[[Posting], Posting]) -> np.ndarray:
    """float64 (demands, weights): nDCG@10 of each demand at each weight of the grid; NaN where it has no score."""
    found = np.full((len(benchmark.demands), len(GRID)), np.nan)
    ids = [posting.id for posting in benchmark.capabilities]
    for row, (demand, judged) in enumerate(zip(benchmark.demands, benchmark.judged, strict=True)):
        asked = text(demand)
        lexical, dense = ranker.legs(asked, ranker.vector(asked))
        for column, weight in enumerate(GRID):
            found[row, column] = judged.ndcg(fuse(lexical, dense, weight), ids)
    return found


def choose(scores: np.ndarray, rows: Sequence[int]) -> int:
    """The column that these demands like best, each column smoothed over its neighbours: a lone peak is luck."""
    mean = np.nanmean(scores[list(rows)], axis=0)
    padded = np.concatenate([mean[:1], mean, mean[-1:]])
    return int(np.argmax((padded[:-2] + padded[1:-1] + padded[2:]) / 3))


def tune(scores: np.ndarray) -> tuple[float, list[float], list[float]]:
    """The weight chosen on all demands, those chosen in folds, and each demand's score under its fold's choice."""
    chosen, unseen = [], []
    for learning, judging in folds(len(scores)):
        column = choose(scores, learning)
        chosen.append(GRID[column])
        unseen += scores[judging, column].tolist()
    return GRID[choose(scores, range(len(scores)))], chosen, unseen


def as_short(demand: Posting) -> Posting:
    return Posting(demand.id, first_characters(demand.title))


@click.command()
@click.option("--data", type=click.Path(path_type=pathlib.Path, exists=True, file_okay=False), required=True)
@click.option("--out", type=click.Path(path_type=pathlib.Path, dir_okay=False))
def main(data: pathlib.Path, out: pathlib.Path | None) -> None:
    benchmark = read_benchmark(data)
    ranker = Ranker(benchmark.capabilities, load_encoder(light=True))
    weights, notes = {}, {}
    for name, text in (("dense", lambda demand: demand), ("short", as_short)):
        weight, chosen, unseen = tune(scored(benchmark, ranker, text))
        reached = [round(figure, 4) for figure in interval(unseen)]
        weights[name], notes[name] = weight, {"in folds": chosen, "unseen ndcg@10": reached}
        click.echo(f"{name}: {weight} (in folds {chosen}); nDCG@10 on unseen demands {reached}")
    if out:
        stored = {**weights, "short_length": Fusion().short_length, "chosen": notes}
        out.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
