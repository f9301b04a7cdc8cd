"""Every table, loaded together: what migrations, tests and `jiebang doctor` compare a database with."""

from models import (
    accounts,
    activities,
    after_award,
    audit,
    awards,
    capabilities,
    claims,
    contests,
    contracts,
    counters,
    demands,
    encoders,
    engagements,
    files,
    impressions,
    index,
    interests,
    ledger,
    lifecycles,
    meetings,
    notices,
    outlooks,
    publication,
    rankers,
    reviews,
    sameness,
    sheets,
    sources,
    thesaurus,
)
from models.base import Base

TABLE_MODULES = (accounts, activities, after_award, audit, awards, capabilities, claims, contests, contracts,
                 counters, demands, encoders, engagements, files, impressions, index, interests, ledger,
                 lifecycles, meetings, notices, outlooks, publication, rankers, reviews, sameness, sheets,
                 sources, thesaurus)
metadata = Base.metadata
