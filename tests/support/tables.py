"""Small tables of word vectors: models that load at once and without torch, to change from one to another."""

import json
import pathlib

import numpy as np
from safetensors.numpy import save_file

from matching.encoders.model_files import MARK, MODULES
from matching.text import features

WORDS = list(dict.fromkeys(word for text in (
    "工业废水处理", "机器人焊接机", "锂电池管理系统", "碳纤维管插接", "焦化废水", "轮胎硫化节能", "渔网再生造粒", "海参育苗",
    "儿童心理辅导", "钢铁烟气脱硫") for word in features(text)))


def build(folder: pathlib.Path, seed: int = 1, dimensions: int = 16) -> pathlib.Path:
    """Save a table of random vectors under `folder`, and return it. Vectors of two seeds have nothing in common."""
    folder.mkdir(parents=True, exist_ok=True)
    table = np.random.default_rng(seed).normal(size=(len(WORDS) + 1, dimensions)).astype(np.float32)
    save_file({"embeddings": table, "weights": np.ones(len(table), np.float32)}, folder / "model.safetensors")
    vocabulary = {"[UNK]": 0} | {word: row for row, word in enumerate(WORDS, 1)}
    (folder / "tokenizer.json").write_text(json.dumps({"model": {"vocab": vocabulary}}), "utf-8")
    (folder / MODULES).write_text("[]")
    (folder / MARK).write_text(json.dumps({"input": "matching.text.features"}))
    return folder
