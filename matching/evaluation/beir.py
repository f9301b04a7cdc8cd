"""A labelled benchmark in BEIR layout: queries.jsonl, corpus.jsonl, qrels/test.tsv."""

import csv
import pathlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.batch import BadRow, read_postings
from matching.evaluation.metrics import ndcg
from matching.ranking import Posting, order

RELEVANT = 3
"""Gains 0, 1, 3, 7 are the four labelled levels; the upper two count as relevant (shared/tools/score_run.py)."""
FEWEST = 5
"""A demand with fewer judged candidates has no ranking worth a score."""


@dataclass(frozen=True)
class Judged:
    """A demand's judged candidates: places in `Benchmark.capabilities`, in order of id, and their gains."""

    places: np.ndarray
    gains: np.ndarray

    def ndcg(self, scores: np.ndarray, ids: Sequence[str]) -> float:
        """nDCG@10 of the judged candidates in the order of their scores, ties by id; NaN where they have no score.

        `scores` and `ids` are those of all capabilities.
        """
        if len(self.places) < FEWEST:
            return float("nan")
        among = order(scores[self.places], [ids[place] for place in self.places])
        return ndcg(self.gains[among].tolist())


@dataclass(frozen=True)
class Benchmark:
    """Demands, capabilities, and what people judged of their pairs, one `Judged` a demand."""

    demands: tuple[Posting, ...]
    capabilities: tuple[Posting, ...]
    judged: tuple[Judged, ...]


def read_benchmark(folder: pathlib.Path) -> Benchmark:
    """BadRow where a file is missing, or a line is none of its kind, naming file and line."""
    demands, capabilities = (_postings(folder / name) for name in ("queries.jsonl", "corpus.jsonl"))
    place = {posting.id: i for i, posting in enumerate(capabilities)}
    gains: dict[str, dict[str, int]] = {posting.id: {} for posting in demands}
    path = folder / "qrels" / "test.tsv"
    for number, row in enumerate(_rows(path), 2):
        try:
            query, capability, gain = row["query-id"], row["corpus-id"], int(row["score"])
            place[capability], gains[query][capability] = place[capability], gain
        except (KeyError, TypeError, ValueError) as error:
            raise BadRow(f"{path} 第 {number} 行：不是“需求号、成果号、分数”，或其中的号在另外两个文件里没有") from error
        if gain < 0:
            raise BadRow(f"{path} 第 {number} 行：分数是负的")
    judged = [sorted(gains[posting.id].items()) for posting in demands]
    return Benchmark(tuple(demands), tuple(capabilities), tuple(
        Judged(np.array([place[key] for key, _ in row], int), np.array([gain for _, gain in row], int))
        for row in judged))


def _postings(path: pathlib.Path) -> list[Posting]:
    if not path.is_file():
        raise BadRow(f"没有 {path}：要一个 BEIR 文件夹，里面有 queries.jsonl、corpus.jsonl 和 qrels/test.tsv")
    return read_postings(path)


def _rows(path: pathlib.Path) -> list[dict]:
    if not path.is_file():
        raise BadRow(f"没有 {path}：要一个 BEIR 文件夹，里面有 queries.jsonl、corpus.jsonl 和 qrels/test.tsv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))
