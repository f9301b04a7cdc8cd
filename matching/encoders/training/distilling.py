"""The first layers of the teacher learn to give what the whole gives: the vector itself, and whom of a batch it is
near (relational distillation, Park et al. 2019, as the Kullback–Leibler divergence of softened likenesses)."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import click
import numpy as np
import torch
from torch.nn.functional import kl_div, log_softmax, normalize
from transformers import BertModel

from matching.encoders.training.bags import DEVICE, Bag, means
from matching.encoders.training.teacher import Teacher, tokenizer

LAYERS, PIECES = (0, 1, 2), 9_000
STEPS, BATCH, RATE, WARM, TEMPERATURE = 20_500, 1024, 1e-3, 300, 0.05


def choose_pieces(teacher: Teacher, texts: Sequence[str], size: int = PIECES) -> list[int]:
    """Places of the pieces to keep: the special ones, every single character met twice, and those met most."""
    met: Counter[int] = Counter()
    for one in tokenizer(teacher.pieces, teacher.scores).encode_batch(list(texts)):
        met.update(one.ids)
    single = {place for place, times in met.items() if place > 3 and times > 1 and len(teacher.pieces[place]) == 1}
    others = sorted((place for place in met if place > 3 and place not in single), key=lambda p: (-met[p], p))
    return sorted({0, 1, 2, 3, *single, *others[:max(0, size - 4 - len(single))]})


def distil(teacher: Teacher, pieces: Sequence[int], texts: Sequence[str], wanted: torch.Tensor, seed: int,
           steps: int = STEPS, batch: int = BATCH, longest: int = 128) -> BertModel:
    """The pupil. `wanted`: (texts, dimensions), rows of length 1, what the tuned teacher gives to each text."""
    bag = Bag(tokenizer([teacher.pieces[p] for p in pieces], [teacher.scores[p] for p in pieces]), texts, longest)
    pupil = teacher.model(LAYERS, pieces).to(DEVICE).train()
    optimiser = torch.optim.AdamW(pupil.parameters(), lr=RATE, weight_decay=0.01)
    drawn = batches(bag.lengths, batch, np.random.default_rng(seed))
    for step in range(steps):
        for some in optimiser.param_groups:
            some["lr"] = RATE * min(1, (step + 1) / WARM) * (1 + math.cos(math.pi * step / steps)) / 2
        places = next(drawn)
        loss = apart(normalize(means(pupil, *bag.take(places)), dim=1),
                     wanted[torch.as_tensor(places, device=DEVICE)].float())
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(pupil.parameters(), 1.0)
        optimiser.step()
        if (step + 1) % 500 == 0:
            click.echo(f"distilling {step + 1}: loss {loss.item():.4f}")
    return pupil.eval()


def batches(lengths: np.ndarray, size: int, chance: np.random.Generator) -> Iterator[np.ndarray]:
    """Places of texts of about one length, without end; each epoch puts them together anew."""
    size = min(size, len(lengths))
    while True:
        order = np.lexsort((chance.random(len(lengths)), lengths + chance.integers(0, 4, len(lengths))))
        for place in chance.permutation(len(order) // size):
            yield order[place * size:(place + 1) * size]


def apart(given: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """How far the vectors, and their likenesses within the batch, are from those wanted."""
    own = torch.eye(len(given), dtype=torch.bool, device=given.device)
    theirs, ours = (log_softmax((v @ v.T / TEMPERATURE).masked_fill(own, -1e4), 1) for v in (wanted, given))
    return (1 - (given * wanted).sum(1)).mean() + kl_div(ours, theirs, log_target=True, reduction="batchmean")
