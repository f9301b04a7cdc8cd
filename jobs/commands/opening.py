"""Opening the parts that a command works with, and closing them after it."""

import contextlib
from collections.abc import Iterator

import settings as configuration
from jobs.runtime import Runtime
from models import migrate


@contextlib.contextmanager
def opened(settings: configuration.Settings, any_schema: bool = False) -> Iterator[Runtime]:
    """The parts a command works with, its connections closed at the end. Makes the data directory on first use.

    Conflict where the schema is not the newest, unless any will do.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    runtime = Runtime(settings)
    try:
        if not any_schema:
            migrate.require_newest(runtime.database.engine)
        yield runtime
    finally:
        runtime.database.engine.dispose()
