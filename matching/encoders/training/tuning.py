"""The teacher learns our genre: InfoNCE in both directions (van den Oord et al. 2018) over parts of one document, and
over names of one thing."""

import random
from collections.abc import Sequence

import click
import numpy as np
import torch
from torch.nn.functional import cross_entropy, normalize
from transformers import BertModel

from matching.encoders.training.bags import DEVICE, Bag, means
from matching.encoders.training.corpus import Document, pairs
from matching.encoders.training.teacher import Teacher, tokenizer

STEPS, BATCH, RATE, WARM, TEMPERATURE, NAMES = 200, 1024, 6e-5, 30, 0.05, 0.3
"""`NAMES`: weight of the names beside the documents. Few steps: the teacher knows Chinese, it lacks the genre."""
ASKED = "query: "
"""What e5 wants before a text that is compared both ways."""


def tune(teacher: Teacher, documents: Sequence[Document], names: Sequence[tuple[str, ...]], seed: int,
         steps: int = STEPS, batch: int = BATCH) -> BertModel:
    """The teacher's model, on the device, tuned. Its word vectors are left as they are."""
    chance = random.Random(seed)
    parts = sorted({part for one in documents for part in (one.title, *one.passages)} | {n for g in names for n in g})
    place = {part: at for at, part in enumerate(parts)}
    bag = Bag(tokenizer(teacher.pieces, teacher.scores), [ASKED + part for part in parts], 128)
    model = teacher.model(range(teacher.config.num_hidden_layers)).to(DEVICE).train()
    model.embeddings.word_embeddings.weight.requires_grad_(False)
    learned = [value for value in model.parameters() if value.requires_grad]
    optimiser = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.01)
    waiting: list[tuple[str, str]] = []
    for step in range(steps):
        for some in optimiser.param_groups:
            some["lr"] = RATE * min(1, (step + 1) / WARM) * (1 - step / steps)
        waiting = waiting if len(waiting) >= batch else pairs(documents, chance)
        now, waiting = waiting[:batch], waiting[batch:]
        loss = contrast(model, bag, [(place[a], place[b]) for a, b in now])
        loss.backward()
        if names:
            drawn = [chance.sample(group, 2) for group in chance.sample(list(names), min(batch, len(names)))]
            (NAMES * contrast(model, bag, [(place[a], place[b]) for a, b in drawn])).backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        if (step + 1) % 50 == 0:
            click.echo(f"tuning {step + 1}: loss {loss.item():.3f}")
    return model.eval()


def contrast(model: BertModel, bag: Bag, told: Sequence[tuple[int, int]]) -> torch.Tensor:
    """The loss of telling each pair from the other texts of the batch; the same text twice is no other."""
    left, right = np.array(told).T
    first, second = (normalize(means(model, *bag.take(side)), dim=1) for side in (left, right))
    likeness = first @ second.T / TEMPERATURE
    same = torch.as_tensor(right[None] == right[:, None], device=DEVICE) & ~torch.eye(
        len(right), dtype=torch.bool, device=DEVICE)
    likeness = likeness.masked_fill(same, -1e4)
    target = torch.arange(len(right), device=DEVICE)
    return (cross_entropy(likeness, target) + cross_entropy(likeness.T, target)) / 2
