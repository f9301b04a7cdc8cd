"""Models of one layer and random weights: they load at once and without torch, to change from one to another."""

import json
import pathlib

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split

from matching.encoders.model_files import MARK, MODULES

CHARACTERS = sorted(set("工业废水处理机器人焊接锂电池管理系统碳纤维管插焦化轮胎硫化节能渔网再生造粒海参育苗儿童心理辅导钢铁烟气脱硫"))
TOKENS = 64


def build(folder: pathlib.Path, seed: int = 1, dimensions: int = 16) -> pathlib.Path:
    """Save a random model under `folder`, and return it. Vectors of two seeds have nothing in common."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(WordLevel({"[UNK]": 0} | {c: row for row, c in enumerate(CHARACTERS, 1)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split("", "isolated")
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(json.dumps({"model_max_length": TOKENS}))
    (folder / "config.json").write_text(json.dumps({
        "hidden_size": dimensions, "num_attention_heads": 2, "num_hidden_layers": 1, "layer_norm_eps": 1e-12}))
    save_file(weights(np.random.default_rng(seed), dimensions), folder / "model.safetensors")
    (folder / MODULES).write_text("[]")
    (folder / MARK).write_text(json.dumps({"input": "matching.text.normalise"}))
    return folder


def weights(chance: np.random.Generator, wide: int) -> dict[str, np.ndarray]:
    """What a BERT of one layer holds, its words far more telling than their places."""
    shapes = {"embeddings.word_embeddings.weight": (len(CHARACTERS) + 1, wide),
              "embeddings.position_embeddings.weight": (TOKENS, wide),
              "embeddings.token_type_embeddings.weight": (1, wide)}
    layer = {f"attention.self.{part}": (wide, wide) for part in ("query", "key", "value")}
    layer |= {"attention.output.dense": (wide, wide), "intermediate.dense": (2 * wide, wide),
              "output.dense": (wide, 2 * wide)}
    for name, shape in layer.items():
        shapes |= {f"encoder.layer.0.{name}.weight": shape, f"encoder.layer.0.{name}.bias": shape[:1]}
    made = {name: 0.1 * chance.normal(size=shape).astype(np.float32)
            for name, shape in shapes.items()}
    made["embeddings.word_embeddings.weight"] *= 10
    for name in ("embeddings", "encoder.layer.0.attention.output", "encoder.layer.0.output"):
        made |= {f"{name}.LayerNorm.weight": np.ones(wide, np.float32),
                 f"{name}.LayerNorm.bias": np.zeros(wide, np.float32)}
    return made
