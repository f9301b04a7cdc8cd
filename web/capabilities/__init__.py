"""我的本领: what an expert can do, claim by claim."""

from flask import Blueprint

from web.capabilities import publishing, views

blueprint = Blueprint("capabilities", __name__, url_prefix="/my/capabilities")
blueprint.add_url_rule("", "mine", views.mine)
blueprint.add_url_rule("/new", "new", views.new, methods=["GET", "POST"])
blueprint.add_url_rule("/publish", "publish", publishing.publish, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:capability_id>", "edit", views.edit, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:capability_id>/visible", "visible", views.visible, methods=["POST"])
