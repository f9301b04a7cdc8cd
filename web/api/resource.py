"""One blueprint a resource, all under /api/v1 and all refusing alike."""

from apiflask import APIBlueprint
from apiflask.exceptions import HTTPError

from web.api.errors import refused
from web.security import csrf


def resource(name: str, tag: str) -> APIBlueprint:
    """A blueprint for the operations of one resource; `tag` groups them in the description."""
    blueprint = APIBlueprint(f"api_{name}", __name__, url_prefix="/api/v1", tag=tag)
    blueprint.register_error_handler(HTTPError, refused)
    csrf.exempt(blueprint)  # bearer tokens only: no cookie is read here, so there is nothing to forge
    return blueprint
