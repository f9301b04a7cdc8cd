"""需求诊断: staff read what enterprises hand in, with its gaps marked, and post it or send it back."""

from flask import Blueprint

from web.diagnosis import views

blueprint = Blueprint("diagnosis", __name__, url_prefix="/staff/diagnosis")
blueprint.add_url_rule("", "queue", views.queue)
blueprint.add_url_rule("/demands.xlsx", "export", views.export)
blueprint.add_url_rule("/<uuid:demand_id>", "show", views.show)
blueprint.add_url_rule("/<uuid:demand_id>/publish", "publish", views.publish, methods=["POST"])
blueprint.add_url_rule("/<uuid:demand_id>/return", "send_back", views.send_back, methods=["POST"])
