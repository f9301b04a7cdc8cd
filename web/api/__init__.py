"""The REST API under /api/v1: the same operations as the pages, in JSON. Its description is /api/v1/openapi.json."""

from web.api import capabilities, contracts, demands, engagements, evidence, files, tokens, verifications

BLUEPRINTS = tuple(part.blueprint for part in
                   (tokens, demands, capabilities, engagements, files, contracts, verifications, evidence))
