"""牵线: the board of introductions, a new one, each side's answer, and the broker's trail."""

from flask import Blueprint

from web.brokers import acts, board, trail

blueprint = Blueprint("intros", __name__, url_prefix="/introductions")
blueprint.add_url_rule("", "board", board.board)
blueprint.add_url_rule("/new", "new", acts.new, methods=["GET", "POST"])
blueprint.add_url_rule("/request", "request", acts.request_one, methods=["POST"])
blueprint.add_url_rule("/waiting", "waiting", board.waiting)
blueprint.add_url_rule("/<uuid:intro_id>", "show", board.show)
blueprint.add_url_rule("/<uuid:intro_id>/take", "take_up", acts.take_up, methods=["POST"])
blueprint.add_url_rule("/<uuid:intro_id>/consent", "consent", acts.consent, methods=["POST"])
blueprint.add_url_rule("/<uuid:intro_id>/refuse", "refuse", acts.refuse, methods=["GET", "POST"])

trail_blueprint = Blueprint("broker", __name__, url_prefix="/trail")
trail_blueprint.add_url_rule("", "trail", trail.trail)
