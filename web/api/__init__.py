"""The REST API under /api/v1: the same operations as the pages, in JSON. Its description is /api/v1/openapi.json."""

from web.api import (
    capabilities,
    contracts,
    demands,
    engagements,
    entries,
    evidence,
    files,
    recommendations,
    tokens,
    verifications,
)

PARTS = (tokens, demands, recommendations, capabilities, engagements, files, contracts, verifications, evidence,
         entries)
BLUEPRINTS = tuple(part.blueprint for part in PARTS)
