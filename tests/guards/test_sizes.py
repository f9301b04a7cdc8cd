"""Small files, small functions: a reader takes each in at once."""

import statistics

from tests.support.sources import product

FILE_LIMIT, FUNCTION_LIMIT = 400, 50
FILE_MEDIAN, FUNCTION_MEDIAN = 100, 10


def lines(source) -> int:
    return source.text.count("\n")


def length(function) -> int:
    return function.end_lineno - function.lineno + 1


def test_no_file_is_long():
    assert [source.path for source in product() if lines(source) > FILE_LIMIT] == []


def test_no_function_is_long():
    assert [f"{source.path}:{function.name}" for source in product() for function in source.functions
            if length(function) > FUNCTION_LIMIT] == []


def test_files_and_functions_are_small_as_a_rule():
    assert statistics.median(lines(source) for source in product()) <= FILE_MEDIAN
    lengths = [length(function) for source in product() for function in source.functions]
    assert statistics.median(lengths) <= FUNCTION_MEDIAN


def test_no_file_is_a_drawer():
    drawers = {"utils.py", "util.py", "helpers.py", "helper.py", "manager.py", "managers.py", "misc.py", "common.py"}
    assert not [source.path for source in product() if source.path.split("/")[-1] in drawers]
