"""Searches by words in the hall."""

import uuid

from sqlalchemy import select

from matching.search import search_demands
from models.demands import Demand
from web.demands import listing
from web.demands.filters import Filters
from web.search import searcher
from web.sessions import db

MOST = 500
"""Hits that are filtered and counted; nobody pages further."""


def demand_ids(words: str, taken: bool = False) -> list[uuid.UUID]:
    """Ids of open demands about `words`, best first; with `taken`, closed ones whose title has every word follow."""
    found = list(search_demands(db(), searcher(), words, limit=MOST).ids)
    return found + _closed(words, MOST - len(found)) if taken else found


def _closed(words: str, most: int) -> list[uuid.UUID]:
    holds = [Demand.title.icontains(word, autoescape=True) for word in words.split()]
    query = (select(Demand.id).where(*listing.where(Filters(taken=True)), ~listing.still_open(), *holds)
             .order_by(Demand.published_at.desc(), Demand.id).limit(most))
    return list(db().scalars(query))
