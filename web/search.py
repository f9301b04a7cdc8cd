"""The searcher of this process, and the searches that pages make with it."""

import functools
import uuid
from collections.abc import Sequence

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matching.following import Searchers
from matching.search import search_demands
from matching.searcher import Searcher
from models.demands import Confidentiality, Demand
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
    found = _tellable(words, search_demands(db(), searcher(), words, limit=MOST).ids)
    return found + _closed(words, MOST - len(found)) if taken else found


def _tellable(words: str, found: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """`found` without sealed demands that were found by what they seal: a hit must not tell what is in them."""
    sealed = db().scalars(select(Demand).options(selectinload(Demand.targets)).where(
        Demand.id.in_(found), Demand.confidentiality != Confidentiality.public))
    hidden = {demand.id for demand in sealed if not _told(words, demand)}
    return [key for key in found if key not in hidden]


def _told(words: str, demand: Demand) -> bool:
    """Whether what everybody may read of a sealed demand holds most of the words, by pairs of characters."""
    targets = (part for target in demand.targets for part in (target.what, target.figure))
    text = "\n".join((demand.title, demand.abstract, demand.number or "", *targets)).lower()
    pairs = {word[place:place + 2] for word in words.lower().split() for place in range(max(1, len(word) - 1))}
    return 2 * sum(pair in text for pair in pairs) > len(pairs)


def _closed(words: str, most: int) -> list[uuid.UUID]:
    holds = [Demand.title.icontains(word, autoescape=True) for word in words.split()]
    query = (select(Demand.id).where(*listing.where(Filters(taken=True)), ~listing.still_open(), *holds)
             .order_by(Demand.published_at.desc(), Demand.id).limit(most))
    return list(db().scalars(query))
