"""来源: lists and feeds of one's own that are read on a schedule; each entry becomes a draft when its owner says so."""

from flask import Blueprint

from web.sources import entries, staff, views

blueprint = Blueprint("sources", __name__, url_prefix="/my/sources")
blueprint.add_url_rule("", "mine", views.mine)
blueprint.add_url_rule("/new", "new", views.new, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:source_id>", "show", entries.show)
blueprint.add_url_rule("/<uuid:source_id>/edit", "edit", views.edit, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:source_id>/switch", "switch", views.switch, methods=["POST"])
blueprint.add_url_rule("/<uuid:source_id>/look", "look", views.look, methods=["POST"])
blueprint.add_url_rule("/<uuid:source_id>/remove", "remove", views.remove, methods=["POST"])
blueprint.add_url_rule("/entries/<uuid:entry_id>/take", "take", entries.take, methods=["POST"])
blueprint.add_url_rule("/entries/<uuid:entry_id>/ignore", "ignore", entries.ignore, methods=["POST"])
blueprint.add_url_rule("/entries/<uuid:entry_id>/seen", "seen", entries.seen, methods=["POST"])

staff_blueprint = Blueprint("staff_sources", __name__, url_prefix="/staff/sources")
staff_blueprint.add_url_rule("", "list", staff.index)
