"""What `jiebang evaluate` prints: each leg and what is made of both, with intervals, and the project's own sets."""

import csv
import pathlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from matching.encoders.embedding import Encoder
from matching.evaluation.beir import RELEVANT, Benchmark
from matching.evaluation.labelled import folds, learn
from matching.evaluation.metrics import interval, ndcg, recall, reciprocal_rank
from matching.learning.kernel import KernelRanker
from matching.ranking import Posting, Ranker, order
from matching.text import content_words, normalise

FOLDER = pathlib.Path(__file__).parent
SHORTEST, LONGEST = 4, 8
"""Characters of a short query."""
Figure = tuple[float, float, float]
"""Mean, and its 95 % interval."""


@dataclass(frozen=True)
class Row:
    """One way of ranking, scored over all demands. `ndcg` ranks the judged candidates only, the others everything."""

    name: str
    ndcg: Figure
    recall: Figure
    mrr: Figure
    queries: int


@dataclass(frozen=True)
class Report:
    """`rows`: the benchmark. `synonyms`: hit@5; `short`: nDCG@10 of the project's own short queries."""

    encoder: str
    rows: tuple[Row, ...]
    synonyms: Figure
    synonym_pairs: int
    short: Figure
    short_queries: int

    def as_dict(self) -> dict:
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """The report as it is printed: mean and 95 % interval of each figure."""
        yield f"{'95 % bootstrap over demands':<42}{'rerank nDCG@10':^22}{'recall@100':^22}{'MRR@10':^22}"
        for row in self.rows:
            yield f"{row.name:<42}" + "".join(map(_written, (row.ndcg, row.recall, row.mrr)))
        yield f"{f'synonyms: hit@5 of {self.synonym_pairs} pairs':<42}" + _written(self.synonyms)
        yield f"{f'short: nDCG@10 of {self.short_queries} queries':<42}" + _written(self.short)


Scoring = Callable[[int, Posting], np.ndarray]
"""Demand's place and text → scores of every capability."""


def evaluate(benchmark: Benchmark, encoder: Encoder, known: KernelRanker | None = None) -> Report:
    """`known`: what other labels taught; without, the benchmark's own are learned from in folds over its demands."""
    ranker = Ranker(benchmark.capabilities, encoder)
    rows = [_row(benchmark, name, score) for name, score in _ways(ranker, encoder)]
    rows += [_row(benchmark, f"short queries ({how})", _cut(ranker.scores, cut)) for how, cut in SHORTENED]
    if known is None:
        rows.append(_row(benchmark, "fused + learned (5 folds over demands)", _in_folds(benchmark, ranker)))
    else:
        rows.append(_row(benchmark, "fused + learned (from the other folder)", _learned(ranker, lambda _: known)))
    synonyms, short = synonym_hits(encoder), short_scores(encoder)
    return Report(encoder.name, tuple(rows), interval(synonyms), len(synonyms), interval(short), len(short))


def _written(figure: Figure) -> str:
    mean, low, high = figure
    return f"{mean:.4f} ({low:.3f}–{high:.3f})".center(22)


def _ways(ranker: Ranker, encoder: Encoder) -> Iterator[tuple[str, Scoring]]:
    def leg(number: int) -> Scoring:
        def score(_: int, query: Posting) -> np.ndarray:
            found = ranker.legs(query, ranker.vector(query))[number]
            return found if found.size else np.zeros(len(ranker.ids), np.float32)
        return score

    yield "lexical", leg(0)
    if encoder.dimensions:
        yield "dense", leg(1)
    yield "fused", lambda _, query: ranker.scores(query)


def _learned(ranker: Ranker, known_for: Callable[[int], KernelRanker]) -> Scoring:
    def score(place: int, query: Posting) -> np.ndarray:
        return ranker.scores(query) + known_for(place).adjust(ranker.vector(query), ranker.vectors)
    return score


def _in_folds(benchmark: Benchmark, ranker: Ranker) -> Scoring:
    known = {}
    for learning, judging in folds(len(benchmark.demands)):
        taught = learn(benchmark, ranker, learning)
        known.update(dict.fromkeys(judging, taught))
    return _learned(ranker, known.__getitem__)


def first_characters(title: str) -> str:
    """A title cut after eight characters, wherever that falls."""
    return title.strip()[:LONGEST]


def first_words(title: str) -> str:
    """The leading words of a title that say something, four to eight characters of them: as a person types."""
    kept = ""
    for word in content_words(normalise(title)):
        if len(kept) + len(word.text) > LONGEST:
            return kept if len(kept) >= SHORTEST else (kept + word.text)[:LONGEST]
        kept += word.text
    return kept


SHORTENED = (("first 8 characters", first_characters), ("first words, 4–8 characters", first_words))


def _cut(score: Callable[[Posting], np.ndarray], cut: Callable[[str], str]) -> Scoring:
    return lambda _, query: score(Posting(query.id, cut(query.title)))


def _row(benchmark: Benchmark, name: str, score: Scoring) -> Row:
    gained, recalled, first = [], [], []
    ids = [posting.id for posting in benchmark.capabilities]
    for place, (query, judged) in enumerate(zip(benchmark.demands, benchmark.judged, strict=True)):
        scores = score(place, query)
        relevant = set(judged.places[judged.gains >= RELEVANT].tolist())
        gained.append(judged.ndcg(scores, ids))
        if relevant:
            best = [found in relevant for found in order(scores, ids)[:100]]
            recalled.append(recall(best, 100, len(relevant)))
            first.append(reciprocal_rank(best))
    return Row(name, interval(gained), interval(recalled), interval(first), len(benchmark.demands))


def synonym_hits(encoder: Encoder) -> list[float]:
    """Of each pair of synonyms.tsv, searched as typed: 1 if the other name's title is among the first five, else 0."""
    pairs = _table("synonyms.tsv")
    others = (FOLDER / "distractors.txt").read_text("utf-8").splitlines()
    titles = list(dict.fromkeys([pair["capability"] for pair in pairs] + [title for title in others if title.strip()]))
    ranker = Ranker([Posting(title, title) for title in titles], encoder)
    return [float(pair["capability"] in {titles[i] for i in order(ranker.search_scores(pair["query"]), titles)[:5]})
            for pair in pairs]


def short_scores(encoder: Encoder) -> list[float]:
    """nDCG@10 of each query of short_queries.tsv within its own graded titles; the set's titles are the corpus."""
    graded: dict[str, dict[str, int]] = {}
    for row in _table("short_queries.tsv"):
        graded.setdefault(row["query"], {})[row["capability"]] = int(row["gain"])
    titles = list(dict.fromkeys(title for pool in graded.values() for title in pool))
    ranker, place = Ranker([Posting(title, title) for title in titles], encoder), {t: i for i, t in enumerate(titles)}
    return [_within(ranker.search_scores(query), pool, place) for query, pool in graded.items()]


def _within(scores: np.ndarray, pool: dict[str, int], place: dict[str, int]) -> float:
    ranked = sorted(pool, key=lambda title: (-scores[place[title]], title))
    return ndcg([pool[title] for title in ranked])


def _table(name: str) -> Sequence[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))
