"""Text to vectors: one protocol over sentence-transformers, whose library is loaded only when a model must run.

The shipped model is small (`transformer.py`), so a web process computes it with numpy and answers a query without
loading torch: `load_encoder(…, light=True)`. A test holds both ways to the same numbers.
"""

import functools
import hashlib
import logging
import os
import pathlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from safetensors import SafetensorError

from matching.encoders.instructions import AS_IT_SAYS, Instructions, instructions_of
from matching.encoders.model_files import MARK, SHIPPED, EncoderMissing, ModelFiles, find_model, not_here
from matching.encoders.transformer import Transformer
from matching.fusion import Fusion
from matching.text import normalise
from settings import Settings

__all__ = ["MARK", "SHIPPED", "Encoder", "EncoderBroken", "EncoderMissing", "LightEncoder", "NoEncoder",
           "SentenceEncoder", "configured", "embed_postings", "fetch", "load_encoder", "load_files", "model_name",
           "name_of", "normalised"]
_LONGEST = 20_000
REMEMBERED = 2_000
"""Texts whose vectors a process keeps at hand (3 MB): those typed again, paged through, or held against each other."""
_PROBES = ["工业废水处理", "机器人焊接机"]
"""Of one length, so that a tokenizer without vocabulary, or without Chinese, gives them the same vector."""


class EncoderBroken(EncoderMissing):
    """The model runs but what it gives are no usable vectors."""


class Encoder(Protocol):
    """`encode` gives float32 (len(texts), dimensions), each row of length 1, or 0 for a text without a known word."""

    name: str
    """Names the numbers: files, instructions and length. Vectors of two names are never compared."""
    dimensions: int
    symmetric: bool
    """Whether a text has one vector, be it asked with or found. If not, `encode(…, query=True)` gives another."""

    @property
    def fusion(self) -> Fusion:
        """How its vectors are weighed against words."""

    def encode(self, texts: Sequence[str], query: bool = False) -> np.ndarray: ...


class NoEncoder:
    """Nothing to embed with: search is lexical only. Given dimensions, it stands for a model that is not here."""

    symmetric = True
    fusion = Fusion()

    def __init__(self, name: str = "none", dimensions: int = 0):
        self.name, self.dimensions = name, dimensions

    def encode(self, texts: Sequence[str], query: bool = False) -> np.ndarray:
        return np.zeros((len(texts), self.dimensions), np.float32)


class LightEncoder:
    """The shipped model, computed without torch, which a process of the site need not load for the sake of a query."""

    symmetric = True

    def __init__(self, folder: pathlib.Path, name: str = "", fusion: Fusion | None = None):
        self.name, self.fusion = name or model_name(folder), fusion or Fusion.of(folder)
        self._model = Transformer(folder)
        self.dimensions = self._model.dimensions
        self._kept: OrderedDict[bytes, np.ndarray] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str], query: bool = False) -> np.ndarray:
        read = [plain(text) for text in texts]
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        keys = [hashlib.blake2b(text.encode(), digest_size=16).digest() for text in read]
        known = self._recalled(keys)
        fresh = {key: text for key, text in zip(keys, read, strict=True) if text and key not in known}
        found = normalised(self._model.encode(list(fresh.values())))
        known.update(zip(fresh, found, strict=True))
        for place, key in enumerate(keys):
            if key in known:
                vectors[place] = known[key]
        self._remember({key: known[key] for key in list(fresh)[-REMEMBERED:]})
        return vectors

    def _recalled(self, keys: Sequence[bytes]) -> dict[bytes, np.ndarray]:
        with self._lock:
            known = {key: self._kept[key] for key in keys if key in self._kept}
            for key in known:
                self._kept.move_to_end(key)
        return known

    def _remember(self, fresh: dict[bytes, np.ndarray]) -> None:
        with self._lock:
            self._kept.update(fresh)
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)


