"""How a model wants its texts: what stands before a query and before a document, and how many tokens it reads.

Most retrieval models were trained with such words and lose much without them; they differ between families.
"""

import json
import pathlib
import re
from dataclasses import dataclass

NONE = "none"
"""As a setting: no instruction, whatever the model says of itself. Empty means what the model says."""
TASK = "Instruct: Given a technical demand or a technical ability, retrieve the texts that fit it\nQuery: "

FAMILIES = (
    (r"bge-(?!m3|reranker|multilingual)[\w.-]*zh", "为这个句子生成表示以用于检索相关文章：", ""),
    (r"bge-(?!m3|reranker|multilingual)[\w.-]*en", "Represent this sentence for searching relevant passages: ", ""),
    (r"e5-[\w.-]*instruct|qwen3-embedding|gte-qwen", TASK, ""),
    (r"(^|[-_/])e5-", "query: ", "passage: "),
)
"""Part of a model's name, query, document: from the model cards. gte, m3e, bge-m3 and text2vec want none."""


@dataclass(frozen=True)
class Instructions:
    """`query` and `document` stand before each text as they are; `tokens` is the most that is read of one."""

    query: str = ""
    document: str = ""
    tokens: int = 512


AS_IT_SAYS = Instructions()
"""The wish of who wishes nothing."""


def instructions_of(folder: pathlib.Path, label: str, wished: Instructions) -> Instructions:
    """What applies to the model in `folder`: the wish, else the model's own `prompts`, else its family's, else none.

    `label` is the name by which it was configured. OSError or ValueError where its JSON cannot be read.
    """
    query, document = _own(folder) or _family(label, folder.resolve().name, _origin(folder))
    return Instructions(_either(wished.query, query), _either(wished.document, document), wished.tokens)


def _either(wished: str, own: str) -> str:
    return "" if wished == NONE else wished or own


def _own(folder: pathlib.Path) -> tuple[str, str] | None:
    """The model's prompts under the names that sentence-transformers looks for; None where it has none."""
    prompts = _read(folder / "config_sentence_transformers.json").get("prompts") or {}
    query = prompts.get("query") or ""
    document = next((prompts[name] for name in ("document", "passage", "corpus") if prompts.get(name)), "")
    return (query, document) if query or document else None


def _family(*names: str) -> tuple[str, str]:
    for pattern, query, document in FAMILIES:
        if any(re.search(pattern, name, re.IGNORECASE) for name in names):
            return query, document
    return "", ""


def _origin(folder: pathlib.Path) -> str:
    return str(_read(folder / "config.json").get("_name_or_path") or "")


def _read(path: pathlib.Path) -> dict:
    found = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found if isinstance(found, dict) else {}
