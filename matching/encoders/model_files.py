"""Where a model's files lie: a folder of this machine, or a hub model in its cache; and which model they are."""

import hashlib
import json
import os
import pathlib
from dataclasses import dataclass

from matching.fusion import FILE as WEIGHTS

SHIPPED = pathlib.Path(__file__).parents[1] / "encoder"
MARK = "jiebang.json"
"""Stands in the folder of a model of our own, which can be computed without torch (`transformer.py`)."""
MODULES, KIND = "modules.json", "SentenceTransformer"
_PARTS = (".safetensors", ".json", ".bin", ".txt", ".model")


class EncoderMissing(Exception):
    """The configured model cannot be loaded or used. The message says which setting to change."""


@dataclass(frozen=True)
class ModelFiles:
    """A model that is on this machine."""

    label: str
    """What it is called: a folder's name, or the hub's."""
    folder: pathlib.Path

    @property
    def marked(self) -> bool:
        """Whether it is a model of our own, which can be computed without torch."""
        return (self.folder / MARK).is_file()

    def fingerprint(self) -> str:
        """12 hexadecimal digits of its content: a retrained model is another model. A hub model's is its commit."""
        return self.folder.name[:12] if self.folder.parent.name == "snapshots" else fingerprint(self.folder)


def find_model(setting: str) -> ModelFiles | None:
    """The files of the model that a setting names (empty: the shipped one), or None if they are not here.

    EncoderMissing for a folder that holds no SentenceTransformer.
    """
    folder = pathlib.Path(setting).expanduser() if setting else SHIPPED
    if folder.is_dir():
        if (found := _kind(folder)) != KIND:
            raise EncoderMissing(f"文件夹 {folder} 不是 {KIND} 模型（{found}）。"
                                 "请把 JIEBANG_ENCODER 指向用 SentenceTransformer.save 存下的文件夹，或留空用自带的模型。")
        return ModelFiles(folder.resolve().name, folder)
    cached = _cached(setting)
    return ModelFiles(setting, cached) if cached else None


def _kind(folder: pathlib.Path) -> str:
    """What kind of model a folder says it holds, or what it lacks for that."""
    if not (folder / MODULES).is_file():
        return f"里面没有 {MODULES}"
    try:
        return json.loads((folder / "config_sentence_transformers.json").read_bytes()).get("model_type") or KIND
    except FileNotFoundError:
        return KIND  # older than that file
    except (ValueError, AttributeError):
        return "config_sentence_transformers.json 读不懂"


def not_here(setting: str) -> EncoderMissing:
    """What to say of a model that is neither a folder nor in the cache."""
    return EncoderMissing(f"找不到向量模型“{setting}”：它不是本机文件夹，而联网下载没有打开。"
                          "请把 JIEBANG_ENCODER 指向模型文件夹，或设 JIEBANG_ALLOW_MODEL_HUB=true。")


def _cached(name: str) -> pathlib.Path | None:
    """The newest snapshot of a hub model in this machine's cache."""
    for full in (name, f"sentence-transformers/{name}"):
        for cache in _caches():
            repository = cache / f"models--{full.replace('/', '--')}"
            reference = repository / "refs" / "main"
            if reference.is_file():
                folder = repository / "snapshots" / reference.read_text().strip()
                if _kind(folder) == KIND:
                    return folder
    return None


def _caches() -> list[pathlib.Path]:
    home = pathlib.Path(os.environ.get("HF_HOME") or pathlib.Path.home() / ".cache" / "huggingface")
    own = os.environ.get("SENTENCE_TRANSFORMERS_HOME")
    return [*([pathlib.Path(own)] if own else []), pathlib.Path(os.environ.get("HF_HUB_CACHE") or home / "hub")]


def fingerprint(folder: pathlib.Path) -> str:
    """12 hexadecimal digits over every file that a vector depends on. Of our own mark only how texts are prepared.

    The weights of its vectors against words do not count: other weights make no other vectors.
    """
    seen = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.suffix in _PARTS and p.is_file() and p.name != WEIGHTS):
        seen.update(str(file.relative_to(folder)).encode())
        if file.name == MARK:
            seen.update(str(json.loads(file.read_bytes()).get("input")).encode())
            continue
        with file.open("rb") as stream:
            seen.update(hashlib.file_digest(stream, "sha256").digest())
    return seen.hexdigest()[:12]
