"""Opening the parts that a command works with, and closing them after it."""

import contextlib
from collections.abc import Iterator

import settings as configuration
from jobs.runtime import Runtime


@contextlib.contextmanager
def opened(settings: configuration.Settings) -> Iterator[Runtime]:
    """The parts a command works with, its connections closed at the end. Makes the data directory on first use."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    runtime = Runtime(settings)
    try:
        yield runtime
    finally:
        runtime.database.engine.dispose()
