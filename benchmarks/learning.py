"""What learning from outcomes gains: labelled pairs taken for outcomes, five folds by demand, over several splits.

usage: python -m benchmarks.learning --data ../shared/data/matching
"""

import argparse
import collections
import csv
import pathlib

import numpy as np

from matching.batch import read_postings
from matching.encoders.embedding import embed_postings, load_encoder
from matching.learning.comparison import interval
from matching.learning.fitting import Examples, fit
from matching.ranking import Ranker

GAINS = {0: 0.0, 1: 1 / 3, 3: 2 / 3, 7: 1.0}
"""The four levels as outcomes: 0 turned down as another field … 1 worked together."""
FOLDS, SPLITS, CUT = 5, 3, 10


class Labelled:
    """Demands × capabilities of a BEIR folder with their fused scores, vectors and labels."""

    def __init__(self, folder: pathlib.Path):
        encoder = load_encoder(light=True)
        demands, capabilities = read_postings(folder / "queries.jsonl"), read_postings(folder / "corpus.jsonl")
        ranker = Ranker(capabilities, encoder)
        self.demands = embed_postings(encoder, [p.title for p in demands], [p.body for p in demands])
        self.capabilities = embed_postings(encoder, [p.title for p in capabilities], [p.body for p in capabilities])
        self.scores = np.array([ranker.scores(posting) for posting in demands])
        place = {posting.id: i for i, posting in enumerate(capabilities)}
        named = {posting.id: i for i, posting in enumerate(demands)}
        self.judged: dict[int, dict[int, int]] = collections.defaultdict(dict)
        for file in sorted((folder / "qrels").iterdir()):
            with file.open(encoding="utf8") as rows:
                for row in csv.DictReader(rows, delimiter="\t"):
                    self.judged[named[row["query-id"]]][place[row["corpus-id"]]] = int(row["score"])

    def usable(self) -> list[int]:
        """Demands as score_run.py counts them: five candidates, one of them relevant."""
        return [d for d, judged in sorted(self.judged.items()) if len(judged) >= 5 and max(judged.values()) > 0]

    def pairs(self, demand: int, best_only: bool) -> list[tuple[int, float]]:
        """(capability, gain): every label, or only one of the best, as a platform sees one collaboration a demand."""
        judged = sorted(self.judged[demand].items(), key=lambda pair: (-pair[1], -self.scores[demand, pair[0]]))
        return [(c, GAINS[level]) for c, level in (judged[:1] if best_only else judged)]


def ndcg(scores: np.ndarray, levels: np.ndarray) -> float:
    """As shared/tools/score_run.py: linear gains over the judged candidates."""
    discount = 1 / np.log2(np.arange(2, CUT + 2))
    order, ideal = np.argsort(-scores, kind="stable")[:CUT], np.sort(levels)[::-1][:CUT]
    return float((levels[order] * discount[:len(order)]).sum() / (ideal * discount[:len(ideal)]).sum())


def gained(data: Labelled, seed: int, teaching: int | None, best_only: bool) -> np.ndarray:
    """nDCG after − before for each demand, learned from the other folds (`teaching` demands of them, None: all)."""
    usable, rng = np.array(data.usable()), np.random.default_rng(seed)
    fold, difference = rng.permutation(len(usable)) % FOLDS, np.zeros(len(usable))
    for k in range(FOLDS):
        taught = rng.permutation(usable[fold != k])[:teaching]
        rows = [(d, c, gain) for d in taught.tolist() for c, gain in data.pairs(d, best_only)]
        d, c, gains = np.array([r[0] for r in rows]), np.array([r[1] for r in rows]), np.array([r[2] for r in rows])
        ranker = fit(Examples(data.demands[d], data.capabilities[c], data.scores[d, c], gains, np.ones(len(rows)),
                              np.zeros(len(rows), bool)))
        for i in np.flatnonzero(fold == k):
            one = int(usable[i])
            judged = np.array(sorted(data.judged[one]))
            levels = np.array([data.judged[one][c] for c in judged.tolist()], float)
            before = data.scores[one, judged]
            after = before + ranker.adjust(data.demands[one], data.capabilities[judged])
            difference[i] = ndcg(after, levels) - ndcg(before, levels)
    return difference


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    data = Labelled(parser.parse_args().data)
    plain = np.mean([ndcg(data.scores[d, list(j)], np.array(list(j.values()), float))
                     for d, j in data.judged.items() if d in set(data.usable())])
    print(f"{len(data.usable())} demands, plain order nDCG@10 {plain:.4f}")
    for best_only, what in ((False, "every label"), (True, "one collaboration a demand")):
        for teaching in (25, 50, None):
            runs = np.array([gained(data, seed, teaching, best_only) for seed in range(SPLITS)])
            low, high = interval(runs.mean(axis=0))
            each = " ".join(f"{run.mean():+.4f}" for run in runs)
            print(f"{what}, {teaching or 'all other'} demands teach: {runs.mean():+.4f} "
                  f"(99 % {low:+.4f} to {high:+.4f}; splits {each})", flush=True)


if __name__ == "__main__":
    main()
