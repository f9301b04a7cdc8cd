"""Imports go one way. pyproject.toml holds the contracts; here they are run, with what import-linter cannot see."""

import ast
import graphlib

import importlinter.cli

from tests.support.sources import Source, product


def imported(source: Source, node: ast.stmt, known: set[str]) -> set[str]:
    """The project's modules that one import statement loads."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names} & known
    if node.level:
        parts = source.module.split(".")
        package = parts if source.path.endswith("__init__.py") else parts[:-1]
        base = ".".join(package[:len(package) - node.level + 1] + ([node.module] if node.module else []))
    else:
        base = node.module
    return {f"{base}.{alias.name}" if f"{base}.{alias.name}" in known else base for alias in node.names} & known


def hidden_statements(source: Source) -> set[ast.stmt]:
    """Import statements inside functions or behind TYPE_CHECKING."""
    found = set()
    for node in ast.walk(source.tree):
        guarded = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        if guarded or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found |= {inner for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)}
    return found


def imports(source: Source) -> list[ast.stmt]:
    return [node for node in ast.walk(source.tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def test_the_contracts_hold(capsys):
    assert importlinter.cli.lint_imports(cache_dir=None) == 0, capsys.readouterr().out


def test_no_module_imports_itself_in_a_circle():
    known = {source.module for source in product()}
    graph = {source.module: set().union(*(imported(source, node, known) for node in imports(source))) - {source.module}
             for source in product()}
    graphlib.TopologicalSorter(graph).prepare()


def test_own_modules_are_imported_at_the_top():
    known = {source.module for source in product()}
    hidden = [f"{source.path}: {target}" for source in product() for node in hidden_statements(source)
              for target in imported(source, node, known)]
    assert hidden == []


def test_settings_stand_on_nothing_and_nothing_stands_on_the_command_line():
    known = {source.module for source in product()}
    for source in product():
        tops = {name.split(".")[0] for node in imports(source) for name in imported(source, node, known)}
        assert "cli" not in tops, source.path
        assert source.path != "settings.py" or not tops
