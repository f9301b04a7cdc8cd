"""An enterprise's own demands: write one in four steps, hand it in, follow it, take it back."""

from flask import Blueprint

from web.postings import acts, views

blueprint = Blueprint("postings", __name__, url_prefix="/my/demands")
blueprint.add_url_rule("", "mine", views.mine)
blueprint.add_url_rule("/new", "new", views.new, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:demand_id>/<int:step>", "edit", views.edit, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:demand_id>/review", "review", views.review, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:demand_id>/withdraw", "withdraw", acts.withdraw, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:demand_id>/renew", "renew", acts.renew, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:demand_id>/files/<uuid:file_id>/remove", "detach", acts.detach, methods=["POST"])
blueprint.add_url_rule("/hints", "hints", acts.hints, methods=["POST"])
