"""The REST API under /api/v1: the same operations as the pages, in JSON. Its description is /api/v1/openapi.json."""

from apiflask import APIBlueprint

from web.api import errors, tokens
from web.security import csrf

blueprint = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="jiebang")
csrf.exempt(blueprint)  # the API takes bearer tokens only: no cookie is read there, so there is nothing to forge
for part in (tokens,):
    part.register(blueprint)
errors.init(blueprint)
