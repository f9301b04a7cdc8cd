"""The shipped model without torch: a BERT of few layers (Devlin et al. 2019), computed with numpy from its folder.

All texts of a call lie one behind the other in one array, so that nothing is spent on padding; only attention looks at
each text alone.
"""

import json
import pathlib
from collections.abc import Iterator, Sequence

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from matching.encoders.kernels import gelu, level, softmax

TOGETHER = 2048
"""Tokens computed at once: more only takes memory (6 KiB a token in the widest place)."""


class Transformer:
    """A model folder of `training.folder`: BERT weights in half precision, the mean of the last layer's tokens.

    OSError, ValueError, KeyError or SafetensorError where the folder holds something else.
    """

    def __init__(self, folder: pathlib.Path):
        shape = json.loads((folder / "config.json").read_bytes())
        self.dimensions, self._heads = int(shape["hidden_size"]), int(shape["num_attention_heads"])
        self._margin = np.float32(shape["layer_norm_eps"])
        weights = {name: part.astype(np.float32) for name, part in load_file(folder / "model.safetensors").items()}
        self._words = weights["embeddings.word_embeddings.weight"]
        self._places = (weights["embeddings.position_embeddings.weight"]
                        + weights["embeddings.token_type_embeddings.weight"][0])
        self._first = weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"]
        self._layers = [_layer(weights, f"encoder.layer.{place}.") for place in range(shape["num_hidden_layers"])]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        told = json.loads((folder / "tokenizer_config.json").read_bytes())
        self._tokenizer.enable_truncation(min(int(told["model_max_length"]), len(self._places)))
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """float32 (len(texts), dimensions): the mean over each text's tokens, of no particular length."""
        tokens = [one.ids for one in self._tokenizer.encode_batch(list(texts))]
        means = [self._means(some) for some in _batches(tokens)]
        return np.concatenate(means) if means else np.zeros((0, self.dimensions), np.float32)

    def _means(self, tokens: list[list[int]]) -> np.ndarray:
        ends = np.cumsum([len(one) for one in tokens])
        spans = [slice(end - len(one), end) for end, one in zip(ends, tokens, strict=True)]
        places = np.concatenate([np.arange(len(one)) for one in tokens])
        held = self._words[np.concatenate(tokens)]
        level(held, self._places[places], *self._first, self._margin)
        for layer in self._layers:
            self._pass(held, spans, layer)
        return np.stack([held[span].mean(axis=0) for span in spans])

    def _pass(self, held: np.ndarray, spans: list[slice], layer: dict) -> None:
        """Take `held` (tokens, dimensions) through one layer: attention within each text, then the same two products
        for every token."""
        told = self._attention(held @ layer["asking"][0] + layer["asking"][1], spans) @ layer["joined"][0]
        told += layer["joined"][1]
        level(held, told, *layer["after attention"], self._margin)
        wide = held @ layer["wide"][0]
        gelu(wide, layer["wide"][1])
        told = wide @ layer["narrow"][0]
        told += layer["narrow"][1]
        level(held, told, *layer["after all"], self._margin)

    def _attention(self, asked: np.ndarray, spans: list[slice]) -> np.ndarray:
        """Queries, keys and values side by side (tokens, 3 · dimensions) → what each token takes from its text."""
        found = np.empty((len(asked), self.dimensions), np.float32)
        width = self.dimensions // self._heads
        for span in spans:
            query, key, value = asked[span].reshape(-1, 3, self._heads, width).transpose(1, 2, 0, 3)
            scores = query @ key.transpose(0, 2, 1)
            softmax(scores, np.float32(width ** -0.5))
            found[span] = (scores @ value).transpose(1, 0, 2).reshape(-1, self.dimensions)
        return found


def _layer(weights: dict[str, np.ndarray], name: str) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    def product(part: str) -> tuple[np.ndarray, np.ndarray]:
        return np.ascontiguousarray(weights[f"{name}{part}.weight"].T), weights[f"{name}{part}.bias"]

    def level(part: str) -> tuple[np.ndarray, np.ndarray]:
        return weights[f"{name}{part}.weight"], weights[f"{name}{part}.bias"]

    three = [product(f"attention.self.{part}") for part in ("query", "key", "value")]
    return {"asking": (np.hstack([one[0] for one in three]), np.hstack([one[1] for one in three])),
            "joined": product("attention.output.dense"), "after attention": level("attention.output.LayerNorm"),
            "wide": product("intermediate.dense"), "narrow": product("output.dense"),
            "after all": level("output.LayerNorm")}


def _batches(tokens: list[list[int]]) -> Iterator[list[list[int]]]:
    """In order, some TOGETHER tokens each."""
    batch: list[list[int]] = []
    held = 0
    for one in tokens:
        if batch and held + len(one) > TOGETHER:
            yield batch
            batch, held = [], 0
        batch.append(one)
        held += len(one)
    if batch:
        yield batch
