"""Looking at the sources whose time has come: read outside any transaction, kept in a short one each."""

import ipaddress

import structlog

from ingestion.sources import watching
from ingestion.sources.fetching import Fetcher
from jobs.runtime import Runtime
from models.sources import WatchedSource

log = structlog.get_logger()


def look_at_sources(runtime: Runtime) -> None:
    """One round: each due source once. A fault of one is its own; its owner reads it beside the source."""
    with runtime.database.read() as session:
        sources = watching.due(session)
        session.expunge_all()
    fetcher = fetcher_of(runtime)
    for source in sources:
        look_at(runtime, source, fetcher)


def fetcher_of(runtime: Runtime) -> Fetcher:
    return Fetcher([ipaddress.ip_network(one) for one in runtime.settings.networks])


def look_at(runtime: Runtime, source: WatchedSource, fetcher: Fetcher) -> watching.Look:
    """Read one source and write down what was found, if it is still as it was when it was read."""
    found = watching.look(source, fetcher)
    with runtime.database.write() as session:
        held = session.get(WatchedSource, source.id)
        if held is None or held.version != source.version:
            return found  # changed meanwhile: it is due anew and will be read as it is now
        news = watching.keep(session, held, found)
    log.info("source looked at", source=str(source.id), news=news, failed=bool(found.failure))
    return found
