"""The pupil as a SentenceTransformer folder: half precision, and marked as what `transformer.py` can compute."""

import json
import pathlib
import tempfile
from collections.abc import Sequence

import numpy as np
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer import modules
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from matching.encoders.model_files import MARK
from matching.encoders.training.teacher import END, PADDING, START, UNKNOWN, Teacher, tokenizer

TOKENS, PLACES = 48, 128
"""Pieces read of a text: of bodies 24 to 128 rank alike (docs/matching.md), and each costs a tenth of a millisecond."""


def save(out: pathlib.Path, pupil: BertModel, teacher: Teacher, pieces: Sequence[int], seed: int) -> None:
    """Write the folder `out`; what is there is written over."""
    weights = {name: value.detach().cpu().half().numpy() for name, value in pupil.state_dict().items()
               if not name.endswith("_ids")}
    for name in ("position", "token_type"):
        whole = f"embeddings.{name}_embeddings.weight"
        weights[whole] = np.ascontiguousarray(weights[whole][:PLACES if name == "position" else 1])
    wide = pupil.config.hidden_size  # transformers expects a pooler, which the mean does not use
    weights |= {"pooler.dense.weight": np.zeros((wide, wide), np.float16),
                "pooler.dense.bias": np.zeros(wide, np.float16)}
    config = BertConfig.from_dict(pupil.config.to_dict() | {
        "architectures": ["BertModel"], "dtype": "float32", "max_position_embeddings": PLACES, "type_vocab_size": 1})
    with tempfile.TemporaryDirectory() as raw:
        _write(pathlib.Path(raw), weights, config, teacher, pieces)
        read = modules.Transformer(raw, max_seq_length=TOKENS)
        model = SentenceTransformer(modules=[read, modules.Pooling(wide, "mean"), modules.Normalize()], device="cpu")
        model.save(str(out), create_model_card=False, safe_serialization=True)
    save_file(weights, out / "model.safetensors", metadata={"format": "pt"})
    (out / MARK).write_text(json.dumps({"input": "matching.text.normalise", "seed": seed}) + "\n", "utf-8")


def _write(raw: pathlib.Path, weights: dict, config: BertConfig, teacher: Teacher, pieces: Sequence[int]) -> None:
    save_file(weights, raw / "model.safetensors", metadata={"format": "pt"})
    config.save_pretrained(raw)
    kept = [teacher.pieces[place] for place in pieces]
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer(kept, [teacher.scores[place] for place in pieces]), bos_token=kept[START],
        eos_token=kept[END], pad_token=kept[PADDING], unk_token=kept[UNKNOWN], model_max_length=TOKENS,
    ).save_pretrained(raw)
