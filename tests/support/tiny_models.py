"""Real models, only small: a BERT of two layers over characters, saved as a SentenceTransformer folder."""

import json
import pathlib

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizerFast

CHARACTERS = ("的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还"
              "废水处理焦化锂电池含油污机器焊接工业管系统均衡控制方法儿童心理辅导表示句用检索相关文章：查询钢铁冶炼烟气脱硫碳纤维复合材料成型")
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", "passage", ":", *"abcdefghijklmnopqrstuvwxyz0123456789",
         *dict.fromkeys(CHARACTERS)]


def build(folder: pathlib.Path, seed: int = 1, dimensions: int = 32, positions: int = 64,
          prompts: dict[str, str] | None = None) -> pathlib.Path:
    """Save a transformer with random weights under `folder`, and return it. The seed decides the weights."""
    raw = folder.with_name(f"{folder.name}.raw")
    raw.mkdir(parents=True)
    (raw / "vocab.txt").write_text("\n".join(WORDS), "utf-8")
    BertTokenizerFast(str(raw / "vocab.txt"), model_max_length=positions).save_pretrained(raw)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        BertModel(BertConfig(vocab_size=len(WORDS), hidden_size=dimensions, num_hidden_layers=2, num_attention_heads=2,
                             intermediate_size=2 * dimensions, max_position_embeddings=positions,
                             initializer_range=0.3)).save_pretrained(raw)
    modules = [Transformer(str(raw)), Pooling(dimensions, pooling_mode="mean")]
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(folder))
    return folder


def spoil(folder: pathlib.Path) -> None:
    """Make the model give NaN."""
    from safetensors.torch import load_file, save_file

    path = folder / "model.safetensors"
    weights = load_file(path)
    weights["embeddings.word_embeddings.weight"][:] = float("nan")
    save_file(weights, path, metadata={"format": "pt"})


def describe(folder: pathlib.Path, **config: str) -> None:
    """Set fields of the model's config.json."""
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | config))
