"""Rank two files against each other without a database: what `jiebang match` runs."""

import json
import pathlib
from collections.abc import Iterator

from matching.encoders.embedding import Encoder
from matching.learning.kernel import KernelRanker
from matching.ranking import Posting, Ranker

TAG = "jiebang"


class BadRow(ValueError):
    """A line that is not a posting; the message names file, line and cause, in Chinese."""


def read_postings(path: pathlib.Path) -> list[Posting]:
    """JSONL with `_id`, `title` and perhaps `text`. BadRow for anything else, an empty or repeated `_id` included."""
    postings, seen = [], set()
    for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        posting = _posting(path, number, line)
        if posting.id in seen:
            raise BadRow(f"{path} 第 {number} 行：_id “{posting.id}” 前面已经有了")
        seen.add(posting.id)
        postings.append(posting)
    return postings


def _posting(path: pathlib.Path, number: int, line: str) -> Posting:
    try:
        row = json.loads(line)
        posting = Posting(str(row["_id"]), row.get("title") or "", row.get("text") or "")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadRow(f"{path} 第 {number} 行：不是带 _id、title 的 JSON 对象") from error
    if not posting.id or any(c.isspace() for c in posting.id):
        raise BadRow(f"{path} 第 {number} 行：_id 是空的，或含有空白")
    if not isinstance(posting.title, str) or not isinstance(posting.body, str):
        raise BadRow(f"{path} 第 {number} 行：title 和 text 必须是文字")
    return posting


def rank_files(demands: pathlib.Path, capabilities: pathlib.Path, encoder: Encoder, top: int = 100,
               learned: KernelRanker | None = None) -> Iterator[str]:
    """TREC run lines, demand by demand. `top` 0 ranks every capability. Written scores fall strictly with rank.

    `learned` adds what was learned from labels (`matching.evaluation.labelled`).
    """
    queries = read_postings(demands)
    ranker = Ranker(read_postings(capabilities), encoder, learned=learned)
    for query in queries:
        ranked = ranker.rank(query, top)
        for rank, ((name, _), score) in enumerate(zip(ranked, falling([s for _, s in ranked]), strict=True), 1):
            yield f"{query.id} Q0 {name} {rank} {score:.6f} {TAG}\n"


def falling(scores: list[float]) -> list[float]:
    """The same scores to six places, each made at least a millionth less than the one before: ranks survive sorting."""
    written: list[float] = []
    for score in scores:
        score = round(score, 6)
        written.append(min(score, round(written[-1] - 1e-6, 6)) if written else score)
    return written
