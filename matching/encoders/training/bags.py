"""Token ids of many texts on one device, and the mean vector of each under a model."""

from collections.abc import Sequence

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn.functional import normalize
from transformers import BertModel

from matching.encoders.training.teacher import PADDING

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
TOGETHER = 131_072
"""Tokens at once where nothing is learned."""


class Bag:
    """`take` gives padded ids and lengths of the texts at some places."""

    def __init__(self, tokenizer: Tokenizer, texts: Sequence[str], longest: int):
        tokenizer.enable_truncation(longest)
        rows = [one.ids for one in tokenizer.encode_batch(list(texts))]
        self.lengths = np.array([len(row) for row in rows])
        self._starts = torch.tensor(np.cumsum([0, *self.lengths[:-1]]), device=DEVICE)
        self._sizes = torch.tensor(self.lengths, device=DEVICE)
        self._flat = torch.tensor(np.concatenate([np.array(row, np.int64) for row in rows]), device=DEVICE)

    def take(self, places: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        """int64 (texts, longest of them), int64 (texts,)."""
        chosen = torch.as_tensor(places, device=DEVICE)
        sizes = self._sizes[chosen]
        steps = torch.arange(int(self.lengths[places].max()), device=DEVICE)
        at = (self._starts[chosen][:, None] + steps).clamp(max=len(self._flat) - 1)
        return torch.where(steps < sizes[:, None], self._flat[at], PADDING), sizes


def means(model: BertModel, ids: torch.Tensor, sizes: torch.Tensor) -> torch.Tensor:
    """float32 (texts, dimensions): the mean over each text's tokens, computed in bfloat16."""
    mask = torch.arange(ids.shape[1], device=DEVICE) < sizes[:, None]
    with torch.autocast(DEVICE, torch.bfloat16):
        last = model(input_ids=ids, attention_mask=mask.long()).last_hidden_state
    return (last.float() * mask[..., None]).sum(1) / sizes[:, None]


def encode(model: BertModel, bag: Bag) -> torch.Tensor:
    """float16 (texts, dimensions), on the device: the means of all texts, nothing learned."""
    order = np.argsort(bag.lengths, kind="stable")
    found = torch.zeros(len(order), model.config.hidden_size, device=DEVICE, dtype=torch.float16)
    at = 0
    with torch.no_grad():
        while at < len(order):
            longest = bag.lengths[order[min(len(order) - 1, at + 4096)]]
            some = order[at:at + max(1, TOGETHER // int(longest))]
            found[torch.as_tensor(some.copy(), device=DEVICE)] = means(model, *bag.take(some)).half()
            at += len(some)
    return found


def centred(vectors: torch.Tensor) -> torch.Tensor:
    """float16 rows of length 1 after their common mean is taken off: e5's vectors all point one way."""
    whole = vectors.float()
    return normalize(whole - whole.mean(0), dim=1).half()
