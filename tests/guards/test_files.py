"""What no file of the project may hold: promises instead of work, hosts it must not depend on, long lines."""

import re

from tests.support.sources import ROOT, files

UNFINISHED = re.compile(r"\b(TOD[O]|FIXM[E]|XX[X]|NotImplemente[d]Error)\b")
FOREIGN_HOSTS = re.compile(
    r"\b(pypi|npmjs|pythonhosted|unpkg|jsdelivr|cdnjs|googleapis|gstatic|bootcdn|pytorch|aliyuncs?|tsinghua)"
    r"\.(org|com|net|edu\.cn|cn)\b")
LINE_LIMIT = 120
TEXT = (".py", ".html", ".js", ".css", ".md", ".toml", ".txt", ".example", ".sh", ".json", ".mako", ".typ", ".svg")


def found(pattern: re.Pattern, paths) -> list[str]:
    """`file: match` for every match."""
    return [f"{path.relative_to(ROOT)}: {match.group()}"
            for path in paths for match in pattern.finditer(path.read_text())]


def test_nothing_is_left_unfinished():
    assert found(UNFINISHED, files(".py", ".html", ".js", ".css")) == []


def test_no_registry_and_no_cdn_is_named():
    assert found(FOREIGN_HOSTS, [*files(*TEXT), ROOT / "Makefile", ROOT / ".env.example"]) == []


def test_lines_end_before_column_120():
    long = [f"{path.relative_to(ROOT)}:{number}" for path in files(".py") if path.parent.name != "versions"
            for number, line in enumerate(path.read_text().splitlines(), 1) if len(line) > LINE_LIMIT]
    assert long == []
