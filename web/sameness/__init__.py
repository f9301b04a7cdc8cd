"""查重: organisations and demands that may be one, merged or grouped by staff."""

from flask import Blueprint

from web.sameness import acts, views

blueprint = Blueprint("sameness", __name__, url_prefix="/staff/same")
blueprint.add_url_rule("", "index", views.index)
blueprint.add_url_rule("/organisations", "organisations", acts.organisations, methods=["POST"])
blueprint.add_url_rule("/demands", "demands", acts.demands, methods=["POST"])
blueprint.add_url_rule("/clusters", "group", acts.group, methods=["POST"])
blueprint.add_url_rule("/clusters/<uuid:cluster_id>/ungroup", "ungroup", acts.ungroup, methods=["POST"])
