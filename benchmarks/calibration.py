"""How far the chance behind the verdict word can be trusted: fitted and reported out of fold. One command, one table:

    python -m benchmarks.calibration --data ../shared/data/matching [--write matching/chance.json] [--plot FILE.svg]

Pairs: those of a BEIR folder (relevant from gain 3; titles only on the capability's side, targets read out of the
demand's text), and the demo city's demands with everybody they retrieve (relevant: those it names by hand). Ten folds
by demand: no demand is reported by a model that saw it.
"""

import json
import pathlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click
import numpy as np

from benchmarks.reliability import Bin, bins, expected_error, interval, picture
from matching.batch import read_postings
from matching.chance import FEATURES, Evidence
from matching.encoders.embedding import Encoder, embed_postings, load_encoder
from matching.index.state import Entry, State, segment
from matching.lexical.bm25 import weigh
from matching.ranking import Posting
from matching.reasons.judging import explain
from matching.reasons.passages import capability_passages
from matching.reasons.reading import read_targets
from matching.reasons.targets import Passage, Target
from matching.retrieval import retrieve
from matching.text import grams

RELEVANT, FOLDS, PENALTY = 3, 10, 1.0
FITS = pathlib.Path("tests/unit/ingestion/demo_fits.json")
DEMO = pathlib.Path("ingestion/demo")


@dataclass(frozen=True)
class Pair:
    """One judged pair. `demand` names the fold that it falls into with all pairs of that demand."""

    source: str
    demand: str
    evidence: Evidence
    relevant: bool


def state_of(encoder: Encoder, postings: Sequence[Posting]) -> State:
    vectors = embed_postings(encoder, [p.title for p in postings], [p.body for p in postings])
    return State(segment([Entry(p.id, weigh(p.title, p.body), v) for p, v in zip(postings, vectors, strict=True)]), 1)


def judged_titles(encoder: Encoder, data: pathlib.Path) -> Iterator[Pair]:
    """The labelled pairs of a BEIR folder."""
    capabilities = {p.id: p for p in read_postings(data / "corpus.jsonl")}
    gains: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (data / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]:
        demand, capability, gain = line.split("\t")
        gains[demand][capability] = int(gain)
    state = state_of(encoder, list(capabilities.values()))
    place = {key: i for i, key in enumerate(state.ids)}
    for query in read_postings(data / "queries.jsonl"):
        targets = read_targets(query.title, query.body)
        vector = embed_postings(encoder, [query.title], [query.body])[0]
        shares, cosines = state.share(grams(query.title)), state.dense(vector)
        for key, gain in gains[query.id].items():
            reasons = explain(targets, capability_passages(key, capabilities[key].title, capabilities[key].body))
            evidence = Evidence.of(cosines[place[key]], shares[place[key]], reasons, bool(capabilities[key].body))
            yield Pair("titles", query.id, evidence, gain >= RELEVANT)


def judged_city(encoder: Encoder) -> Iterator[Pair]:
    """Everybody whom a demand of the demo city retrieves."""
    demands, capabilities = (json.loads((DEMO / f"{name}.json").read_text("utf-8"))
                             for name in ("demands", "capabilities"))
    fits = json.loads(FITS.read_text("utf-8"))
    owner = {row["ref"]: row["expert"] for row in capabilities}
    postings, passages = [], defaultdict(list)
    for row in capabilities:
        claims = [claim["text"] for claim in row["claims"]]
        postings.append(Posting(row["ref"], row["title"], "\n".join([row["summary"], *claims])))
        passages[row["expert"]] += capability_passages(row["ref"], row["title"], row["summary"]) + [
            Passage(claim, "claim", row["ref"], context=row["title"]) for claim in claims]
    state = state_of(encoder, postings)
    for row in demands:
        targets = [Target(t["what"], t["figure"], t["measure"], t["required"]) for t in row["targets"]]
        text = "\n".join([row["problem"], row["constraints"], *(target.text for target in targets)])
        vector = embed_postings(encoder, [row["title"]], [text])[0]
        for ranked in retrieve(state, owner, Posting("", row["title"], text), vector):
            evidence = Evidence.of(ranked.cosine, ranked.share, explain(targets, passages[ranked.key]), True)
            yield Pair("city", row["ref"], evidence, ranked.key in fits[row["ref"]])


