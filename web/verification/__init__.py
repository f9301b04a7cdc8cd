"""核验台: the queue of collaborations, one of them beside its scan, and what staff find."""

from flask import Blueprint

from web.verification import acts, views

blueprint = Blueprint("verification", __name__, url_prefix="/staff/verify")
blueprint.add_url_rule("", "queue", views.queue)
blueprint.add_url_rule("/<uuid:collaboration_id>", "show", views.show)
blueprint.add_url_rule("/<uuid:collaboration_id>", "decide", acts.decide, methods=["POST"])
blueprint.add_url_rule("/<uuid:collaboration_id>/undo", "undo", acts.undo, methods=["POST"])
