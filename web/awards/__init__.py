"""评定奖项: try terms out, seal them, propose a list of awards and have a second person decide it."""

from flask import Blueprint

from web.awards import acts, trials, views

blueprint = Blueprint("awards", __name__, url_prefix="/staff/contests/<uuid:season_id>/awards/<track>")
blueprint.add_url_rule("", "show", views.show)
blueprint.add_url_rule("/trial", "trial", trials.show)
blueprint.add_url_rule("/seal", "seal", acts.seal, methods=["GET", "POST"])
blueprint.add_url_rule("/propose", "propose", acts.propose, methods=["POST"])
blueprint.add_url_rule("/decide", "decide", acts.decide, methods=["POST"])
blueprint.add_url_rule("/drop", "drop", acts.drop, methods=["POST"])
