"""来文: notices brought in by staff, each value decided beside its source, adopted as a contest."""

from flask import Blueprint

from web.incoming import adding, views

blueprint = Blueprint("incoming", __name__, url_prefix="/staff/contest-notices")
blueprint.add_url_rule("", "list", views.index, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:notice_id>", "show", views.show, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:notice_id>/items", "add", adding.add, methods=["POST"])
blueprint.add_url_rule("/<uuid:notice_id>/reopen", "reopen", views.take_back, methods=["POST"])
blueprint.add_url_rule("/<uuid:notice_id>/adoption", "adopt", views.adopt, methods=["POST"])
blueprint.add_url_rule("/<uuid:notice_id>/definition.toml", "definition", views.definition)
