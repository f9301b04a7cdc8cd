"""The searcher of this process, and the searches that pages make with it."""

import functools
import uuid

from flask import current_app
from sqlalchemy import select

from matching.following import Searchers
from matching.search import search_demands
from matching.searcher import Searcher
from models.demands import Demand
from settings import Settings
from web.demands import listing
from web.demands.filters import Filters
from web.sessions import db

MOST = 500
"""Hits that are filtered and counted; nobody pages further."""


@functools.lru_cache(maxsize=2)
def _searchers(settings: Settings) -> Searchers:
    return Searchers(settings)


def searcher() -> Searcher:
    """One a process and model in use: it reads the saved index once and follows the database from there."""
    return _searchers(current_app.extensions["settings"]).current(db())


def demand_ids(words: str, taken: bool = False) -> list[uuid.UUID]:
    """Ids of open demands about `words`, best first; with `taken`, closed ones whose title has every word follow."""
    found = list(search_demands(db(), searcher(), words, limit=MOST).ids)
    return found + _closed(words, MOST - len(found)) if taken else found


def _closed(words: str, most: int) -> list[uuid.UUID]:
    holds = [Demand.title.icontains(word, autoescape=True) for word in words.split()]
    query = (select(Demand.id).where(*listing.where(Filters(taken=True)), ~listing.still_open(), *holds)
             .order_by(Demand.published_at.desc(), Demand.id).limit(most))
    return list(db().scalars(query))
