"""A lifecycle small enough to read: a test ground's permit, of a city that does not exist."""

import pathlib

import pytest

from contests import catalogue
from contests.catalogue import parse
from contests.lifecycles.lifecycle import Lifecycle

PERMIT = (pathlib.Path(__file__).parent / "permit.toml").read_text(encoding="utf-8")
FOUNDING = (catalogue.FOLDER / "weihai-2020.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def permit() -> Lifecycle:
    return parse(FOUNDING + PERMIT, "city.toml").lifecycle("permit")
