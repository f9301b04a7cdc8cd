"""对接活动: the calendar, one event, signing up, and the list of who came."""

from flask import Blueprint

from web.activities import acts, answers, views

blueprint = Blueprint("events", __name__, url_prefix="/events")
blueprint.add_url_rule("", "list", views.index)
blueprint.add_url_rule("/events.xlsx", "export", views.export)
blueprint.add_url_rule("/new", "new", acts.new, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:activity_id>", "show", views.show)
blueprint.add_url_rule("/<uuid:activity_id>/sign-up", "sign_up", acts.sign_up, methods=["POST"])
blueprint.add_url_rule("/<uuid:activity_id>/give-up", "give_up", acts.give_up, methods=["POST"])
blueprint.add_url_rule("/<uuid:activity_id>/attendance", "attendance", acts.attendance, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:activity_id>/demands", "add_demand", acts.add_demand, methods=["POST"])
blueprint.add_url_rule("/<uuid:activity_id>/meetings/<uuid:meeting_id>/confirm", "confirm_meeting", answers.confirm,
                       methods=["POST"])
blueprint.add_url_rule("/<uuid:activity_id>/meetings/<uuid:meeting_id>/decline", "decline_meeting", answers.decline,
                       methods=["POST"])
blueprint.add_url_rule("/<uuid:activity_id>/meetings/<uuid:meeting_id>/engage", "engage_meeting", answers.engage,
                       methods=["POST"])
