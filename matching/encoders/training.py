"""Train the shipped encoder. Run by hand; the folder it writes is committed, the texts it reads are not.

    python -m matching.encoders.training --corpus ../shared/data/corpus \
        --demands ../shared/data/matching/unlabelled_demands.jsonl --out matching/encoder

A word's vector starts as its idf times a random direction, so that before the first step the model is a projected
TF-IDF; contrast between the parts of one document (title, abstract, keywords, body) and those of others then moves
words of one meaning together. One seed, one thread: the same corpus gives the same bytes.
"""

import json
import lzma
import math
import pathlib
import random
from collections import Counter
from collections.abc import Iterator

import click
import numpy as np
import torch
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit
from torch.nn.functional import cross_entropy, embedding_bag, normalize

from matching.encoders.embedding import MARK
from matching.text import features

SEED, VOCABULARY, DIMENSIONS = 20201101, 44_000, 384
EPOCHS, BATCH, RATE, TEMPERATURE = 3, 512, 2e-3, 0.1
UNKNOWN = "[UNK]"
Document = list[list[str]]
"""The parts of one text, title first, each as its features."""


def read_documents(corpus: pathlib.Path, demands: pathlib.Path | None) -> Iterator[Document]:
    """Every *.jsonl.xz of `corpus` in name order, then the demands."""
    for path in sorted(corpus.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                body = row.get("text", "")[300:]  # the front matter repeats title and authors
                parts = [row["title"], row.get("abstract", "")[:800], row.get("keywords") or "",
                         body[:600], body[600:1200]]
                yield [features(part) for part in parts]
    for line in demands.read_text("utf-8").splitlines() if demands else ():
        row = json.loads(line)
        yield [features(row["title"]), features(row["text"])]


def choose_vocabulary(documents: list[Document]) -> dict[str, float]:
    """The words that most documents share, at least two, each with its idf; order is by frequency, then spelling."""
    frequency = Counter(word for document in documents for word in {w for part in document for w in part})
    kept = sorted((w for w, n in frequency.items() if n > 1), key=lambda w: (-frequency[w], w))[:VOCABULARY]
    return {word: math.log(len(documents) / frequency[word]) for word in kept}


def make_pairs(documents: list[list[list[int]]], chance: random.Random) -> list[tuple[list[int], list[int]]]:
    """One epoch: of each document its title with another part, and two other parts with each other."""
    pairs = []
    for title, *parts in documents:
        parts = [part for part in parts if len(part) >= 5]
        if len(title) >= 2 and parts:
            pairs.append((title, chance.choice(parts)))
        if len(parts) >= 2:
            pairs.append(tuple(chance.sample(parts, 2)))
    chance.shuffle(pairs)
    return pairs


def embed(table: torch.Tensor, texts: list[list[int]]) -> torch.Tensor:
    starts = torch.tensor(np.cumsum([0] + [len(text) for text in texts[:-1]]))
    return normalize(embedding_bag(torch.tensor([word for text in texts for word in text]), table, starts), dim=1)


def train(documents: list[list[list[int]]], start: np.ndarray) -> np.ndarray:
    """InfoNCE in both directions with the rest of the batch as negatives (van den Oord et al. 2018); Adam."""
    table = torch.nn.Parameter(torch.tensor(start))
    optimiser = torch.optim.Adam([table], lr=RATE)
    chance = random.Random(SEED)
    for epoch in range(EPOCHS):
        pairs, losses = make_pairs(documents, chance), []
        for at in range(0, len(pairs) - BATCH + 1, BATCH):
            left, right = zip(*pairs[at:at + BATCH], strict=True)
            likeness = embed(table, list(left)) @ embed(table, list(right)).T / TEMPERATURE
            same = torch.arange(BATCH)
            loss = (cross_entropy(likeness, same) + cross_entropy(likeness.T, same)) / 2
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
        click.echo(f"epoch {epoch + 1}: {len(pairs)} pairs, loss {np.mean(losses):.3f}")
    return table.detach().numpy()


def save(out: pathlib.Path, words: list[str], table: np.ndarray) -> None:
    """A SentenceTransformer folder whose weights are eight bits a number and one scale a word."""
    tokenizer = Tokenizer(WordLevel({word: row for row, word in enumerate(words)}, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=table)], device="cpu")
    model.save(str(out), create_model_card=False, safe_serialization=True)
    scale = np.abs(table).max(axis=1) / 127
    scale[scale == 0] = 1
    save_file({"embeddings": np.rint(table / scale[:, None]).astype(np.int8), "weights": scale.astype(np.float32)},
              out / "model.safetensors")
    (out / MARK).write_text(json.dumps({"input": "matching.text.features", "seed": SEED}) + "\n", "utf-8")


@click.command()
@click.option("--corpus", type=click.Path(path_type=pathlib.Path, exists=True, file_okay=False), required=True)
@click.option("--demands", type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False))
@click.option("--out", type=click.Path(path_type=pathlib.Path), required=True)
def main(corpus: pathlib.Path, demands: pathlib.Path | None, out: pathlib.Path) -> None:
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    documents = list(read_documents(corpus, demands))
    vocabulary = choose_vocabulary(documents)
    words = [UNKNOWN, *vocabulary]
    row = {word: place for place, word in enumerate(words)}
    directions = np.random.default_rng(SEED).standard_normal((len(words), DIMENSIONS)).astype(np.float32)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    idf = np.array([0.0, *vocabulary.values()], np.float32)
    start = directions * (idf / idf.mean())[:, None]
    numbered = [[[row[w] for w in part if w in row] for part in document] for document in documents]
    table = train(numbered, start)
    table[0] = 0  # an unknown word moves nothing
    save(out, words, table)
    click.echo(f"{len(documents)} documents, {len(words)} words → {out}")


if __name__ == "__main__":
    main()
