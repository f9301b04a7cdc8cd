"""The REST API under /api/v1: the same operations as the pages, in JSON. Its description is /api/v1/openapi.json."""

from web.api import demands, tokens

BLUEPRINTS = (tokens.blueprint, demands.blueprint)
