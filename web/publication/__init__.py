"""成果与公示 for everybody; for staff the steps from the decided list to what follows an award."""

from flask import Blueprint

from web.publication import aftermath, calendar, certificates, nominated, objections, opening, payments, public, results

blueprint = Blueprint("notices", __name__, url_prefix="/notices")
blueprint.add_url_rule("", "list", public.index)
blueprint.add_url_rule("/<uuid:notice_id>", "show", public.show)
blueprint.add_url_rule("/<uuid:notice_id>/objection", "object", public.file, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:notice_id>/result.pdf", "pdf", results.pdf)
blueprint.add_url_rule("/<uuid:notice_id>/result.docx", "docx", results.docx)
blueprint.add_url_rule("/objections/<uuid:objection_id>", "answer", public.answer)

certificates_blueprint = Blueprint("certificates", __name__, url_prefix="/certificates")
certificates_blueprint.add_url_rule("", "check", certificates.check)
certificates_blueprint.add_url_rule("/mine", "mine", certificates.mine)
certificates_blueprint.add_url_rule("/<number>", "checked", certificates.checked)
certificates_blueprint.add_url_rule("/<uuid:certificate_id>/certificate.pdf", "pdf", certificates.pdf)
certificates_blueprint.add_url_rule("/<uuid:certificate_id>/services", "ask", aftermath.ask, methods=["POST"])

staff_blueprint = Blueprint("publication", __name__, url_prefix="/staff/publication")
staff_blueprint.add_url_rule("/<uuid:season_id>", "show", opening.show)
staff_blueprint.add_url_rule("/<uuid:season_id>/open", "open", opening.start, methods=["GET", "POST"])
staff_blueprint.add_url_rule("/notices/<uuid:notice_id>/minutes", "minutes", opening.minutes)
staff_blueprint.add_url_rule("/notices/<uuid:notice_id>/withdraw", "withdraw", opening.withdraw,
                             methods=["GET", "POST"])
staff_blueprint.add_url_rule("/notices/<uuid:notice_id>/result", "result", results.compose, methods=["GET", "POST"])
staff_blueprint.add_url_rule("/<uuid:season_id>/certificates", "certificates", certificates.index)
staff_blueprint.add_url_rule("/certificates/<uuid:certificate_id>/revoke", "revoke", certificates.revoke,
                             methods=["GET", "POST"])
staff_blueprint.add_url_rule("/<uuid:season_id>/payments", "payments", payments.index)
staff_blueprint.add_url_rule("/<uuid:season_id>/payments.xlsx", "export", payments.export)
staff_blueprint.add_url_rule("/<uuid:season_id>/tax", "tax", payments.tax, methods=["POST"])
staff_blueprint.add_url_rule("/certificates/<uuid:certificate_id>/payment", "pay", payments.record,
                             methods=["GET", "POST"])
staff_blueprint.add_url_rule("/<uuid:season_id>/follow-ups", "follow_ups", aftermath.follow_ups)
staff_blueprint.add_url_rule("/follow-ups/<uuid:follow_up_id>", "follow_up", aftermath.follow_up,
                             methods=["GET", "POST"])
staff_blueprint.add_url_rule("/follow-ups/<uuid:follow_up_id>/remind", "remind", aftermath.remind, methods=["POST"])
staff_blueprint.add_url_rule("/<uuid:season_id>/services", "services", aftermath.service_tickets)
staff_blueprint.add_url_rule("/services/<uuid:ticket_id>", "handle", aftermath.handle, methods=["POST"])
staff_blueprint.add_url_rule("/<uuid:season_id>/nominations", "nominations", aftermath.nominate,
                             methods=["GET", "POST"])
staff_blueprint.add_url_rule("/<uuid:season_id>/nominations.xlsx", "nominated", nominated.export)
staff_blueprint.add_url_rule("/nominations/<uuid:nomination_id>", "outcome", aftermath.outcome, methods=["POST"])

objections_blueprint = Blueprint("objections", __name__, url_prefix="/staff/objections")
objections_blueprint.add_url_rule("", "queue", objections.index)
objections_blueprint.add_url_rule("/<uuid:objection_id>", "show", objections.show, methods=["GET", "POST"])
objections_blueprint.add_url_rule("/files/<uuid:file_id>", "file", objections.download)

calendar_blueprint = Blueprint("calendar", __name__, url_prefix="/staff/calendar")
calendar_blueprint.add_url_rule("", "show", calendar.show, methods=["GET", "POST"])
calendar_blueprint.add_url_rule("/<int:year>/import", "take_over", calendar.take_over, methods=["POST"])
calendar_blueprint.add_url_rule("/days/<uuid:day_id>/clear", "clear", calendar.clear, methods=["POST"])
