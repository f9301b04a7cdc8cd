"""The project's own files, as the guards read them."""

import ast
import functools
import os
import pathlib
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGES = ("models", "ledger", "contests", "engagements", "ingestion", "matching", "jobs", "web")
SKIPPED = {"vendor", "node_modules", "__pycache__", "build", "dist", "data", "artifacts"}


@dataclass(frozen=True)
class Source:
    """One Python file of the product: its path from the root, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    @property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def files(*suffixes: str) -> list[pathlib.Path]:
    """The project's text files with these suffixes, vendored and generated ones left out."""
    return [path for path in everything() if path.suffix in suffixes]


@functools.cache
def everything() -> tuple[pathlib.Path, ...]:
    found = []
    for folder, names, inside in os.walk(ROOT):
        names[:] = [name for name in names
                    if name not in SKIPPED and not name.startswith(".") and ".egg-info" not in name]
        found += [pathlib.Path(folder, name) for name in inside]
    return tuple(sorted(found))


@functools.cache
def product() -> tuple[Source, ...]:
    """Every Python file that ships, migrations left out: they are generated and never change."""
    found = []
    for path in files(".py"):
        name = str(path.relative_to(ROOT))
        top = name.split("/")[0]
        if (top in PACKAGES or name in ("settings.py", "cli.py")) and path.parent.name != "versions":
            text = path.read_text()
            found.append(Source(name, text, ast.parse(text)))
    return tuple(found)
