"""入驻审核: staff admit people and organisations, and check the proofs behind what experts claim."""

from flask import Blueprint

from web.members import views

blueprint = Blueprint("members", __name__, url_prefix="/staff/members")
blueprint.add_url_rule("", "queue", views.queue)
blueprint.add_url_rule("/members.xlsx", "export", views.export)
blueprint.add_url_rule("/<uuid:grant_id>", "show", views.show)
blueprint.add_url_rule("/<uuid:grant_id>/approve", "approve", views.approve, methods=["POST"])
blueprint.add_url_rule("/<uuid:grant_id>/return", "send_back", views.send_back, methods=["POST"])
blueprint.add_url_rule("/<uuid:grant_id>/revoke", "revoke", views.revoke, methods=["POST"])
blueprint.add_url_rule("/claims/<uuid:claim_id>", "claim", views.claim, methods=["POST"])
