"""办事指南: what to bring, how long it takes, where to go."""

from flask import Blueprint

from web.guide import views

blueprint = Blueprint("guide", __name__, url_prefix="/guide")
blueprint.add_url_rule("", "show", views.show)
