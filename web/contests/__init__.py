"""竞赛: the seasons, and one season's rules with the clause behind each."""

from flask import Blueprint

from web.contests import views

blueprint = Blueprint("contests", __name__, url_prefix="/contests")
blueprint.add_url_rule("", "list", views.index)
blueprint.add_url_rule("/<uuid:season_id>", "show", views.show)
