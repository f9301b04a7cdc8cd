"""排日程: staff set up a matching day, look at its plan, change and publish it, and print it."""

from flask import Blueprint

from web.meetings import changes, overview, paper, participants, runs, settings

blueprint = Blueprint("meetings", __name__, url_prefix="/staff/matching-days/<uuid:activity_id>")
blueprint.add_url_rule("", "show", overview.show)
blueprint.add_url_rule("/settings", "settings", settings.edit, methods=["GET", "POST"])
blueprint.add_url_rule("/participants", "participants", participants.index)
blueprint.add_url_rule("/demands", "put_in", participants.put_in, methods=["POST"])
blueprint.add_url_rule("/demands/<uuid:demand_id>", "demand_terms", participants.demand_terms, methods=["POST"])
blueprint.add_url_rule("/demands/<uuid:demand_id>/remove", "take_out", participants.take_out, methods=["POST"])
blueprint.add_url_rule("/experts", "invite", participants.invite, methods=["POST"])
blueprint.add_url_rule("/experts/<uuid:expert_id>", "expert_terms", participants.expert_terms, methods=["POST"])
blueprint.add_url_rule("/experts/<uuid:expert_id>/remove", "disinvite", participants.disinvite, methods=["POST"])
blueprint.add_url_rule("/arrange", "arrange", runs.arrange, methods=["POST"])
blueprint.add_url_rule("/relax", "relax", runs.relax, methods=["POST"])
blueprint.add_url_rule("/publish", "publish", runs.publish, methods=["POST"])
blueprint.add_url_rule("/meetings", "fill", changes.fill, methods=["POST"])
blueprint.add_url_rule("/meetings/<uuid:meeting_id>", "meeting", changes.show)
blueprint.add_url_rule("/meetings/<uuid:meeting_id>/pin", "pin", changes.pin, methods=["POST"])
blueprint.add_url_rule("/meetings/<uuid:meeting_id>/move", "move", changes.move, methods=["POST"])
blueprint.add_url_rule("/meetings/<uuid:meeting_id>/swap", "swap", changes.swap, methods=["POST"])
blueprint.add_url_rule("/meetings/<uuid:meeting_id>/cancel", "cancel", changes.cancel, methods=["POST"])
blueprint.add_url_rule("/meetings/<uuid:meeting_id>/mark", "mark", changes.mark, methods=["POST"])
blueprint.add_url_rule("/print", "print", paper.show)
blueprint.add_url_rule("/schedule.pdf", "pdf", paper.pdf)
blueprint.add_url_rule("/schedule.xlsx", "xlsx", paper.xlsx)
