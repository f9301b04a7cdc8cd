"""需求大厅 and a demand's own page: browse, read, follow, see whom it matches."""

from flask import Blueprint

from web.demands import acts, exports, views

blueprint = Blueprint("demands", __name__, url_prefix="/demands")
blueprint.add_url_rule("", "hall", views.hall)
blueprint.add_url_rule("/hall.xlsx", "export", exports.hall)
blueprint.add_url_rule("/<uuid:demand_id>", "show", views.show)
blueprint.add_url_rule("/<uuid:demand_id>/full", "full", views.full, methods=["POST"])
blueprint.add_url_rule("/<uuid:demand_id>/follow", "follow", acts.follow, methods=["POST"])
blueprint.add_url_rule("/<uuid:demand_id>/dismiss", "dismiss", acts.dismiss, methods=["POST"])
blueprint.add_url_rule("/<uuid:demand_id>/files/<uuid:file_id>", "file", views.file)
