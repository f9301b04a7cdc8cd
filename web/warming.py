"""What the first search of a process would wait for, read beside the first pages."""

import threading
import time

import structlog
from flask import Flask

from matching.warming import read_tables
from web.search import searchers

log = structlog.get_logger()


def start(app: Flask) -> threading.Thread:
    """Begin in a thread of its own: pages that search nothing are answered meanwhile, the others wait for the rest."""
    thread = threading.Thread(target=_warm, args=(app,), name="warming", daemon=True)
    thread.start()
    return thread


def _warm(app: Flask) -> None:
    begun = time.monotonic()
    try:
        read_tables()
        searchers(app.extensions["settings"]).load(app.extensions["database"].read)
    except Exception:  # the first search meets it again and answers for it
        log.exception("not warmed")
    else:
        log.info("warmed", seconds=round(time.monotonic() - begun, 2))