def fit(pairs: Sequence[Pair], without: str = "") -> np.ndarray:
    """float64 (1 + features,): logistic regression by Newton's steps with a ridge penalty, sources weighed alike.

    `without`: a feature that is held at 0.
    """
    x = np.column_stack([np.ones(len(pairs)), np.array([pair.evidence.values() for pair in pairs])])
    x[:, [1 + FEATURES.index(without)] if without else []] = 0
    y = np.array([pair.relevant for pair in pairs], float)
    size = {source: sum(pair.source == source for pair in pairs) for source in {pair.source for pair in pairs}}
    weight = np.array([len(pairs) / len(size) / size[pair.source] for pair in pairs])
    ridge = np.diag([0.0] + [PENALTY] * len(FEATURES))
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        step = np.linalg.solve((x * (weight * p * (1 - p))[:, None]).T @ x + ridge,
                               x.T @ (weight * (y - p)) - ridge @ beta)
        beta += step
        if np.abs(step).max() < 1e-10:
            break
    return beta


def out_of_fold(pairs: Sequence[Pair], without: str = "") -> np.ndarray:
    """float64 (pairs,): each pair's chance by a model that saw no pair of its demand."""
    demands = sorted({pair.demand for pair in pairs})
    fold = {demand: i % FOLDS for i, demand in enumerate(demands)}
    chances = np.zeros(len(pairs))
    for held in range(FOLDS):
        beta = fit([pair for pair in pairs if fold[pair.demand] != held], without)
        for i, pair in enumerate(pairs):
            if fold[pair.demand] == held:
                chances[i] = 1 / (1 + np.exp(-(beta[0] + np.dot(beta[1:], pair.evidence.values()))))
    return chances


def parameters(beta: np.ndarray) -> dict:
    return {"intercept": round(float(beta[0]), 4),
            "weights": {name: round(float(w), 4) for name, w in zip(FEATURES, beta[1:], strict=True) if w}}


def write(path: pathlib.Path, pairs: Sequence[Pair], encoder: Encoder) -> None:
    """Both models, fitted on everything, and on what."""
    counts = {source: [sum(p.source == source for p in pairs), sum(p.source == source and p.relevant for p in pairs)]
              for source in ("titles", "city")}
    path.write_text(json.dumps({
        "with cosine": parameters(fit(pairs)), "without cosine": parameters(fit(pairs, "cosine")),
        "fitted": {"command": "python -m benchmarks.calibration --data ../shared/data/matching --write FILE",
                   "encoder": encoder.name, "pairs and relevant ones": counts,
                   "titles": "CCF BDCI 2019 labels (the shared half), relevant from gain 3", "city": str(FITS)},
    }, ensure_ascii=False, indent=2) + "\n", "utf-8")


@click.command()
@click.option("--data", type=click.Path(path_type=pathlib.Path, exists=True, file_okay=False), required=True)
@click.option("--write", "out", type=click.Path(path_type=pathlib.Path), help="Fit on everything and store it here.")
@click.option("--plot", type=click.Path(path_type=pathlib.Path), help="Draw the reliability as SVG.")
def main(data: pathlib.Path, out: pathlib.Path | None, plot: pathlib.Path | None) -> None:
    encoder = load_encoder(light=True)
    pairs = [*judged_titles(encoder, data), *judged_city(encoder)]
    groups = report(pairs, out_of_fold(pairs))
    click.echo("\nwithout the cosine, for any other encoder:")
    report(pairs, out_of_fold(pairs, "cosine"))
    if plot:
        plot.write_text(picture(groups), "utf-8")
    if out:
        write(out, pairs, encoder)


def report(pairs: Sequence[Pair], chances: np.ndarray) -> dict[str, list[Bin]]:
    """Print the table of each source; its bins."""
    groups = {}
    for source in ("titles", "city"):
        mine = np.array([pair.source == source for pair in pairs])
        relevant = np.array([pair.relevant for pair in pairs], float)[mine]
        demands = np.array([pair.demand for pair in pairs])[mine]
        groups[source] = bins(chances[mine], relevant)
        click.echo(f"{source}: {mine.sum()} pairs, {int(relevant.sum())} relevant")
        click.echo(f"{'chance':>14}{'pairs':>8}{'expected':>10}{'observed':>10}")
        for one in groups[source]:
            click.echo(f"{one.low:>8.1f}–{one.high:.1f} {one.count:>8}{one.expected:>10.3f}{one.observed:>10.3f}")
        low, high = interval(chances[mine], relevant, demands)
        error = expected_error(groups[source])
        click.echo(f"expected calibration error {error:.3f}, 95 % interval {low:.3f} to {high:.3f}")
    return groups


if __name__ == "__main__":
    main()
