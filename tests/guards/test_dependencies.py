"""Every library is named where it is used: what the code imports is a direct dependency, pinned, and the other way."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.support.sources import PACKAGES, ROOT, product

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
UNIMPORTED = {"granian", "psycopg", "redis"}
"""Used without an import: the server's command, SQLAlchemy's driver, Celery's and Flask-Limiter's store."""


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


OPTIONAL = ("milvus",)
"""Extras that an operator may add for a part of the product."""


def named(lines: list[str]) -> set[str]:
    return {canonical(re.split(r"[\[=]", line)[0]) for line in lines}


def direct() -> set[str]:
    return named(PROJECT["dependencies"])


def optional() -> set[str]:
    return set().union(*(named(PROJECT["optional-dependencies"][extra]) for extra in OPTIONAL))


def imported() -> set[str]:
    """The distributions whose modules the product imports anywhere."""
    roots = set()
    for source in product():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Import):
                roots |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                roots.add(node.module.split(".")[0])
    foreign = roots - set(sys.stdlib_module_names) - {*PACKAGES, "settings", "cli"}
    owners = packages_distributions()
    return {canonical(owners[root][0]) for root in foreign}


def test_what_is_imported_is_a_direct_dependency():
    assert imported() - direct() - optional() == set()


def test_what_is_a_direct_dependency_is_used():
    assert direct() - imported() - UNIMPORTED == set()


def test_every_dependency_is_pinned_and_locked():
    locked = {line.split("==")[0].lower().replace("_", "-")
              for name in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt")
              for line in (ROOT / name).read_text().splitlines()}
    asked = PROJECT["dependencies"] + [line for extra in PROJECT["optional-dependencies"].values() for line in extra]
    assert [line for line in asked if "==" not in line] == []
    assert {canonical(re.split(r"[\[=]", line)[0]) for line in asked} - locked - {"torch"} == set()