class SentenceEncoder:
    """Any SentenceTransformer, told by its own instructions whether a text asks or is looked through."""

    def __init__(self, model, name: str, instructions: Instructions = AS_IT_SAYS, fusion: Fusion | None = None):
        self.name, self._model, self._instructions, self.fusion = name, model, instructions, fusion or Fusion()
        self.dimensions = int(model.get_embedding_dimension())
        routed = any(type(module).__name__ == "Router" for module in model)
        self.symmetric = not routed and instructions.query == instructions.document

    def encode(self, texts: Sequence[str], query: bool = False) -> np.ndarray:
        """EncoderBroken if a value is not finite or the dimensions are not those promised. An empty text gives 0."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        read = [plain(text) for text in texts]
        told = [place for place, text in enumerate(read) if text]
        if told:
            ask = self._model.encode_query if query else self._model.encode_document
            prompt = self._instructions.query if query else self._instructions.document
            try:
                found = np.asarray(ask([read[place] for place in told], prompt=prompt, batch_size=32,
                                       show_progress_bar=False), np.float32)
            except (RuntimeError, ValueError, TypeError, IndexError, KeyError) as error:
                raise EncoderBroken(f"向量模型“{self.name}”算不出向量：{error}。请检查 JIEBANG_ENCODER。") from error
            if found.shape != (len(told), self.dimensions) or not np.isfinite(found).all():
                raise EncoderBroken(f"向量模型“{self.name}”给出的不是 {self.dimensions} 维的有限数：模型文件有损坏，"
                                    "或和这个版本的程序不合。请检查 JIEBANG_ENCODER。")
            vectors[told] = found
        return normalised(vectors)


def load_encoder(setting: str = "", allow_hub: bool = False, light: bool = False,
                 wished: Instructions = AS_IT_SAYS) -> Encoder:
    """The encoder named by JIEBANG_ENCODER: empty for the shipped one, a folder, or a hub name.

    `light`: without torch where the model allows it. `wished` replaces the model's own instructions. EncoderMissing if
    it cannot be had or gives nonsense; nothing is downloaded unless `allow_hub`.
    """
    return load_files(fetch(setting, allow_hub), light, wished)


def fetch(setting: str, allow_hub: bool = False) -> ModelFiles:
    """The files of a model, downloaded where they are not here and it is allowed. EncoderMissing if not to be had."""
    files = find_model(setting)
    if files is None and allow_hub:
        try:
            _load_model(setting, allow_hub=True)  # fills the cache
        except (OSError, ValueError, KeyError) as error:
            raise EncoderMissing(f"向量模型“{setting}”下载不了：{error}。请检查 JIEBANG_ENCODER 和网络。") from error
        files = find_model(setting)
    if files is None:
        raise not_here(setting)
    return files


def configured(settings: Settings, light: bool = False) -> Encoder:
    """The encoder that the settings name, with the instructions they wish. See `load_encoder`."""
    return load_encoder(settings.encoder, settings.allow_model_hub, light, wishes(settings))


def wishes(settings: Settings) -> Instructions:
    return Instructions(settings.encoder_query_prompt, settings.encoder_document_prompt, settings.encoder_max_tokens)


def load_files(files: ModelFiles, light: bool = False, wished: Instructions = AS_IT_SAYS,
               name: str = "") -> Encoder:
    """The encoder in a folder. `name`, where it is known, saves reading every file once more."""
    try:
        instructions = instructions_of(files.folder, files.label, wished)
        name = name or name_of(files, instructions)
        if light and files.marked:
            return _light(files.folder, name, Fusion.of(files.folder))
        model = _load_model(str(files.folder))
        if type(model[0]).__name__ != "StaticEmbedding":  # a table reads any length at the same price
            model.max_seq_length = min(model.max_seq_length or instructions.tokens, instructions.tokens)
        return _tried(SentenceEncoder(model, name, instructions, Fusion.of(files.folder)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, IndexError,
            SafetensorError) as error:
        raise EncoderMissing(f"向量模型“{files.label}”（{files.folder}）无法载入：{error}。"
                             "请检查 JIEBANG_ENCODER，或留空用自带的模型。") from error


@functools.lru_cache(maxsize=4)
def _light(folder: pathlib.Path, name: str, fusion: Fusion) -> LightEncoder:
    """One a process: the name holds a fingerprint of the files, and 35 MB of weights need not be held twice."""
    return LightEncoder(folder, name, fusion)


def _load_model(source: str, allow_hub: bool = False):
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    if not allow_hub:
        os.environ["HF_HUB_OFFLINE"] = "1"
    from sentence_transformers import SentenceTransformer  # heavy (4–7 s with torch): only where a model must run

    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    return SentenceTransformer(source, device="cpu", local_files_only=not allow_hub, trust_remote_code=False)


def _tried(encoder: SentenceEncoder) -> SentenceEncoder:
    """EncoderBroken unless two texts get vectors that differ: better said when loading than found in the ranking."""
    for query in (False, True):
        vectors = encoder.encode(_PROBES, query)
        if np.ptp(vectors, axis=0).max() < 1e-4:
            raise EncoderBroken(f"向量模型“{encoder.name}”分不清两段不同的中文：词表缺失，或它不懂中文。请检查 JIEBANG_ENCODER。")
    return encoder


def model_name(folder: pathlib.Path, wished: Instructions = AS_IT_SAYS) -> str:
    """The name of the encoder in a folder: see `Encoder.name`."""
    files = ModelFiles(folder.resolve().name, folder)
    return name_of(files, instructions_of(folder, files.label, wished))


def name_of(files: ModelFiles, instructions: Instructions) -> str:
    """The name of the encoder: see `Encoder.name`."""
    if files.marked:
        return f"{files.label[:60]}@{files.fingerprint()}"
    used = hashlib.sha256(repr(instructions).encode()).hexdigest()[:6]
    return f"{files.label[-80:]}@{files.fingerprint()}+{used}"


def plain(text: str) -> str:
    """What a model reads: folded. Empty where nothing is left, for which no model is asked."""
    return normalise(text[:_LONGEST]).strip()


def normalised(vectors: np.ndarray) -> np.ndarray:
    """Rows of length 1; a row of zeros stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def embed_postings(encoder: Encoder, titles: Sequence[str], bodies: Sequence[str], query: bool = False) -> np.ndarray:
    """One vector a posting: title vector + body vector, each of length 1, normalised again: better than one joined.

    `query`: the vectors to ask with instead of those to be found by.
    """
    return normalised(encoder.encode(titles, query) + encoder.encode(bodies, query))
