"""Text to vectors: one protocol over sentence-transformers, whose library is loaded only when a model must run.

The shipped model is static (a table of word vectors, averaged), so a web process can read the table itself and
answer a query without loading torch: `load_encoder(…, light=True)`. A test holds both ways to the same numbers.
"""

import hashlib
import json
import logging
import os
import pathlib
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from safetensors.numpy import load_file

from matching.text import features, normalise

SHIPPED = pathlib.Path(__file__).parent / "encoder"
MARK = "jiebang.json"
"""Stands in a model folder whose tokenizer expects the words of `text.features`, space between."""
_LONGEST = 20_000


class EncoderMissing(Exception):
    """The configured model cannot be loaded. The message says which setting to change."""


class Encoder(Protocol):
    """`encode` gives float32 (len(texts), dimensions), each row of length 1, or 0 for a text without a known word."""

    name: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...


class NoEncoder:
    """Nothing to embed with: search is lexical only."""

    name = "none"
    dimensions = 0

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.zeros((len(texts), 0), np.float32)


class TableEncoder:
    """The shipped static model, read straight from its folder: the mean of its words' vectors. No torch."""

    def __init__(self, folder: pathlib.Path):
        self.name = model_name(folder)
        vocabulary = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
        weights = load_file(folder / "model.safetensors")
        self._table, self._scale, self._row = weights["embeddings"], weights["weights"], vocabulary
        self._unknown = vocabulary["[UNK]"]
        self.dimensions = int(self._table.shape[1])

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        means = np.zeros((len(texts), self.dimensions), np.float32)
        for place, text in enumerate(texts):
            rows = [self._row.get(word, self._unknown) for word in prepared(text).split()]
            if rows:
                means[place] = (self._table[rows].astype(np.float32) * self._scale[rows, None]).mean(axis=0)
        return normalised(means)


class SentenceEncoder:
    """Any SentenceTransformer."""

    def __init__(self, model, name: str, words: bool):
        self.name, self._model, self._words = name, model, words
        self.dimensions = int(model.get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        read = prepared if self._words else plain
        vectors = self._model.encode([read(text) for text in texts], batch_size=64, show_progress_bar=False)
        return normalised(np.nan_to_num(np.asarray(vectors, np.float32)))


def load_encoder(setting: str = "", allow_hub: bool = False, light: bool = False) -> Encoder:
    """The encoder named by JIEBANG_ENCODER: empty for the shipped one, a folder, or a hub name.

    `light`: without torch where the model allows it. EncoderMissing if it cannot be had; nothing is downloaded
    unless `allow_hub`.
    """
    folder = pathlib.Path(setting).expanduser() if setting else SHIPPED
    marked = (folder / MARK).is_file()
    if setting and not folder.is_dir() and not allow_hub and not _cached(setting):
        raise EncoderMissing(f"找不到向量模型“{setting}”：它不是本机文件夹，而联网下载没有打开。"
                             "请把 JIEBANG_ENCODER 指向模型文件夹，或设 JIEBANG_ALLOW_MODEL_HUB=true。")
    try:
        if light and marked:
            return TableEncoder(folder)
        source = str(folder) if folder.is_dir() else setting
        name = model_name(folder) if folder.is_dir() else setting[:120]
        return SentenceEncoder(_load_model(source, allow_hub), name, marked)
    except (OSError, ValueError, KeyError) as error:
        raise EncoderMissing(f"向量模型“{setting or folder}”无法载入：{error}") from error


def _load_model(source: str, allow_hub: bool):
    if not allow_hub:
        os.environ["HF_HUB_OFFLINE"] = "1"
    from sentence_transformers import SentenceTransformer  # heavy (4–7 s with torch): only where a model must run

    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    return SentenceTransformer(source, device="cpu", local_files_only=not allow_hub, trust_remote_code=False)


def _cached(name: str) -> bool:
    """Whether a hub model lies in this machine's cache."""
    home = pathlib.Path(os.environ.get("HF_HOME", pathlib.Path.home() / ".cache" / "huggingface"))
    folders = (f"models--{full.replace('/', '--')}" for full in (name, f"sentence-transformers/{name}"))
    return any((home / "hub" / folder).is_dir() for folder in folders)


def model_name(folder: pathlib.Path) -> str:
    """The folder's name and a fingerprint of its files: a retrained model is another model, and re-embeds."""
    seen = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.suffix in (".safetensors", ".json", ".bin", ".txt")):
        seen.update(str(file.relative_to(folder)).encode())
        with file.open("rb") as stream:
            seen.update(hashlib.file_digest(stream, "sha256").digest())
    return f"{folder.resolve().name[:60]}@{seen.hexdigest()[:12]}"


def prepared(text: str) -> str:
    """What the shipped model's tokenizer reads."""
    return " ".join(features(text[:_LONGEST]))


def plain(text: str) -> str:
    """What any other model reads: folded, and never empty, which some tokenizers do not survive."""
    return normalise(text[:_LONGEST]) or " "


def normalised(vectors: np.ndarray) -> np.ndarray:
    """Rows of length 1; a row of zeros stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def embed_postings(encoder: Encoder, titles: Sequence[str], bodies: Sequence[str]) -> np.ndarray:
    """One vector a posting: title vector + body vector, each of length 1, normalised again: better than one joined."""
    return normalised(encoder.encode(titles) + encoder.encode(bodies))
